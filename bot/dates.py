"""Dates as people read them: years of the Buddhist Era in Thai, of the Common Era elsewhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

BANGKOK = ZoneInfo("Asia/Bangkok")
# Thailand counts years from the Buddha's passing: 2569 is 2026.
ERA = 543


def day_of(moment: datetime) -> date:
    """The day in Bangkok."""
    return moment.astimezone(BANGKOK).date()


def shown(day: date, language: str) -> str:
    """The day in words, such as "21 พ.ย. 2569" or "21 Nov 2026"."""
    month = get_month_names("abbreviated", locale=language)[day.month]
    return f"{day.day} {month} {day.year + ERA if language == 'th' else day.year}"
