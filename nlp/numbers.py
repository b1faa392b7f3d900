"""An amount as typed: "๕ คน", "ประมาณ 20", "สองพันห้า", "คนเดียว", "20 บาท 50 สตางค์" → a number, or None.

None stands for everything that is not one exact amount: a range, "สิบกว่า", two numbers, a negation, a clock time, an
address. "ประมาณ 20" is 20: people say it of every number. The whole answer must be understood; a number found
somewhere inside other words counts only when it stands beside a unit (คน, บาท, กม.).
"""

import re
from functools import cache

from nlp.number_words import Number, phrase, spoken
from nlp.typed import alternation, courteous, fold, last_said, squash, table, without_courtesy, without_pictures

_LONGEST_ANSWER = 120
_LAUGH = re.compile(r"^5{3,}\+*$")
_RANGE = re.compile(
    r"\d\s*(?:-|~|–|/|\.\.|,\s)\s*\d|\d\s*\+|[<>≤≥]|\d:\d|\d\s*[x*×]\s*\d|#|\?|[a-zก-๙]\.\d|\d-?[a-jln-z]\d|\d\s*(?:[มกพสตธ]|มี|เม|มิ)\.?\s?[คพย]\.?(?![ก-๙])"
)
_DECIMAL_THOUSANDS = re.compile(r"(?<!\d)[1-9]\d{0,2}\.\d{3}(?!\d)|\d,\d{1,2}(?!\d)")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?: \d{3})+)(?![\d.,])")
_LATIN_UNIT = re.compile(
    r"(?<=[a-z]) (?:people|persons?|times?|days?|years?(?: old)?|months?|stars?|points?|hours?|minutes?|kids|children)$"
)
_MINUS = re.compile(r"^(?:-|−|–|ลบ\s?|ติดลบ\s?|minus )(?=[\d.]|[ก-ฮเ-ไ])")


@cache
def _around() -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in table("numbers")["around"].items()}


@cache
def _whole() -> re.Pattern[str]:
    words = _around()
    before, after, units = (alternation(words[key]) for key in ("before", "after", "units"))
    return re.compile(
        rf"^(?:{before}\s*){{0,4}}(?P<number>{phrase()})\s*(?P<unit>{units})?"
        rf"\s*(?P<half>ครึ่ง|คึ่ง|ครึง)?\s*(?:(?:{after}|{units})\s*){{0,4}}$"
    )


@cache
def _one_of() -> re.Pattern[str]:
    words = _around()
    before, after, counters = (alternation(words[key]) for key in ("before", "after", "counters"))
    return re.compile(
        rf"^(?:{before}\s*){{0,4}}(?:ตัว)?(?P<unit>{counters})\s*(?P<how>เดียว|นึง|หนึ่ง|หนึง|ครึ่ง|ດຽວ|ໜຶ່ງ)\s*(?:{after}\s*){{0,3}}$"
    )


@cache
def _unfit() -> re.Pattern[str]:
    words = _around()["unfit"]
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    local = alternation(tuple(word for word in words if not word.isascii()))
    return re.compile(rf"{local}|บ่(?![าอ])|(?<!ชั่ว)โมง|\b(?:{latin})\b")


@cache
def _beside_unit() -> re.Pattern[str]:
    units = alternation(tuple(unit for unit in _around()["units"] if len(unit) > 1))
    return re.compile(rf"(?<![\d.,])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d{{1,2}})?)\s*(?P<unit>{units})")


_MONEY = re.compile(
    r"^(?:[^\d]{0,12})(?P<baht>[\d,]{1,12})\s*(?:บาท|บ\.?)\s*(?P<satang>\d{1,2})\s*(?:สตางค์|สต\.?|ส\.?)$"
)


def read_number(
    text: str, least: float | None = None, most: float | None = None, question: str | None = None
) -> Number | None:
    """The one exact amount that the text gives, from `least` to `most`; None to ask again.

    With `question`, an amount in another unit of the same kind is converted ("ครึ่งชั่วโมง" to "กี่นาที" is 30).
    """
    folded = fold(last_said(text))
    if not folded or len(folded) > _LONGEST_ANSWER or _LAUGH.match(folded):
        return None
    answer = _tidy(courteous(without_pictures(folded)))
    value = _amount(answer, fold(question or ""))
    if value is None and (reasoned := _with_reason().match(folded)) and not _unfit().search(reasoned["reason"]):
        value = _amount(reasoned["given"].strip(), fold(question or ""))
    if value is None or (least is not None and value < least) or (most is not None and value > most):
        return None
    return int(value) if float(value).is_integer() else value


@cache
def _twice() -> re.Pattern[str]:
    """A number and, in brackets, the number again: สาม (3) คน."""
    return re.compile(
        rf"^(?P<before>[^()]{{0,40}}?)(?P<number>{phrase()})\s?\(\s?(?P<again>{phrase()})\s?\)(?P<after>[^()]{{0,40}})$"
    )


@cache
def _with_reason() -> re.Pattern[str]:
    """An amount, a polite word, and apart from it words without figures: "600 ค่ะ ได้เบี้ยผู้สูงอายุ"."""
    polite = alternation(tuple(word for word in table("typed")["polite"] if not word.isascii()))
    return re.compile(rf"^(?P<given>[^?]{{1,30}}?)\s?{polite}[\s,]+(?P<reason>[^\d?]{{2,60}})$")


def _tidy(answer: str) -> str:
    """The answer without polite words inside, 350.- as 350, 35k as 35 พัน."""
    answer = without_courtesy(answer)
    twice = _twice().match(answer)
    if twice and spoken(twice["number"].strip()) == spoken(twice["again"].strip()):
        answer = f"{twice['before']}{twice['number']}{twice['after']}"
    return re.sub(r"(?<=\d)k(?![a-z])", "พัน", re.sub(r"(?<=\d)\.?[-=]$", "", answer))


def _amount(answer: str, question: str) -> Number | None:
    if _zero().match(squash(answer)):
        return 0
    negative = _MINUS.match(answer)
    if negative:
        value = _amount(answer[negative.end() :], question)
        return -value if value else None
    answer = _SPACED_THOUSANDS.sub(lambda match: match[0].replace(" ", ""), answer)
    if _RANGE.search(answer) or _DECIMAL_THOUSANDS.search(answer):
        return None
    return _exact(answer, question)


@cache
def _zero() -> re.Pattern[str]:
    """ไม่มี, ไม่เคย and what may follow them: สักครั้ง, ใครเลย, ลูก."""
    words = _around()
    none, lacking, counters = (alternation(words[key]) for key in ("none", "lacking", "counters"))
    return re.compile(
        rf"^(?:{none}|(?:ยัง)?(?:ไม่มี|บ่มี)(?:{lacking})?(?:ในบ้าน|ที่บ้าน)?(?:เลย)?(?:(?:สัก|ซัก|แม้แต่)(?:{counters})(?:เดียว)?)?(?:เลย)?"
        rf"|(?:ยัง)?(?:ไม่เคย|บ่เคย)(?:ไป|ใช้|มา)?(?:เลย)?(?:(?:สัก|ซัก|แม้แต่)(?:{counters})(?:เดียว)?)?(?:เลย)?)$"
    )


def _exact(answer: str, question: str) -> Number | None:
    foreign = table("numbers")["foreign"].get(answer)
    if foreign is not None:
        return int(foreign)
    money = _MONEY.match(answer)
    if money:
        return int(money["baht"].replace(",", "")) + int(money["satang"]) / 100
    whole = _whole().match(answer)
    if whole:
        return _measured(whole, question)
    one = _one_of().match(answer)
    if one and not (one["unit"] in ("ที่", "ข้อ", "เรื่อง") and one["how"] in ("หนึ่ง", "หนึง")):
        value = 1.5 if one["how"] == "ครึ่ง" else 1
        return _converted(value, one["unit"], question)
    said = spoken(_LATIN_UNIT.sub("", answer)) if answer.isascii() else None
    return _found(answer, question) if said is None else said


def _measured(match: re.Match[str], question: str) -> Number | None:
    value = spoken(match["number"].strip())
    if value is None:
        return None
    if match["half"]:
        value = value + 0.5 if match["unit"] and value == int(value) and value < 100 else None
    return None if value is None else _converted(value, match["unit"], question)


def _found(answer: str, question: str) -> Number | None:
    """A lone numeral beside its unit among words that neither deny it nor make it inexact."""
    if _unfit().search(answer) or len(re.findall(r"\d+(?:[.,]\d+)*", answer)) != 1:
        return None
    match = _beside_unit().search(answer)
    return _converted(spoken(match["number"]) or 0, match["unit"], question) if match else None


def _converted(value: Number, unit: str | None, question: str) -> Number | None:
    """The amount in the unit that the question asks for; None when the two cannot be reconciled."""
    if not unit or not question or unit in question:
        return value
    measures = table("numbers")["measure"].values()
    for sizes in measures:
        asked = {size for word, size in sizes.items() if word in question}
        if unit in sizes and asked:
            exact = value * sizes[unit] / next(iter(asked))
            return exact if len(asked) == 1 and (exact * 4).is_integer() else None
    elsewhere = any(unit in sizes for sizes in measures) and any(
        word in question for sizes in measures for word in sizes
    )
    return None if elsewhere else value
