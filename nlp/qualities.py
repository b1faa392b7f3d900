"""What rules find of the five promised service qualities: correct, fast, cheap, anywhere and any time, given with a
service mind.

What earns one: an expression that says it ("รอนาน"), what is said of a thing ("เจ้าหน้าที่ … ดี"), a sum of money
paid, or a length of time waited. `nlp.stance` then turns it round ("ไม่ต้องรอนาน"), or makes a wish of it: who wishes
for it, lacks it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.document import Document
from nlp.phrases import Found, Lexicon, Reading, listed, load, reading
from nlp.records import Quality
from nlp.stance import Stance, cannot, denials, stance

QUALITIES = ("correct", "fast", "cheap", "anywhere_anytime", "service_mind")

_UNITS = {
    "minute": "นาที | minute | minutes | min | mins",
    "hour": "ชั่วโมง | ชม | ชม. | ชั่วโมงกว่า | hour | hours | hrs",
    "day": "วัน | day | days",
    "far": "กิโล | กิโลเมตร | กม | กม. | km | kilometers | kilometres",
    "more": "สัปดาห์ | อาทิตย์ | เดือน | ปี | week | weeks | month | months | year | years",
}
_DIGIT_WORD = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่|เอ็ด|ร้อย|พัน|หมื่น|แสน"
_NUMBER = re.compile(
    r"(?P<small>แค่|เพียง|ไม่ถึง|ไม่เกิน|ภายใน|only|just|within|less than)?\s*(?:ประมาณ|ราวๆ|"
    r"about)?\s*(?P<every>ทุก|อีก)?\s*"
    rf"(?:(?P<digits>\d[\d,.]{{0,6}})|(?P<word>ครึ่ง|ค่อน|หลาย|เป็น|ทั้ง|(?:{_DIGIT_WORD}){{1,4}}"
    r"|half an|all|one|two|three|four|five|six|many|several|an?))"
    r"\s*(?:กว่า|ๆ|ถึง\s*\d+|-\s*\d+)?\s*$"
)
_MONEY = re.compile(
    r"^[^\d\n]{0,16}?(?P<small>แค่|เพียง|ไม่เกิน|only|just)?\s*"
    rf"(?:(?P<sum>\d[\d,]*)\s*(?P<unit>บาท|฿|ร้อย|พัน|หมื่น|แสน|baht|thb)?|(?:(?:เป็น|หลาย|"
    rf"{_DIGIT_WORD}){{0,3}}(?:ร้อย|พัน|หมื่น|แสน)|(?:{_DIGIT_WORD}){{1,4}}\s?บาท))"
)
_WISHES = re.compile("ควร|น่าจะ|อยากให้")
_SAVED = re.compile(r"(?:ประหยัด|ลด|ได้เงิน|รายได้|เงินเดือน|save[sd]?)[^\n]{0,6}$")
_STILL = re.compile(r"^\s?(?:กว่า)?(?:แล้ว)?(?:ก็)?(?:ยัง|กว่าจะ|ป่านนี้|เงียบ|ไม่คืบ|ไม่มีใคร|ไม่เห็น)")
_FAR = 10
_WORKS = re.compile(r"^[^\n]{0,10}?(?:ได้|สะดวก|ง่าย|เร็ว|ไว|ดีมาก|ดีจัง|เลย|easy|quick|works|good)")
_DONE = re.compile(r"^\s?(?:ก็)?(?:เสร็จ|ได้แล้ว|ได้เลย|ก็ได้|เรียบร้อย)")
_GAP = {"good": 16, "bad": 16, "right": 14, "wrong": 14, "dear": 22, "more": 6, "low": 8, "long": 10, "short": 8}
_HIGHEST_OF_A_SMALL_SUM = 100
_LONGEST_OF_A_SHORT_WAIT = 20
_BREAK = re.compile(r"\n|แต่|[.!?] ")


class Reason(NamedTuple):
    """One place that says a quality: `direction` +1 or -1, and how sure that is."""

    quality: str
    direction: int
    score: float
    start: int
    end: int


def ruled(document: Document) -> tuple[Quality, ...]:
    """Read by rule which of the five qualities a text praises (+1) or misses (-1), each with the words that say so."""
    read = reading(document)
    found = _lexicon().longest(read)
    reasons = [reason for reason in _reasons(read, found) if reason.direction]
    return tuple(_summed(document, read.low, reasons))


def _reasons(read: Reading, found: list[Found]) -> Iterator[Reason]:
    for index, one in enumerate(found):
        for meaning in one.meanings:
            kind, _, code = meaning.partition(":")
            if kind == "say":
                yield _said(read.low, one, code)
            elif kind == "view":
                yield from _viewed(read.low, found, index, code)
            elif kind == "unit":
                yield from _waited(read.low, found, index, code)
            elif kind == "way":
                yield _by_way(read.low, one)
            elif kind == "cost":
                yield from _paid(read.low, one)


def _said(low: str, one: Found, code: str) -> Reason:
    quality, direction = code[:-1], 1 if code.endswith("+") else -1
    score = 0.85 if len(one.phrase) > 4 else 0.7
    return _meant(low, one, Reason(quality, direction, score, one.start, one.end))


def _meant(low: str, one: Found, reason: Reason) -> Reason:
    """Give a reason the direction that it has as it is said here; 0 where it says nothing."""
    how = stance(low, one.start, one.end)
    if how is Stance.WISHED or (reason.direction < 0 and _WISHES.search(one.phrase)):
        return reason._replace(direction=-1, score=0.75)
    if how in (Stance.ASKED, Stance.FORMER):
        return reason._replace(direction=0)
    turned = (how is Stance.DENIED) ^ (reason.direction > 0 and cannot(low, one.end))
    if not turned:
        return reason
    start = reason.start - (len("ไม่") if low[reason.start - 3 : reason.start] == "ไม่" else 0)
    return reason._replace(direction=-reason.direction, start=start)


def _by_way(low: str, one: Found) -> Reason:
    reason = Reason("anywhere_anytime", 1, 0.7, one.start, one.end)
    how = stance(low, one.start, one.end)
    if how is Stance.WISHED or cannot(low, one.end) or how is Stance.DENIED:
        return reason._replace(direction=-1)
    return reason if how is Stance.SAID and _WORKS.match(low[one.end : one.end + 20]) else reason._replace(direction=0)


def _viewed(low: str, found: list[Found], index: int, view: str) -> Iterator[Reason]:
    """Join a view with the noun before it in the clause ("เจ้าหน้าที่ … ดี"), or right after it in English ("rude
    staff").
    """
    one = found[index]
    pairs = _pairs()
    for noun in reversed(found[max(0, index - 3) : index]):
        gap = low[noun.end : one.start]
        if len(gap) > _GAP[view] or _BREAK.search(gap) or noun.meanings[0].startswith(("say", "view")):
            break
        for meaning in noun.meanings:
            if quality := pairs.get((meaning, view)):
                yield _pair(low, one, quality, noun.start)
                return
    following = found[index + 1] if index + 1 < len(found) else None
    if following and following.start - one.end == 1 and one.phrase.isascii():
        for meaning in following.meanings:
            if quality := pairs.get((meaning, view)):
                yield _pair(low, one, quality, one.start)._replace(end=following.end)
                return


def _pair(low: str, view: Found, code: str, start: int) -> Reason:
    reason = Reason(code[:-1], 1 if code.endswith("+") else -1, 0.75, start, view.end)
    return _meant(low, view, reason)._replace(start=start)


def _waited(low: str, found: list[Found], index: int, unit: str) -> Iterator[Reason]:
    one = found[index]
    number = _NUMBER.search(low[max(0, one.start - 22) : one.start])
    if not number or number["every"]:
        return
    start = max(0, one.start - 22) + number.start()
    start += len(number[0]) - len(number[0].lstrip())
    if unit == "far":
        if _amount(number) >= _FAR:
            yield Reason("anywhere_anytime", -1, 0.75, start, one.end)
        return
    after = low[one.end : one.end + 14]
    waiting = any(
        "wait" in other.meanings and 0 <= start - other.end <= 22 for other in found[max(0, index - 4) : index]
    )
    done = _DONE.match(after)
    if not (waiting or done or _STILL.match(after) or (unit == "more" and low[:start].endswith("ไป"))):
        return
    short = _is_short(unit, number, bool(done)) or denials(low[:start][-26:]) % 2 == 1
    if short or not done or unit == "more":
        direction = 1 if short else -1
        yield _meant(low, one._replace(start=start), Reason("fast", direction, 0.8, start, one.end))._replace(
            direction=direction
        )


def _is_short(unit: str, number: re.Match[str], done: bool) -> bool:
    amount = _amount(number)
    small = bool(number["small"]) or done
    if unit == "minute":
        return amount <= _LONGEST_OF_A_SHORT_WAIT
    if unit == "hour":
        return small and amount <= 1
    return unit == "day" and small and amount <= 3


def _amount(number: re.Match[str]) -> float:
    """Read a matched number, roughly: a number in words is 2 or more, "ครึ่ง" a half, from "สิบ" on at least 10."""
    digits = (number["digits"] or "").replace(",", "").rstrip(".")
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    word = number["word"] or ""
    if word in ("ครึ่ง", "half an", "an", "a", "one", "หนึ่ง"):
        return 0.5 if word in ("ครึ่ง", "half an") else 1.0
    if word.startswith(("หลายสิบ", "ยี่สิบ", "สามสิบ", "สี่สิบ", "ห้าสิบ")) or (
        word.endswith(("สิบ", "ร้อย", "พัน")) and word != "สิบ"
    ):
        return 30.0
    return 10.0 if word.startswith("สิบ") else 2.0


def _paid(low: str, one: Found) -> Iterator[Reason]:
    money = _MONEY.match(low[one.end : one.end + 30])
    if not money or _SAVED.search(low[max(0, one.start - 12) : one.start]):
        return
    digits = (money["sum"] or "").replace(",", "")
    if (
        digits
        and not money["unit"]
        and (len(digits) < 2 or (not one.phrase.startswith("ค่า") and not one.phrase.endswith("ละ")))
    ):
        return
    cheap = (
        money["small"] and digits and int(digits) <= _HIGHEST_OF_A_SMALL_SUM and money["unit"] in (None, "บาท", "baht")
    )
    yield Reason("cheap", 1 if cheap else -1, 0.75, one.start, one.end + money.end())


def _summed(document: Document, low: str, reasons: list[Reason]) -> Iterator[Quality]:
    """Join the reasons of one quality and direction. Both directions stand only where a break lies between them."""
    for quality in QUALITIES:
        own = [reason for reason in reasons if reason.quality == quality]
        if {1, -1} <= {reason.direction for reason in own} and not _BREAK.search(low, own[0].end, own[-1].start):
            own = [reason for reason in own if reason.direction == own[-1].direction]
        for direction in (1, -1):
            same = [reason for reason in own if reason.direction == direction]
            if same:
                doubt = 1.0
                for reason in same[:3]:
                    doubt *= 1 - reason.score
                spans = tuple(sorted({document.span(reason.start, reason.end) for reason in same}))
                yield Quality(quality, direction, round(min(1 - doubt, 0.98), 3), spans)


@cache
def _pairs() -> dict[tuple[str, str], str]:
    pairs = {}
    for pair, quality in load("qualities.yaml")["pairs"].items():
        noun, view = pair.split()
        pairs[f"noun:{noun}", view] = quality
    return pairs


@cache
def _lexicon() -> Lexicon:
    data = load("qualities.yaml")
    meanings = {f"say:{code}": listed(line) for code, line in data["saying"].items()}
    meanings |= {f"noun:{code}": listed(line) for code, line in data["nouns"].items()}
    meanings |= {f"view:{code}": listed(line) for code, line in data["views"].items()}
    meanings |= {f"unit:{code}": listed(line) for code, line in _UNITS.items()}
    meanings |= {
        "wait": listed(data["wait"]),
        "cost:": listed(data["cost"]),
        "way:": listed(data["ways"]),
        "plain": listed(data["plain"]),
    }
    return Lexicon(meanings)
