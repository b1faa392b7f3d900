"""The fiscal year of the Thai government."""

from datetime import datetime

from bot.dates import ERA, day_of

FIRST_MONTH = 10


def fiscal_year(at: datetime) -> int:
    """The year of the Buddhist Era that a moment is budgeted in: 2570 begins on 1 October 2569."""
    day = day_of(at)
    return day.year + ERA + (day.month >= FIRST_MONTH)
