"""Mending how Thai is typed, without losing where each character came from.

`normalise(text)` answers the mended text and, for each of its characters, the offset in the text as typed.
What is mended: invisible marks and controls, Thai digits (to 0–9), เเ (to แ), ํา and นํ้า (to ำ, น้ำ), marks typed twice or
before their vowel (ท่ี to ที่), letters drawn out (มากกกก to มาก), and endless runs of digits or of one character.
"""

import re
from collections.abc import Callable, Sequence

LONGEST = 2_000
"""Characters of a text that are analysed: 99 of 100 real complaints are shorter than half of it."""

_LONGEST_RUN = 20
# Zero-width space, joiners and direction marks, soft hyphen, word joiner, byte-order mark, variation selectors.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff"
# Zero-width joiners are part of how Burmese and Khmer (and emoji) are written, but no word of a lexicon needs them.
_GONE = re.compile(f"[{_INVISIBLE}]+")
_BLANKS = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA1), 0x3000, *range(0x2000, 0x200B)], " ")
_SINGLE = str.maketrans({**{ord("๐") + n: str(n) for n in range(10)}, **_BLANKS, 0x2028: "\n", 0x2029: "\n"})

_TONE = "[\u0e48-\u0e4b]"
_ABOVE_OR_BELOW = "[\u0e31\u0e34-\u0e39\u0e47]"
_SPELLING = re.compile(
    "(?P<ae>เเ)"
    f"|(?P<am>(?:\u0e4d+(?P<tone>{_TONE}*)|(?P<before>{_TONE}+)\u0e4d+)\u0e32+)"
    f"|(?P<late>(?P<mark>{_TONE})(?P<vowel>{_ABOVE_OR_BELOW}))"
)
_DRAWN_OUT = re.compile(
    "(?P<mark>[\u0e30-\u0e39\u0e45-\u0e4e])(?P=mark)+"  # a vowel sign, tone or ๆ typed twice is never meant
    # กรรม and www are meant; มากกก is not, but ถนนนี้, โนนนา and ในนนทบุรี are.
    "|(?P<letter>[ก-ฮเ-ไa-vx-z])(?<!ถน)(?<!โน)(?P=letter){2,}(?!(?<=น)ท)"
    f"|[0-9]{{{_LONGEST_RUN + 1},}}"
    f"|(?P<any>[^0-9])(?P=any){{{_LONGEST_RUN},}}",
    re.DOTALL,
)
_MAY_NEED_SPELLING = re.compile("เเ|\u0e4d|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e39\u0e47]")


def normalise(text: str) -> tuple[str, Sequence[int]]:
    """Mend the first `LONGEST` characters of a text.

    Answers `(clean, offsets)`: `offsets` has one more item than `clean` has characters; `offsets[i]` is where the clean
    character `i` begins in the text as given, and the last item is where the analysed part ends.
    """
    clean = text[:LONGEST].translate(_SINGLE)
    offsets: Sequence[int] = range(len(clean) + 1)
    if _GONE.search(clean):
        clean, offsets = _edited(clean, offsets, _GONE, lambda found: "")
    if _MAY_NEED_SPELLING.search(clean):
        clean, offsets = _edited(clean, offsets, _SPELLING, _spelt)
    if _DRAWN_OUT.search(clean):
        clean, offsets = _edited(clean, offsets, _DRAWN_OUT, _shortened)
    return clean, offsets


def is_invisible(character: str) -> bool:
    """Say whether a character is one of those that normalising removes."""
    return _GONE.match(character) is not None


def _spelt(found: re.Match[str]) -> str:
    if found["ae"]:
        return "แ"
    if found["am"]:
        return ((found["tone"] or found["before"] or "")[:1]) + "ำ"
    return found["vowel"] + found["mark"]


def _shortened(found: re.Match[str]) -> str:
    if found["mark"] or found["letter"]:
        return found[0][0]
    return found[0][:_LONGEST_RUN]


def _edited(
    text: str, offsets: Sequence[int], pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[str, Sequence[int]]:
    """Replace every match. The characters of a replacement begin where those they replace began."""
    pieces: list[str] = []
    moved: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        start = found.start()
        piece = new(found)
        pieces += text[done:start], piece
        moved += offsets[done:start]
        moved += offsets[start : start + len(piece)]
        done = found.end()
    pieces.append(text[done:])
    moved += offsets[done:]
    return "".join(pieces), moved
