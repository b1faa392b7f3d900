"""What the bot says to a citizen: greet, ask consent, offer surveys, interview, file free words, show and erase data.

`receiving.receive` is the way in. Each module says something of one matter; the tables of taps, commands and typed
answers in receiving.py, talking.py and asked.py tell which.
"""
