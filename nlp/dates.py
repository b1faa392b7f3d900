"""A date as typed: "15 ม.ค. 2562", "๑๕/๑/๖๒", "เมื่อวาน", "3 วันก่อน", "วันจันทร์ที่ผ่านมา" → a day, or None.

The day comes before the month, as everyone in Thailand writes. Years from 2400 are พ.ศ.; years of two digits are พ.ศ.
where that is the only reading near today (62 → 2562), and None where ค.ศ. is as likely (19). What names a week, a
month, part of a month, or a day that does not exist is None. `today` is always given: nothing here looks at a clock.
"""

import re
from datetime import date, timedelta
from functools import cache

from nlp.named_days import near_weekday, relative_day
from nlp.number_words import with_digits
from nlp.typed import alternation, courteous, fold, last_said, table, without_pictures

_LONGEST_ANSWER = 120
_BUDDHIST = 543
_TIME = re.compile(r"(?:\s*(?:เวลา|ตอน|at))?\s*(?<![\d./-])\d{1,2}[:.]\d{2}\s*(?:น\.?|am|pm)?\s*$")
_FEW_DAYS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FEW = re.compile(rf"\b(?:{'|'.join(_FEW_DAYS)})\b(?= days?\b)")
_ERA = r"\s*(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|b\.?e\.?|a\.?d\.?|c\.?e\.?)?\s*"
_YEAR = r"(?P<year>\d{4}|'?\d{2})(?!\d)"
_MAY_FOLLOW = r"ปี|นี้|ที่|หน้า|พ\.?\s?ศ|ค\.?\s?ศ|ของ|เวลา|ตอน"
_WHICH = "ปีนี้|ปีที่แล้ว|ปีก่อน|ปีกลาย|ปีหน้า|นี้|ที่ผ่านมา|ที่แล้ว|ที่จะถึง|หน้า|this year|last year|next year"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEPARATOR = r"\s*(?P<sep>[/.\-–_, ])\s*"


@cache
def _month_words() -> dict[str, int]:
    return {_key(fold(word)): int(month) for month, words in table("dates")["months"].items() for word in words}


def _key(word: str) -> str:
    return re.sub(r"[\s.]", "", word)


@cache
def _month() -> str:
    words = [word for words in table("dates")["months"].values() for word in words]
    dotted = sorted({fold(word) for word in words}, key=lambda word: -len(word))
    return (
        "(?P<month>"
        + "|".join(re.escape(word).replace(r"\.", r"\.?\s?") for word in dotted)
        + r")(?!(?!"
        + _MAY_FOLLOW
        + r")[a-zก-ฮ])"
    )


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    by_number = r"(?P<number>\d{1,2})"
    of_month = rf"(?:\s*เดือน(?:ที่)?\s*|[\s./,-]*(?:of\s+)?)(?:เดือน\s*)?{_month()}"
    before_year = r"[\s./,-]*(?:ปี\s*)?(?:ปี\s*)?"
    return (
        re.compile(rf"(?<![\d])(?P<year>\d{{4}})\s*[-/.]\s*{by_number}\s*[-/.]\s*(?P<day>\d{{1,2}})(?!\d)"),
        re.compile(rf"{_DAY}{_SEPARATOR}{by_number}(?:\s*(?P=sep)\s*)(?:ปี\s*)?{_ERA}{_YEAR}"),
        re.compile(rf"{_DAY}\s*เดือน(?:ที่)?\s*{by_number}{before_year}{_ERA}{_YEAR}"),
        re.compile(rf"{_DAY}{of_month}{before_year}{_ERA}{_YEAR}"),
        re.compile(rf"{_month()}\s*{_DAY},?\s+{_YEAR}"),
        re.compile(r"(?<!\d)(?P<day>\d{2})(?P<number>\d{2})(?P<year>(?:19|20|24|25)\d{2})(?!\d)"),
        re.compile(r"(?<!\d)(?P<year>(?:19|20|24|25)\d{2})(?P<number>\d{2})(?P<day>\d{2})(?!\d)"),
        re.compile(rf"{_DAY}{of_month}\s*(?P<which>{_WHICH})"),
        re.compile(rf"{_DAY}{of_month}(?![\s./,-]*\d)"),
        re.compile(rf"{_month()}\s*{_DAY}(?![\s./,-]*\d)"),
        re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*/\s*(?P<number>\d{1,2})(?![\d/])"),
    )


def read_date(text: str, today: date) -> date | None:
    """The one day that the text names, seen from `today`; None to ask again."""
    folded = fold(last_said(text))
    if not folded or len(folded) > _LONGEST_ANSWER or "?" in folded:
        return None
    folded = _FEW.sub(lambda match: str(_FEW_DAYS.index(match[0]) + 1), folded)
    answer = _digits_beside_months(_TIME.sub("", courteous(without_pictures(folded))))
    named, step = _holiday(answer)
    day = _written(named, today)
    return day + timedelta(days=step) if day else relative_day(answer, today)


@cache
def _holidays() -> tuple[re.Pattern[str], dict[str, str]]:
    """Named days of the year with the year said after them and "the day before" said before them; and their dates."""
    dates = {fold(name): fold(day) for day, names in table("dates")["holidays"].items() for name in names}
    bare = {name.removeprefix("วัน"): day for name, day in dates.items()}
    names, after_step = alternation(tuple(dates)), alternation(tuple(bare | dates))
    pattern = re.compile(
        rf"(?:(?P<step>(?:1\s?)?วัน(?:ก่อน|หลัง))\s*(?P<bare>{after_step})|(?P<name>{names}))(?=\s*(?:{_WHICH}|(?:ปี\s*)?{_ERA}{_YEAR}(?!\s*[\d/.ก-๙a-z-])))"
    )
    return pattern, bare | dates


def _holiday(answer: str) -> tuple[str, int]:
    """The answer with the date of a day of the year in place of its name, and the days from it that are meant."""
    pattern, dates = _holidays()
    found = pattern.search(answer)
    if not found:
        return answer, 0
    step = 0 if not found["step"] else -1 if "ก่อน" in found["step"] else 1
    return answer[: found.start()] + dates[found["bare"] or found["name"]] + " " + answer[found.end() :].lstrip(), step


@cache
def _months_alone() -> re.Pattern[str]:
    return re.compile(f"({alternation(tuple(word for words in table('dates')['months'].values() for word in words))})")


def _digits_beside_months(answer: str) -> str:
    """Number words as digits, but not those inside the names of months (กุมภาพันธ์)."""
    return "".join(part if odd % 2 else with_digits(part) for odd, part in enumerate(_months_alone().split(answer)))


@cache
def _unfit() -> re.Pattern[str]:
    words = table("dates")["around"]["unfit"]
    latin = "|".join(word for word in words if word.isascii())
    return re.compile(rf"{alternation(tuple(word for word in words if not word.isascii()))}|\b(?:{latin})\b")


def _written(answer: str, today: date) -> date | None:
    """A date with its day and month, alone in its text: nothing inexact about it, no second number beside it."""
    for form in _forms():
        match = form.search(answer)
        if match is None:
            continue
        rest = answer[: match.start()] + " " + answer[match.end() :]
        if re.search(r"\d", rest) or _unfit().search(rest):
            return None
        day = _day(match.groupdict(), today)
        return day if day and _weekday_agrees(rest, day) else None
    return None


def _weekday_agrees(rest: str, day: date) -> bool:
    named = near_weekday(rest)
    return named is None or named == day.weekday()


def _day(parts: dict[str, str | None], today: date) -> date | None:
    number = parts.get("number")
    month = int(number) if number else _month_words().get(_key(parts["month"] or ""), 0)
    year = _which_year(parts, month, today)
    return _exists(year, month, int(parts["day"] or 0)) if year else None


def _which_year(parts: dict[str, str | None], month: int, today: date) -> int | None:
    if parts.get("which"):
        return _year_said(parts["which"] or "", month, int(parts["day"] or 0), today)
    year = (parts.get("year") or "").lstrip("'")
    if not year:
        return _nearest_year(month, int(parts["day"] or 0), today)
    return christian_year(int(year), _key(parts.get("era") or ""), today, latin=(parts.get("month") or "ก").isascii())


def _year_said(which: str, month: int, day: int, today: date) -> int | None:
    """The year of a day said to be of this, last or next year, or the last or next time it came or comes."""
    this = _exists(today.year, month, day)
    if which in ("ที่ผ่านมา", "ที่แล้ว"):
        return today.year - 1 if this is None or this >= today else today.year
    if which in ("ที่จะถึง", "หน้า"):
        return today.year + 1 if this is None or this <= today else today.year
    steps = {"ปีนี้": 0, "นี้": 0, "this year": 0, "ปีหน้า": 1, "next year": 1}
    return today.year + steps.get(which, -1)


def christian_year(year: int, era: str, today: date, latin: bool = False) -> int | None:
    """The year ค.ศ. of a year as written: four digits, or two of them; None when it could be either era."""
    buddhist = era in ("พศ", "be")
    if year >= 100:
        if buddhist or (not era and year >= 2400):
            year -= _BUDDHIST
        return year if 1900 <= year <= today.year + 20 else None
    if era:
        return 2500 + year - _BUDDHIST if buddhist else 2000 + year
    thai, western = 2500 + year - _BUDDHIST, 2000 + year
    if latin:
        thai, western = western, thai
    likely = range(today.year - 100, today.year + 11)
    return thai if thai in likely and western not in range(today.year - 100, today.year + 6) else None


def _nearest_year(month: int, day: int, today: date) -> int | None:
    """The year in which the day is within six weeks of today; None where no year is that near."""
    near = (_exists(today.year + step, month, day) for step in (0, -1, 1))
    return next((meant.year for meant in near if meant and abs((meant - today).days) <= 45), None)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
