"""What is wrong with plain data that should be a questionnaire. Bad data of any shape gives problems, never
an exception. Each check is a generator of problems; `where` is the place of what it looks at.
"""

from bot.interview.checking.whole import misshapen

__all__ = ["misshapen"]
