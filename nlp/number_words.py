"""Spoken numbers: สองพันห้า, ยี่สิบเอ็ด, 3 แสน, 2.5 ล้าน, "twenty-five" → their value, or None when they are not exact.

A small grammar over tokens, not a search for number words inside other words: เก้าอี้ and สามี have no value.
Colloquial forms follow Thai usage: after พัน and above a last single digit counts the next lower place (สองพันห้า =
2,500); after ร้อย it does not say whether it means tens or ones (สองร้อยห้า), so that is None.
"""

import re
from dataclasses import dataclass
from functools import cache

from nlp.typed import alternation, fold, table

Number = int | float
_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?(?![\d,])|\d{1,15}(?:\.\d{1,4})?(?!\d)|(?<!\d)\.\d{1,3}(?!\d)"
_MILLION = 1_000_000
_UNSPOKEN = re.compile(r"[\d.,\s]+")


@cache
def _words() -> dict[str, tuple[str, Number]]:
    """Word → (what it is: digit, twenty, one, scale, half …, its value)."""
    data = table("numbers")
    return {fold(word): (kind, value) for kind in data["kinds"] for word, value in data[kind].items()}


@cache
def token() -> str:
    """A regular expression for one token of a spoken number."""
    return f"(?:{_NUMERAL}|{alternation(tuple(_words()))})"


@cache
def _splitter() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:({_NUMERAL})|({alternation(tuple(_words()))}))")


def phrase(gap: str = " ?") -> str:
    """A regular expression for a run of number tokens, at most twenty, with what may stand between them."""
    return rf"{token()}(?:{gap}{token()}){{0,19}}"


def tokens(text: str) -> list[tuple[str, Number]] | None:
    """The tokens of folded text that is a number and nothing else; None when anything else is in it."""
    found, at = [], 0
    while at < len(text):
        match = _splitter().match(text, at)
        if match is None:
            return None
        if match[1]:
            found.append(("numeral", plain(match[1])))
        else:
            found.append(_words()[re.sub(r"\s+", " ", match[2])])
        at = match.end()
    return found


def plain(numeral: str) -> Number:
    """A numeral's value: "1,500" → 1500, "2.0" → 2."""
    value = float(numeral.replace(",", ""))
    return int(value) if value.is_integer() else value


@dataclass(slots=True)
class _Sum:
    """A number being heard, token by token; `fail` once it can have no exact value."""

    total: Number = 0
    group: Number = 0
    digit: Number | None = None
    scale: int = 10 * _MILLION
    scales: int = 0
    explicit: bool = False
    closed: bool = False
    fail: bool = False

    def hear(self, kind: str, value: Number) -> None:
        if self.closed and kind != "dozen":
            self.fail = True
            return
        getattr(self, f"_{kind}")(value)

    def _digit(self, value: Number) -> None:
        self.fail |= self.digit is not None
        self.digit, self.explicit = value, self.explicit or not self.scales
        self.fail |= value == 0 and self.scales > 0

    def _numeral(self, value: Number) -> None:
        self._digit(value)
        if self.scales and not self.fail:
            whole = isinstance(value, int) and value < self.scale
            self.fail |= not whole or self.scale == 10

    def _twenty(self, value: Number) -> None:
        self._digit(value)

    def _score(self, value: Number) -> None:
        self._digit(2)
        self._scale(10)

    def _one(self, value: Number) -> None:
        """นึง, เดียว: after a bare scale they count it (พันนึง = 1,000); alone they are 1."""
        if not self.scales:
            self._digit(value)
        else:
            self.fail |= self.digit is not None or self.explicit or self.scales > 1
        self.closed = True

    def _last_one(self, value: Number) -> None:
        """เอ็ด: one more, after a scale."""
        self.fail |= not self.scales or self.digit is not None
        self.group += value
        self.closed = True

    def _scale(self, value: Number) -> None:
        size = int(value)
        times = 1 if self.digit is None else self.digit
        if size == _MILLION:
            self.fail |= self.total > 0
            self.total = (self.group + (self.digit or 0) or 1) * size
            self.group = 0
        else:
            self.fail |= times == 0 or size >= self.scale
            self.group += times * size
        self.digit, self.scale, self.scales = None, size, self.scales + 1

    def _half(self, value: Number) -> None:
        if self.digit is not None or (self.scale == 10 and self.scales):
            self.group += value
        elif self.scales:
            self.fail |= self.scale == 100
            self.group += self.scale / 2
        else:
            self.group += value
        self.closed = self.closed or self.digit is None
        if self.digit is not None:
            self._end()
            self.closed = True

    def _dozen(self, value: Number) -> None:
        halved = self.closed and self.group == 0.5
        self.fail |= self.scales > 0
        self.group = (1 if self.digit is None else self.digit) * value if not halved else value // 2
        self.digit, self.scale, self.scales = None, 1, 1

    def _end(self) -> None:
        if self.digit is None:
            return
        if not self.scales or self.scale == 10 or self.digit >= 10:
            self.fail |= self.scale == 10 and self.scales > 0 and self.digit >= 10
            self.group += self.digit
        elif self.scale == 100:
            self.fail |= self.scales < 2 and not self._formal()
            self.group += self.digit
        else:
            self.group += self.digit * self.scale // 10
        self.digit = None

    def _formal(self) -> bool:
        return self.explicit and self.group == 100

    def value(self) -> Number | None:
        self._end()
        result = self.total + self.group
        if self.fail:
            return None
        return int(result) if float(result).is_integer() else result


def spoken(text: str) -> Number | None:
    """The value of folded text that is one number in Thai or Lao words, numerals, or both; None for anything else."""
    heard = tokens(text)
    if not heard:
        return english(text)
    heard, fraction = _with_point(heard)
    if fraction is None:
        return None
    total = _Sum()
    for position, (kind, value) in enumerate(heard):
        if kind == "twenty" and (position + 1 == len(heard) or heard[position + 1] != ("scale", 10)):
            return None
        total.hear(kind, value)
    result = total.value()
    if result is None or not fraction:
        return result
    return float(f"{result}.{fraction}") if isinstance(result, int) else None


def _with_point(heard: list[tuple[str, Number]]) -> tuple[list[tuple[str, Number]], str | None]:
    """Split at จุด: the tokens before it, and the digits after it ("" without จุด, None when they are not digits)."""
    points = [position for position, (kind, _) in enumerate(heard) if kind == "point"]
    if not points:
        return heard, ""
    after = heard[points[0] + 1 :]
    digits = "".join(str(value) for kind, value in after if kind in ("digit", "numeral"))
    good = (
        points[0] > 0
        and after
        and len(digits) <= 4
        and digits.isdecimal()
        and all(k in ("digit", "numeral") for k, _ in after)
    )
    return heard[: points[0]], digits if good else None


def english(text: str) -> Number | None:
    """The value of English number words: "twenty-five" → 25, "two and a half" → 2.5."""
    words = table("numbers")["english"]
    parts = re.split(r"[\s-]+", text)
    if not parts or len(parts) > 12:
        return None
    whole, last = 0, 0
    for position, part in enumerate(parts):
        if part in ("and", "a", "an"):
            if position + 1 == len(parts):
                return None
            continue
        value = words.get(part)
        if value is None:
            return None
        if value == 0.5:
            return whole + last + value if position + 1 == len(parts) else None
        if value >= 100:
            last = max(last, 1) * value
            whole, last = (whole + last, 0) if value >= 1000 else (whole, last)
        elif last and (last % 100 and not (last % 100 >= 20 and last % 10 == 0 and value < 10)):
            return None
        else:
            last += value
    return whole + last


def with_digits(text: str) -> str:
    """Folded text in which every run of number words that has an exact value stands as digits."""

    def swap(match: re.Match[str]) -> str:
        value = None if _UNSPOKEN.fullmatch(match[0]) else spoken(match[0])
        return match[0] if value is None else str(value)

    return re.sub(phrase(gap=""), swap, text)
