"""Which of the offered choices an answer means: one, or several."""

import re
from functools import cache

from rapidfuzz.distance import OSA

from nlp.choice_list import Choices, amount, canonical, kind_of
from nlp.number_words import spoken, with_digits
from nlp.numbers import read_number
from nlp.typed import alternation, courteous, flat, squash, table
from nlp.yesno import read_yes_no

_ALIKE = 76.0  # per cent: below it the likeliest label of unrelated words was found too
_MARGIN = 8.0  # per cent ahead of the next choice
_LETTERS = "กขคงจฉชซฌญ"
_LATIN = "abcdefghij"
_DENIES = re.compile(r"ไม่|ยกเว้น|เว้น|นอกจาก|มิใช่|อย่า|บ่(?![าอ])|\bnot\b|\bno\b|n't\b|except|\bnone\b|ບໍ່|មិន")
_ASKS = re.compile(r"\?|กี่|เท่าไ|เมื่อไ|ที่ไหน|ตรงไหน|ทำไม|ใคร|ไหม|มั้ย|หรือเปล่า|รึเปล่า|อะไร|ยังไง|คืออ|เหรอ|\bwhat\b")
_EITHER = re.compile(r"(?:หรือ|รึ|\bor\b|ຫຼື|ឬ)")
_OR = re.compile(r"หรือ|รึ|or|ຫຼື|ឬ")  # in words without spaces


@cache
def _place() -> re.Pattern[str]:
    words = table("choices")["place"]
    lead, noun = alternation(tuple(words["lead"])), alternation(tuple(words["noun"]))
    return re.compile(
        rf"^(?:{lead}\s*){{0,3}}(?P<noun>{noun})?\s*(?P<nth>ที่)?\s*[#(]?(?P<which>\d{{1,2}}|[{_LETTERS}]|[{_LATIN}])[.)]?$"
    )


@cache
def _named_place() -> re.Pattern[str]:
    words = table("choices")["place"]
    lead, noun = alternation(tuple(words["lead"])), alternation(tuple(words["noun"]))
    first, last = alternation(tuple(words["first"])), alternation(tuple(words["last"]))
    ordinal = "|".join(words["ordinal"])
    return re.compile(
        rf"^(?:{lead}\s*){{0,3}}(?:the\s)?(?:(?:{noun})?\s*(?:(?P<first>{first})|(?P<last>{last}))|(?P<ordinal>{ordinal}))(?:\s*(?:one|choice|option))?$"
    )


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternation(tuple(table('choices')['place']['lead']))}\s*){{1,3}}(?=\S)")


def match_one(answer: str, offered: Choices) -> str | None:
    """The one code that a folded, courteous answer means."""
    answer = _only().sub("", answer) or answer
    code = offered.exact(answer) or offered.exact(courteous(answer))
    if code:
        return code
    answer = courteous(answer)
    if _ASKS.search(answer) or _either(answer, offered):
        return None
    for way in (_by_amount, _by_place, _by_kind, _by_polarity, _inside, _alike):
        found = way(answer, offered)
        if found is not None:
            return found or None
    return None


def _either(answer: str, offered: Choices) -> bool:
    """Whether the answer says "or", beside labels that say so themselves: น้ำมากเกินหรือท่วม."""
    if not _EITHER.search(answer):
        return False
    words = canonical(squash(answer))
    held = [name for _, name in offered.labels if _OR.search(name) and name in words]
    for name in sorted(held, key=len, reverse=True):
        words = words.replace(name, " ")
    return not held or bool(_OR.search(words))


@cache
def _only() -> re.Pattern[str]:
    return re.compile(rf"\s*{alternation(tuple(table('choices')['only']))}$")


def _by_amount(answer: str, offered: Choices) -> str | None:
    """A number or amount where the labels are amounts; "" when it could as well be a place in the list."""
    if not offered.amounts:
        return None
    same = _same_amount(answer, offered)
    if same:
        return same
    value = read_number(answer)
    if value is None:
        return None
    codes = {code for code, least, most in offered.amounts if least <= value <= most}
    lone = [code for code, least, most in offered.amounts if least == most == value]
    if len(lone) == 1:
        return lone[0]
    bare = spoken(answer) is not None
    if not codes and not bare:
        return None
    code = codes.pop() if len(codes) == 1 else ""
    if bare and isinstance(value, int) and 1 <= value <= len(offered.codes):
        return code if code == offered.codes[value - 1] else ""
    return code


def _same_amount(answer: str, offered: Choices) -> str | None:
    """The choice whose label covers just what the answer says: "18 ถึง 25", "เกินหกสิบ"."""
    said = amount("", with_digits(answer))
    if said is None or said[1] == said[2] or _DENIES.search(answer.replace("ไม่เกิน", "").replace("ไม่ถึง", "")):
        return None
    codes = {code for code, least, most in offered.amounts if (least, most) == said[1:]}
    return codes.pop() if len(codes) == 1 else None


def _by_place(answer: str, offered: Choices) -> str | None:
    """A place in the list; "" when there is no such place."""
    named = _named_place().match(answer)
    if named:
        if named["first"]:
            return offered.codes[0]
        at = len(offered.codes) if named["last"] else table("choices")["place"]["ordinal"][named["ordinal"]]
        return offered.codes[at - 1] if at <= len(offered.codes) else ""
    match = _place().match(with_digits(answer))
    if match is None:
        return None
    which = match["which"]
    if not which.isdecimal():
        at = (_LETTERS if which in _LETTERS else _LATIN).index(which) + 1
    else:
        at = int(which)
    return offered.codes[at - 1] if 1 <= at <= len(offered.codes) else ""


def _by_kind(answer: str, offered: Choices) -> str | None:
    """ไม่มี, อื่น ๆ, ไม่แน่ใจ: the choice of that kind; "" when there is none."""
    kind = kind_of(squash(_lead().sub("", answer))) or kind_of(squash(answer))
    if kind is None:
        return None
    return offered.of_kind(kind) or ("" if kind in ("all", "unsure", "any", "undisclosed") else None)


def _by_polarity(answer: str, offered: Choices) -> str | None:
    """A yes or no where exactly one label says yes and one no (เคย, ไม่เคย). "เอา" and a label is no yes."""
    words = canonical(squash(answer))
    named = any(len(name) > 5 and name in words for _, name in offered.labels)
    value = read_yes_no(answer) if offered.sides and not named else None
    return None if value is None or offered.sides is None else offered.sides[0 if value else 1]


def _inside(answer: str, offered: Choices) -> str | None:
    """A label inside the answer, or the answer inside one label; "" when it names two, or denies one."""
    words = canonical(squash(_lead().sub("", answer)))
    within = {(code, name) for code, name in offered.labels if len(name) >= 3 and name in words}
    longest = {(c, n) for c, n in within if not any(n != other and n in other for _, other in within)}
    codes = {code for code, _ in longest}
    if codes:
        rest = words
        for _, name in longest:
            rest = rest.replace(name, "")
        if len(codes) > 1 or _DENIES.search(rest) or _joints().search(rest) or len(rest) > 24:
            return ""
        return codes.pop()
    size = len(flat(words))
    if size < 3 or words.isdecimal():
        return None
    parts = [
        (c, n)
        for c, n in offered.labels
        if words in n and _same_sense(words, n) and (size > 3 or (n.startswith(words) and size > 0.4 * len(flat(n))))
    ]
    holding = {code for code, _ in parts}
    starting = {code for code, name in parts if name.startswith(words)}
    best = starting if len(starting) == 1 else holding
    if len(best) == 1:
        return best.pop()
    return "" if holding else None


def _same_sense(words: str, name: str) -> bool:
    """Both deny or neither does, and their figures are the same."""
    return len(_DENIES.findall(words)) == len(_DENIES.findall(name)) and (
        re.findall(r"\d+", words) == re.findall(r"\d+", name) or not re.search(r"\d", words)
    )


def likeness(words: str, name: str) -> float:
    """How alike two squashed labels are, 0–100: letters as typed, and without tone marks, averaged."""
    typed = OSA.normalized_similarity(words, name)
    return 50 * (typed + OSA.normalized_similarity(flat(words), flat(name)))


def _alike(answer: str, offered: Choices) -> str | None:
    words = canonical(squash(with_digits(_lead().sub("", answer))))
    if len(words) < 3 or len(words) > 80:
        return None
    scores: dict[str, float] = {}
    for code, name in offered.labels:
        if (
            len(name) >= 3
            and _same_sense(words, name)
            and bool(re.search(r"\d", words)) == bool(re.search(r"\d", name))
        ):
            scores[code] = max(scores.get(code, 0.0), likeness(words, name))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
        return None
    return ranked[0][0]


@cache
def _joints() -> re.Pattern[str]:
    joints = table("choices")["joints"]
    thai = alternation(tuple(word for word in joints if not word.isascii()))
    return re.compile(rf"\s*(?:[,+&/;\n•]|\b(?:and|also|plus)\b|{thai})\s*")


@cache
def _glued() -> re.Pattern[str]:
    noun = alternation(tuple(table("choices")["place"]["noun"]))
    return re.compile(rf"(?:{noun}\s*)(?:ที่\s*)?(?=\d)")


def match_several(answer: str, offered: Choices) -> tuple[str, ...] | None:
    """The codes that a folded, courteous answer means, in the order of the list; None when a part of it means none."""
    answer = _only().sub("", answer) or answer
    one = offered.exact(answer) or offered.exact(courteous(answer))
    if one:
        return (one,)
    answer = courteous(answer)
    if _ASKS.search(answer) or _either(answer, offered):
        return None
    if kind_of(squash(_lead().sub("", answer))) == "all":
        return tuple(
            code for code in offered.codes if offered.kinds.get(code) not in ("none", "unsure", "other", "all")
        )
    several = _every(answer, offered)
    if several is None:
        code = match_one(answer, offered) if _nothing_else(answer, offered) else None
        return (code,) if code else None
    alone = [code for code in several if offered.kinds.get(code) in ("none", "unsure")]
    return None if alone and len(several) > 1 else tuple(code for code in offered.codes if code in several)


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(alternation((*table("choices")["filler"], *table("choices")["only"])))


def _nothing_else(answer: str, offered: Choices) -> bool:
    """Whether an answer that holds a label holds no more than filling words beside it."""
    words = canonical(squash(_lead().sub("", answer)))
    within = sorted((name for _, name in offered.labels if len(name) >= 3 and name in words), key=len)
    return not within or not _fillers().sub("", words.replace(within[-1], ""))


def _every(answer: str, offered: Choices) -> set[str] | None:
    """The codes of an answer that lists several; None when it is not a list, or a part of it is not understood."""
    listing = _glued().sub(" ", _lead().sub("", answer))
    found: set[str] = set()
    parts = [part for part in _joints().split(listing) if part.strip()]
    for part in parts:
        codes = _part(part.strip(), offered)
        if codes is None:
            return _scanned(answer, offered)
        found |= codes
    return found if len(parts) > 1 or len(found) > 1 else None


def _part(part: str, offered: Choices) -> set[str] | None:
    """One item of a list; or several that only spaces divide."""
    words = part.split()
    pieces = [_item(word, offered) for word in words] if 1 < len(words) <= 16 else []
    if pieces and all(pieces):
        return {piece for piece in pieces if piece}
    code = None if _DENIES.search(part) and not offered.exact(part) else _item(part, offered)
    return {code} if code else None


def _item(words: str, offered: Choices) -> str | None:
    if words.isdecimal() and not offered.amounts:
        return _by_place(words, offered) or offered.exact(words)
    return match_one(courteous(words), offered)


def _scanned(answer: str, offered: Choices) -> set[str] | None:
    """Labels found one after another in words without spaces, with nothing left but joining words."""
    rest, found = canonical(squash(answer)), set()
    for code, name in sorted(offered.labels, key=lambda item: -len(item[1])):
        if len(name) >= 3 and name in rest:
            rest = rest.replace(name, " ")
            found.add(code)
    left = _joints().sub(" ", _lead().sub("", rest.strip()))
    return found if found and not squash(courteous(left) if left.strip() else "") else None
