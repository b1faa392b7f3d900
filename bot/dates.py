"""Dates as people read them: years of the Buddhist Era in Thai, of the Common Era elsewhere."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta, get_month_names

BANGKOK = ZoneInfo("Asia/Bangkok")
# Thailand counts years from the Buddha's passing: 2569 is 2026.
ERA = 543
# Nobody is written to unasked between 21:00 and 8:00 in Bangkok.
QUIET_FROM, QUIET_UNTIL = 21, 8


def quiet(at: datetime) -> bool:
    """Whether people are to be left in peace now."""
    hour = at.astimezone(BANGKOK).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def morning(at: datetime) -> datetime:
    """The end of the night that `at` lies in; `at` itself by day."""
    if not quiet(at):
        return at
    there = at.astimezone(BANGKOK)
    day = there.date() + timedelta(days=there.hour >= QUIET_FROM)
    return datetime.combine(day, time(QUIET_UNTIL), BANGKOK)


def day_of(moment: datetime) -> date:
    """The day in Bangkok."""
    return moment.astimezone(BANGKOK).date()


def shown(day: date, language: str) -> str:
    """The day in words, such as "21 พ.ย. 2569" or "21 Nov 2026"."""
    month = get_month_names("abbreviated", locale=language)[day.month]
    return f"{day.day} {month} {day.year + ERA if language == 'th' else day.year}"


def moment_shown(moment: datetime, language: str) -> str:
    """The day and the time of day in Bangkok, such as "21 พ.ย. 2569 10:05 น." or "21 Nov 2026, 10:05"."""
    there = moment.astimezone(BANGKOK)
    day = shown(there.date(), language)
    return f"{day} {there:%H:%M} น." if language == "th" else f"{day}, {there:%H:%M}"


def ago(moment: datetime, at: datetime, language: str) -> str:
    """How long before `at`, in words, such as "3 hours ago"."""
    return str(format_timedelta(moment - at, add_direction=True, locale=language))
