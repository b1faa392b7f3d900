"""A rating as typed: "๔", "สี่ดาว", "4/5", "⭐⭐⭐⭐", "ดีมาก", "เต็มสิบ" → a point of the scale, or None.

Points of another scale (8/10 where 5 is most) and halves are asked again: scaling them is a guess.
"""

import re
from functools import cache

from nlp.number_words import phrase, spoken
from nlp.numbers import read_number
from nlp.typed import alternation, courteous, flat, fold, last_said, squash, table, without_pictures

_FULL_STARS = re.compile("[⭐🌟★]")
_STARS = re.compile("^[⭐🌟★☆✩ ]+$")
_LONGEST_ANSWER = 80
_OTHER_MEASURE = re.compile(
    r"ชั่วโมง|ชม\.?|นาที|วัน|เดือน|ปี|คน|ครั้ง|โมง|บาท|กม\.|กิโล|เมตร|ครั้งที่|\b(?:people|hours?|days?|minutes?)\b"
)


@cache
def _out_of() -> tuple[re.Pattern[str], ...]:
    number = phrase()
    lead, unit = r"(?:ให้|ขอให้|ได้|เอาไป|คะแนน|สัก|ประมาณ|ก็)?\s*", r"\s*(?:ดาว|คะแนน|แต้ม)?\s*"
    between = r"(?:/|จาก|ใน|เต็ม|out of|of)"
    return (
        re.compile(rf"^{lead}(?P<given>{number}){unit}{between}\s*(?P<most>{number}){unit}$"),
        re.compile(rf"^(?:คะแนน)?เต็ม\s*(?P<most>{number}){unit}\s*{lead}(?P<given>{number}){unit}$"),
    )


@cache
def _full_marks() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:ให้|ขอให้|เอาไป|คะแนน|ได้|\s)*เต็ม\s*(?P<most>{phrase()})\s*(?:ดาว|คะแนน)?$|^(?:ให้|เอาไป|\s)*(?P<same>{phrase()})\s*(?:ดาว|คะแนน)?เต็ม$"
    )


@cache
def _with_reason() -> re.Pattern[str]:
    """A point said as such, and apart from it why: "ให้ 4 เพราะรอนาน", "๕ ครับ บริการดี"."""
    polite = alternation(tuple(table("typed")["polite"]))
    lead, unit = r"(?P<lead>(?:ขอ)?(?:ให้|เอา))?\s?", r"(?:ดาว|คะแนน|แต้ม|stars?|points?)"
    return re.compile(
        rf"^{lead}(?P<given>{phrase()})\s?(?:(?:{unit}|{polite})(?:{polite})?[\s,]+|(?(lead)[\s,]*เพราะ|[\s,]+เพราะ))(?P<reason>\D{{2,60}})$"
    )


@cache
def _unsure() -> re.Pattern[str]:
    """What makes a reason more than one: doubt, a condition, a second number."""
    words = alternation(tuple(table("numbers")["around"]["unfit"]))
    return re.compile(rf"{words}|{phrase()}|ถ้า|หาก|ครึ่ง|ไว้|ค่อย|ตอนนี้|เดี๋ยวนี้")


@cache
def _verdicts() -> dict[str, str]:
    """Squashed words of a verdict → highest, lowest or middle."""
    return {flat(squash(fold(word))): point for point, words in table("ratings").items() for word in words}


def read_rating(text: str, least: int = 1, most: int = 5) -> int | None:
    """The point from `least` to `most` that the text gives; None to ask again."""
    folded = fold(last_said(text))
    if len(folded) > _LONGEST_ANSWER:
        return None
    if _STARS.match(folded):
        count = len(_FULL_STARS.findall(folded)) or len(folded.replace(" ", ""))
        return count if least <= count <= most else None
    answer = courteous(without_pictures(folded))
    if _OTHER_MEASURE.search(answer):
        return None
    value = _shared(answer, least, most)
    if value is None:
        value = read_number(answer, least, most)
    if value is None and (reasoned := _with_reason().match(answer)) and not _unsure().search(reasoned["reason"]):
        value = spoken(reasoned["given"].strip())
    return int(value) if value is not None and float(value).is_integer() and least <= value <= most else None


def _shared(answer: str, least: int, most: int) -> float | None:
    """A point given as a share of the scale, or in words; a NaN-free None when it is neither."""
    verdict = _verdicts().get(flat(squash(answer)))
    if verdict == "middle":
        return (least + most) / 2
    if verdict:
        return most if verdict == "highest" else least
    for pattern in _out_of():
        match = pattern.match(answer)
        if match:
            return spoken(match["given"].strip()) if spoken(match["most"].strip()) == most else None
    full = _full_marks().match(answer)
    if full and spoken((full["most"] or full["same"]).strip()) == most:
        return most
    return None
