"""How well `nlp.asking` finds flaws of wording: `python -m tests.nlp.wording_measured` prints precision and recall.

Questions were written for this, by hand; each line of a table holds the flaws that the question has by their first
letters (L D J N A, or - for none), its language, and the question. Those of tables/wording.tsv were written before the
rules and are split in two by their hash: rules were mended by the tuning half, with those of wording_second.tsv. Yet
who wrote the rules knew all of them, so that the held-out half flatters. Those of wording_fresh.tsv were written when
the rules were done, and nothing was changed after they had been looked at: they are what to expect elsewhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nlp.asking import RULES, flaws

TABLES = Path(__file__).parent / "tables"
PARTS = ("tuning", "held out", "fresh")


class Case(NamedTuple):
    """One question, with the flaws that a person sees in it."""

    part: str
    seen: frozenset[str]
    language: str
    text: str


def cases() -> Iterator[Case]:
    """Every question of the tables."""
    names = {rule[0].upper(): rule for rule in RULES}
    for name in ("wording.tsv", "wording_second.tsv", "wording_fresh.tsv"):
        for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
            letters, language, text = line.split("\t")
            half = PARTS[hashlib.sha256(text.encode()).digest()[0] % 2]
            part = {"wording_fresh.tsv": "fresh", "wording_second.tsv": "tuning"}.get(name, half)
            yield Case(part, frozenset(names[each] for each in letters if each != "-"), language, text)


def counted(part: str, language: str) -> dict[str, Counter[str]]:
    """For each rule: how many were found rightly, found wrongly, and missed. "any": questions with any flaw."""
    counts: dict[str, Counter[str]] = {rule: Counter() for rule in (*RULES, "any")}
    for case in cases():
        if (case.part, case.language) == (part, language):
            found = {each.rule for each in flaws(case.text, language)}
            for rule in RULES:
                counts[rule][_verdict(rule in found, rule in case.seen)] += 1
            counts["any"][_verdict(bool(found), bool(case.seen))] += 1
    return counts


def _verdict(found: bool, there: bool) -> str:
    return {(True, True): "right", (True, False): "wrong", (False, True): "missed"}.get((found, there), "quiet")


def rates(count: Counter[str]) -> tuple[float, float]:
    """Precision and recall; 1 where nothing was found, or was there to be found."""
    right = count["right"]
    found, there = right + count["wrong"], right + count["missed"]
    return right / found if found else 1.0, right / there if there else 1.0


def main() -> None:
    """Print a line for each part, language and rule."""
    for part in PARTS:
        for language in ("th", "en"):
            for rule, count in counted(part, language).items():
                precision, recall = rates(count)
                there = count["right"] + count["missed"]
                print(f"{part:8} {language} {rule:9} precision {precision:.2f} recall {recall:.2f} of {there}")


if __name__ == "__main__":
    main()
