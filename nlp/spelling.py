"""Names of places that were misspelt: letters of one sound, tone marks and silent letters do not count."""

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlp.gazetteer import Areas, Level, gazetteer

_SHORTEST = 3
_LONG = 7
_RUN = re.compile("[ก-๎-]{3,24}")
_VOWELS = "ะาิีึืุูัำ"
_SAME = str.maketrans(
    dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b\u0e47ะฯ", "")
    | dict.fromkeys("ศษซ", "ส")
    | dict.fromkeys("ธฑฒ", "ท")
    | dict.fromkeys("ึืี", "ิ")
    | {"ใ": "ไ", "ณ": "น", "ฎ": "ด", "ฏ": "ต", "ฐ": "ถ", "ภ": "พ", "ญ": "ย", "ฬ": "ล", "ฆ": "ค", "ู": "ุ", "ฤ": "ร"}
)


@lru_cache(maxsize=256)
def _found(run: str, level: Level) -> tuple[int, Areas]:
    """Read the longest name of a level that a run of letters begins with, by sound or but for one letter."""
    sound, ends = _sound(run)
    names = _sounds(level)
    for length in range(len(sound), _SHORTEST - 1, -1):
        areas = names.get(sound[:length])
        end = ends[length - 1]
        if areas and (end >= len(run) or run[end] not in _VOWELS):
            return end, areas
    return _one_off(run, level)


def sounds_like(text: str, start: int, level: Level) -> tuple[int, Areas]:
    """Find the longest name of a level that sounds as the text does from `start`. Answers its end and areas, or ()."""
    run = _RUN.match(text, start)
    if not run:
        return start, ()
    length, areas = _found(run[0], level)
    return start + length, areas


def _one_off(run: str, level: Level) -> tuple[int, Areas]:
    """Find the long name of a province or district that a run of letters misses by one letter."""
    if level is Level.SUBDISTRICT or len(run) < _LONG - 1:
        return 0, ()
    found = process.extractOne(run, _long_names(level), scorer=OSA.distance, score_cutoff=1)
    return (len(run), gazetteer().names[level][found[0]]) if found else (0, ())


@cache
def _long_names(level: Level) -> list[str]:
    return [name for name in gazetteer().names[level] if len(name) >= _LONG and not name.isascii()]


def _sound(text: str) -> tuple[str, list[int]]:
    """Give a text's sound and, for each letter of it, where that letter's marks end in the text."""
    sound: list[str] = []
    ends: list[int] = []
    for position, letter in enumerate(text):
        if not "ก" <= letter <= "๎" and letter != "-":
            break
        if letter == "์":
            if sound:
                del sound[-1], ends[-1]
            if ends:
                ends[-1] = position + 1
            continue
        same = letter.translate(_SAME) if letter != "-" else ""
        if not same or (sound and sound[-1] == same):
            if ends:
                ends[-1] = position + 1
            continue
        sound.append(same)
        ends.append(position + 1)
    return "".join(sound), ends


@cache
def _sounds(level: Level) -> dict[str, Areas]:
    sounds: dict[str, Areas] = {}
    for name, areas in gazetteer().names[level].items():
        if not name.isascii() and len(name) > _SHORTEST and name != "เมือง":
            sound = _sound(name)[0]
            sounds[sound] = tuple(dict.fromkeys((*sounds.get(sound, ()), *areas)))
    return sounds
