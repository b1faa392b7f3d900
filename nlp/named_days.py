"""Days named by their distance from today: เมื่อวานซืน, "3 วันก่อน", วันจันทร์ที่ผ่านมา, สิ้นเดือนที่แล้ว."""

import calendar
import re
from datetime import date, timedelta
from functools import cache

from nlp.typed import alternation, fold, squash, table

_FURTHEST = 3660  # days: ten years
_AGO = re.compile(
    r"^(?:เมื่อ)?(?P<days>\d{1,4})\s*(?:วัน|day|days|မြန်|ມື້|ថ្ងៃ|มื้อ)\s*(?:ก่อน(?:หน้า)?(?:นี้)?|ที่แล้ว|ที่ผ่านมา|มาแล้ว|ago|ກ່ອນ|มุน)$|^(?:ผ่านมา)(?P<later>\d{1,4})\s*วัน(?:แล้ว)?$"
)
_AHEAD = re.compile(
    r"^(?:อีก|in)\s*(?P<days>\d{1,4})\s*(?:วัน|days?)\s*(?:ข้างหน้า|หน้า|นับจากวันนี้)?$|^(?P<later>\d{1,4})\s*วัน(?:ข้างหน้า|นับจากนี้|จากนี้|หลังจากนี้)$|^(?:หลังจากนี้)(?P<after>\d{1,4})\s*วัน$"
)
_SEVERAL = re.compile(r"\d\D{1,9}\d|\d\s*[+.,]")
_PAST = r"(?P<past>ที่แล้ว|ที่ผ่านมา|ก่อน|ที่ผ่านมานี้|แล้ว|ผ่านมา)"
_DAY_OF_MONTH = re.compile(
    r"^(?:(?:วันที่|เมื่อวันที่)\s*|(?=\d+เดือนนี้))(?P<day>\d{1,2})\s*(?:เดือน(?P<month>นี้|ที่แล้ว|ก่อน|ที่ผ่านมา|หน้า)|(?:ของ)?เดือน(?P<named>นี้|ที่แล้ว|ก่อน|หน้า)|(?P<past>ที่ผ่านมา|ที่แล้ว))(?:นี้)?$"
)
_MONTH_END = re.compile(r"^(?:ตอน)?(?:สิ้นเดือน|วันสิ้นเดือน|วันสุดท้ายของเดือน)(?P<month>นี้|ที่แล้ว|ก่อน|ที่ผ่านมา|หน้า)$")
_YEAR_END = re.compile(r"^(?:ตอน)?(?:สิ้นปี|วันสิ้นปี)(?P<year>นี้|ที่แล้ว|ก่อน|หน้า)$")
_IN_MONTH = re.compile(r"^เดือน(?P<month>นี้|ที่แล้ว|ก่อน|ที่ผ่านมา|หน้า)(?:นี้)?วันที่(?P<day>\d{1,2})$")
_STEPS = {"นี้": 0, "หน้า": 1}


@cache
def _relative() -> dict[str, int]:
    return {squash(fold(word)): int(days) for days, words in table("dates")["relative"].items() for word in words}


@cache
def _weekday_words() -> dict[str, int]:
    return {fold(word): int(day) for day, words in table("dates")["weekdays"].items() for word in words}


@cache
def _weekday() -> re.Pattern[str]:
    """A day of the week with what says which one; bare อาทิตย์ is a week, so it needs วัน."""
    words = alternation(tuple(_weekday_words()))
    return re.compile(
        rf"^(?:เมื่อ)?(?P<prefix>วัน|ວັນ)?(?P<name>{words})(?:{_PAST}|(?P<now>นี้)|(?P<next>หน้า)"
        rf"|(?P<coming>ที่(?:กำลัง)?จะ(?:มา)?ถึง(?:นี้)?))$|^เมื่อวัน(?P<ago>{words})(?:นี้)?$|^(?P<word>last|this|next)(?P<english>{words})$"
    )


@cache
def _any_weekday() -> re.Pattern[str]:
    thai = [word for word in _weekday_words() if not word.isascii() and len(word) > 3]
    latin = [word for word in _weekday_words() if word.isascii()]
    named = alternation(tuple(word for word in _weekday_words() if not word.isascii()))
    return re.compile(
        rf"วัน(?P<named>{named})|(?P<thai>{alternation(tuple(thai))})|\b(?P<latin>{alternation(tuple(latin))})\b"
    )


def near_weekday(words: str) -> int | None:
    """The day of the week named in folded words (Monday is 0), if one is."""
    match = _any_weekday().search(words)
    return _weekday_words().get(match["named"] or match["thai"] or match["latin"]) if match else None


def relative_day(answer: str, today: date) -> date | None:
    """The day that folded text names by its distance from `today`, if it names exactly one."""
    if _SEVERAL.search(answer):
        return None
    for words in _framed(answer):
        days = _relative().get(words)
        if days is None:
            days = _counted(words)
        if days is None:
            days = _of_week(words, today)
        if days is not None:
            return today + timedelta(days=days)
        found = _of_month(words, today) or _on_weekday(words, today)
        if found:
            return found
    return None


@cache
def _after() -> tuple[str, ...]:
    return tuple(squash(fold(word)) for word in table("dates")["around"]["after"])


@cache
def _before() -> tuple[str, ...]:
    return tuple(squash(fold(word)) for word in table("dates")["around"]["before"])


def _framed(answer: str) -> tuple[str, ...]:
    """The text as typed, and without the words that may stand around a date."""
    whole = squash(answer)
    known = {whole: None}
    for _ in range(2):
        for words in tuple(known):
            known |= dict.fromkeys(words[: -len(word)] for word in _after() if words.endswith(word))
    for _ in range(3):
        for words in tuple(known):
            known |= dict.fromkeys(words[len(word) :] for word in _before() if words.startswith(word))
    return tuple(known)


def _counted(words: str) -> int | None:
    ago, ahead = _AGO.match(words), _AHEAD.match(words)
    if ago:
        days = -int(ago["days"] or ago["later"])
    elif ahead:
        days = int(ahead["days"] or ahead["later"] or ahead["after"])
    else:
        return None
    return days if 0 < abs(days) <= _FURTHEST else None


def _of_week(words: str, today: date) -> int | None:
    match = _weekday().match(words)
    if match is None:
        return None
    name = match["name"] or match["ago"] or match["english"]
    if not match["ago"] and name in ("อาทิตย์", "อาทิต", "อาทิด") and not match["prefix"]:
        return None
    ahead = _weekday_words()[name] - today.weekday()
    if match["past"] or match["ago"] or match["word"] == "last":
        return (ahead - 1) % 7 - 6 if ahead else -7
    if match["coming"]:
        return (ahead - 1) % 7 + 1
    if match["now"] or match["word"] == "this":
        return ahead if ahead >= 0 else None
    return ahead + 7 if ahead <= 0 else None


@cache
def _with_weekday() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day of the week said of a week (วันพุธอาทิตย์ที่แล้ว); and said of a day that has a name or number already."""
    words = alternation(tuple(_weekday_words()))
    week = r"(?:อาทิตย์|สัปดาห์)(?:นี้|ที่แล้ว|ก่อน|ที่ผ่านมา|หน้า)"
    return (
        re.compile(
            rf"^(?:เมื่อ)?(?:(?:วัน)?(?P<first>{words})(?P<later>{week})|(?P<week>{week})(?:ตอน)?(?:วัน)?(?P<last>{words}))$"
        ),
        re.compile(
            rf"^(?:เมื่อ)?(?:วัน)?(?P<of>{words})ที่(?P<day>\d{{1,2}})$|^(?P<named>.{{3,20}}?)(?:วัน)?(?P<same>{words})$"
        ),
    )


def _on_weekday(words: str, today: date) -> date | None:
    """The day that a day of the week settles together with a week, a day of the month or another name of the day."""
    of_week, of_day = _with_weekday()
    if match := of_week.match(words):
        weekday = _weekday_words()[match["first"] or match["last"]]
        week = match["later"] or match["week"]
        step = 0 if week.endswith("นี้") else 1 if week.endswith("หน้า") else -1
        if 6 in (weekday, today.weekday()):  # some begin their week on Sunday
            return None
        return today + timedelta(days=weekday - today.weekday() + 7 * step)
    match = of_day.match(words)
    if match and match["day"]:
        near = (_in_month(today, months, int(match["day"])) for months in (-1, 0, 1)) if int(match["day"]) else ()
        found = [day for day in near if day and day.weekday() == _weekday_words()[match["of"]]]
        return found[0] if len(found) == 1 else None
    days = _relative().get(match["named"]) if match else None
    if match is None or days is None:
        return None
    day = today + timedelta(days=days)
    return day if day.weekday() == _weekday_words()[match["same"]] else None


def _of_month(words: str, today: date) -> date | None:
    match = _DAY_OF_MONTH.match(words)
    if match:
        which = match["month"] or match["named"]
        day = int(match["day"])
        if which:
            return _in_month(today, _STEPS.get(which, -1), day)
        back = 0 if day < today.day else -1
        return _in_month(today, back, day)
    match = _IN_MONTH.match(words)
    if match:
        return _in_month(today, _STEPS.get(match["month"], -1), int(match["day"])) if int(match["day"]) else None
    match = _MONTH_END.match(words)
    if match:
        return _in_month(today, _STEPS.get(match["month"], -1), 0)
    match = _YEAR_END.match(words)
    return date(today.year + _STEPS.get(match["year"], -1), 12, 31) if match else None


def _in_month(today: date, months: int, day: int) -> date | None:
    """A day of the month that many months away; day 0 is its last."""
    count = today.year * 12 + today.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, day or last) if day <= last else None
