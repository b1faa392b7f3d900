"""How much the words of a text tell: rare ones much, everyday ones nothing.

How often a word stands in ordinary Thai was counted in the texts of Wisesight (CC0-1.0) and truevoice (Apache-2.0) by
`python -m nlp train rarity`. Several names of one thing count as the thing (`data/synonyms.yaml`).
"""

import math
from functools import cache
from pathlib import Path

from nlp.document import Document
from nlp.phrases import Lexicon, listed, load, reading

RARITY = Path(__file__).parent / "models" / "rarity.tsv"

_FEWEST, _COMMON = 5, 40


def telling_words(document: Document) -> dict[str, float]:
    """Weigh the words of a document by how rare they are in ordinary Thai.

    Things with several names count by their thing.
    """
    low = reading(document).low
    bag: dict[str, float] = {}
    covered = 0
    for thing in _synonyms().longest(reading(document)):
        bag[thing.meanings[0]] = 1.0
        covered = max(covered, thing.end)
    known = _rarities()
    for _, start, end in document.words:
        if end - start > 1 and (word := low[start:end].strip()):
            weight = known[word] if word in known else rarity(word)
            if weight > 0 and len(word) > 1:
                bag[word] = weight
    return bag


def rarity(word: str) -> float:
    """0 for words that say nothing (in one of 40 texts or more), 1 for the rarest."""
    known = _rarities().get(word)
    if known is None:
        return 1.0 if any(letter.isalpha() for letter in word) else 0.0
    return known


@cache
def _rarities() -> dict[str, float]:
    """Read in how many texts each word stands; words that are not listed are among the rarest."""
    lines = RARITY.read_text(encoding="utf-8").splitlines()
    total = int(lines[0])
    widest = math.log(total / _FEWEST) - math.log(_COMMON)
    rarities = {}
    for word, count in (line.split("\t") for line in lines[1:]):
        share = (math.log(total / int(count)) - math.log(_COMMON)) / widest
        rarities[word] = max(0.0, min(1.0, share)) if any(letter.isalpha() for letter in word) else 0.0
    return rarities


@cache
def _synonyms() -> Lexicon:
    return Lexicon({f"#{number}": listed(line) for number, line in enumerate(load("synonyms.yaml"))})
