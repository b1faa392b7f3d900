"""What is wrong with plain data that should be a questionnaire. Bad data of any shape gives problems, never
an exception. Each check is a generator of problems; `where` is the place of what it looks at, and a code names what
is wrong: `bot.problems` puts it in words.
"""

from bot.interview.checking.whole import misshapen
from bot.interview.checking.wordings import unwise

__all__ = ["misshapen", "unwise"]
