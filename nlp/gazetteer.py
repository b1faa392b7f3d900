"""The names of Thailand's places and what each may stand for; nothing here reads a text.

Provinces, districts and subdistricts come from `data/places.tsv`; spoken names, misspellings and romanised names from
`data/place_names.tsv`; names that are ordinary words besides from `data/place_words.txt`.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick

DATA = Path(__file__).parent / "data"


class Level(IntEnum):
    """How far down an area lies; subdistricts are the smallest."""

    PROVINCE = 1
    DISTRICT = 2
    SUBDISTRICT = 3


class Area(NamedTuple):
    """An administrative unit by its official names; the levels below it are None."""

    province: str
    district: str | None = None
    subdistrict: str | None = None

    @property
    def level(self) -> Level:
        """The level of its smallest part."""
        if self.subdistrict:
            return Level.SUBDISTRICT
        return Level.DISTRICT if self.district else Level.PROVINCE

    def within(self, other: "Area") -> bool:
        """Say whether this is the other or lies in it."""
        return self[: other.level] == other[: other.level]


Areas = tuple[Area, ...]
# What is typed for a letter by mistake; "" where it is left out.
_SLIPS = {
    **dict.fromkeys("\u0e48\u0e49\u0e4c\u0e47", ("",)),
    **dict.fromkeys("ศษส", ("ศ", "ษ", "ส")),
    **dict.fromkeys("ณน", ("ณ", "น")),
    **dict.fromkeys("ฎฏด", ("ฎ", "ฏ", "ด")),
    **dict.fromkeys("ใไ", ("ใ", "ไ")),
    **dict.fromkeys("ิีึื", ("ิ", "ี", "ึ", "ื")),
    **dict.fromkeys("ุู", ("ุ", "ู")),
    "ะ": ("", "ั"),
    "ร": ("", "ล"),
    "ธ": ("ท",),
    "ภ": ("พ",),
}
_LONG = 6
BANGKOK = "กรุงเทพมหานคร"


class Ease(IntEnum):
    """How readily a bare name is read as a place: alone, after a word of place, only beside a level that agrees."""

    ALONE = 0
    AFTER_PLACE_WORD = 1
    BESIDE_ANOTHER = 2


class Name(NamedTuple):
    """A name and the areas it may stand for."""

    text: str
    areas: Areas
    ease: Ease


class Gazetteer(NamedTuple):
    """`names[level][name]`: what a name stands for after that level's prefix. `bare` finds `Name`s that need none.

    `words`: subdistricts that are also words of the dictionary; `postcodes`: the districts that share a postal code.
    """

    names: dict[Level, dict[str, Areas]]
    bare: ahocorasick.Automaton
    words: frozenset[str]
    postcodes: dict[str, Areas]
    longest: int


@cache
def gazetteer() -> Gazetteer:
    """Load the names: 15 ms and 6 MB, once."""
    official: dict[Level, dict[str, list[Area]]] = {level: {} for level in Level}
    english: dict[str, list[Area]] = {}
    words: set[str] = set()
    postcodes: dict[str, list[Area]] = {}
    for area, names, postcode, is_word in _units():
        official[area.level].setdefault(names[0], []).append(area)
        if postcode:
            postcodes.setdefault(postcode, []).append(area)
        if is_word:
            words.add(names[0])
        for name in names[1:]:
            for spelling in spellings(name.lower()):
                english.setdefault(spelling, []).append(area)
    called = _called()
    by_level = _by_level(official, called, english)
    return Gazetteer(
        by_level,
        _automaton(by_level, called, english),
        frozenset(words),
        {code: tuple(areas) for code, areas in postcodes.items()},
        max(len(name) for level in by_level.values() for name in level),
    )


def spellings(english: str) -> Iterator[str]:
    """Give the ways a romanised name of small letters is spaced: "chiang mai", "chiangmai", "chiang-mai"."""
    if english.startswith("mueang "):
        yield from spellings(f"muang {english[7:]}")
    words = re.split("[ -]", english)
    for joint in (" ", "", "-") if len(words) < 4 else (" ", ""):
        yield joint.join(words)
        if len(words) == 1:
            return


def misspellings(name: str) -> Iterator[str]:
    """Give common slips in a long Thai name: a mark left out, a letter of the same sound, a neighbouring vowel."""
    for position, letter in enumerate(name):
        for other in _SLIPS.get(letter, ()):
            yield name[:position] + other + name[position + 1 :]


def _units() -> Iterator[tuple[Area, tuple[str, ...], str, bool]]:
    """Read `places.tsv`: area, its Thai and English names, postal code, whether it is also a word."""
    province = ""
    for line in _lines("places.tsv"):
        if not line.startswith("\t"):
            province, english = line.split("\t")
            yield Area(province), (province, english), "", False
            continue
        _, district, english, postcode, subdistricts = line.split("\t")
        yield Area(province, district), (district, english), postcode, False
        for name in subdistricts.split(","):
            yield Area(province, district, name.lstrip("~")), (name.lstrip("~"),), "", name.startswith("~")


def _called() -> dict[str, list[Area]]:
    """Read `place_names.tsv`: what each spoken name stands for."""
    called: dict[str, list[Area]] = {}
    for line in _lines("place_names.tsv"):
        names, path = line.split("\t")
        area = Area(*path.split("/"))
        for name in names.split(","):
            for spelling in spellings(name) if name.isascii() else (name,):
                areas = called.setdefault(spelling, [])
                if area not in areas:
                    areas.append(area)
    return called


def _eases() -> dict[str, Ease]:
    """Read `place_words.txt`."""
    eases: dict[str, Ease] = {}
    for word in itertools.chain.from_iterable(line.split() for line in _lines("place_words.txt")):
        name = word.lstrip("@").replace("_", " ")
        eases[name] = Ease.AFTER_PLACE_WORD if word.startswith("@") else Ease.BESIDE_ANOTHER
    return eases


def _by_level(
    official: dict[Level, dict[str, list[Area]]], called: dict[str, list[Area]], english: dict[str, list[Area]]
) -> dict[Level, dict[str, Areas]]:
    names = {level: {name: tuple(areas) for name, areas in units.items()} for level, units in official.items()}
    for name, areas in itertools.chain(called.items(), english.items()):
        for area in areas:
            known = names[area.level].get(name, ())
            if area not in known:
                names[area.level][name] = (*known, area)
    chief = [area for name, areas in names[Level.DISTRICT].items() if name.startswith("เมือง") for area in areas]
    chief = [area for area in dict.fromkeys(chief) if area.district == f"เมือง{area.province}"]
    chief.append(Area("พระนครศรีอยุธยา", "พระนครศรีอยุธยา"))
    for name in ("เมือง", "เมืองฯ", "mueang", "muang", "mueng"):
        names[Level.DISTRICT][name] = tuple(chief)
    return names


def _automaton(
    names: dict[Level, dict[str, Areas]], called: dict[str, list[Area]], english: dict[str, list[Area]]
) -> ahocorasick.Automaton:
    """Find the names that may be read without a prefix: provinces, districts, and what people call places."""
    eases = _eases()
    bare: dict[str, list[Area]] = {name: list(areas) for name, areas in called.items()}
    for units in (names[Level.PROVINCE], names[Level.DISTRICT], english):
        for name, areas in units.items():
            known = bare.setdefault(name, [])
            known += [area for area in areas if area not in known and _may_be_bare(name, known)]
    for name in [name for name in names[Level.PROVINCE] if len(name) >= _LONG and not name.isascii()]:
        for slip in misspellings(name):
            bare.setdefault(slip, list(names[Level.PROVINCE][name]))
    automaton = ahocorasick.Automaton()
    for name, areas in bare.items():
        if name not in {"เมือง", "เมืองฯ", "mueang", "muang", "mueng"}:
            automaton.add_word(name, Name(name, tuple(areas), eases.get(name, Ease.ALONE)))
    automaton.make_automaton()
    return automaton


def _may_be_bare(name: str, known: Iterable[Area]) -> bool:
    """A bare name of a province means the province, not the district of the same name."""
    return not any(area.level == Level.PROVINCE for area in known)


def _lines(file: str) -> list[str]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
