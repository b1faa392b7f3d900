"""Themes of many texts: groups by meaning, each with a Thai name and its most telling texts.

Texts are laid out by their words and by the topics they speak of (`nlp.topics`), brought down to the few dimensions
in which they differ most (latent semantic analysis), and grouped by spherical k-means. Nothing is left to chance: the
same texts always give the same themes. Themes found before may be given: a text that fits one of them joins it, and
only what fits none forms new themes, so that a theme keeps its `id` while a project's entries grow.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.described import GENERAL
from nlp.document import Document, read
from nlp.leaning import PAIR, tokens
from nlp.rarity import rarity
from nlp.topics import evidence, taxonomy

QUOTES = 3
MOST = 24
"""Themes found in one go at most."""
JOINS = 0.3
"""Cosine from which a text joins a theme found before."""

_MERGES = 0.75
_PLAIN = 0.3
_FEW = 12
_TELLING = 0.3
_MEANINGS = 30
_SEED = 2562
_WORDS = 1_500
_TERMS = 40
_ROUNDS = 12
_TOPIC = "@"
_TOPIC_WEIGHT = 1.2
_GENERAL_WEIGHT = 0.7
_QUOTE_LENGTHS = range(12, 280)

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of texts. `members` and `quotes` (the most telling first) number the texts given.

    `terms` are what the theme is made of.
    """

    id: str
    name: str
    members: tuple[int, ...]
    quotes: tuple[int, ...]
    terms: Mapping[str, float]


def themes(texts: Sequence[str], known: Sequence[Theme] = (), most: int = MOST) -> tuple[Theme, ...]:
    """Group texts by meaning, the largest theme first. A text that says nothing distinct is in none.

    `known` are themes of an earlier call (their `members` are not read): they keep id and name, and stand in the
    answer where they have members among `texts`.
    """
    bags = [_bag(read(text)) for text in texts]
    names, rows = _laid_out(bags, [theme.terms for theme in known])
    own, others = rows[: len(texts)], rows[len(texts) :]
    groups: list[tuple[Theme | None, list[int]]] = [(theme, []) for theme in known]
    rest = []
    for number, row in enumerate(own):
        if not row.any():
            continue
        near = others @ row if len(others) else np.zeros(0)
        if len(near) and near.max() >= JOINS:
            groups[int(near.argmax())][1].append(number)
        else:
            rest.append(number)
    groups += [(None, [rest[place] for place in group]) for group in _grouped(own[rest], most)]
    found = [_theme(theme, members, own, names, texts) for theme, members in groups if members]
    return tuple(sorted(found, key=lambda theme: (-len(theme.members), theme.members)))


def _bag(document: Document) -> dict[str, float]:
    words = (word for word in tokens(document) if len(word) > 1 and PAIR not in word)
    bag = {word: _PLAIN + (1 - _PLAIN) * rarity(word) for word in words}
    for code, found in evidence(document).items():
        share = _GENERAL_WEIGHT if code in GENERAL else _TOPIC_WEIGHT
        if found.leaning > 0:
            bag[_TOPIC + code] = share * min(found.leaning, 1.5)
    return bag


def _laid_out(bags: Sequence[Mapping[str, float]], before: Sequence[Mapping[str, float]]) -> tuple[list[str], Rows]:
    """Lay texts, and after them earlier themes, out over the words that tell them apart, each row of length one."""
    spread = Counter(word for bag in bags for word in bag)
    spread.update(word for terms in before for word in terms)
    least = 2 if len(bags) > 3 else 1
    most = max(_FEW, 0.5 * len(bags))
    telling = [word for word, count in spread.items() if least <= count <= most]
    telling.sort(key=lambda word: (-spread[word], word))
    names = telling[:_WORDS]
    places = {word: place for place, word in enumerate(names)}
    rows = np.zeros((len(bags) + len(before), len(names)), dtype=np.float32)
    for number, bag in enumerate((*bags, *before)):
        for word, weight in bag.items():
            if (place := places.get(word)) is not None:
                rarer = math.log(1 + len(bags) / spread[word]) if number < len(bags) else 1.0
                rows[number, place] = weight * rarer
    return names, _unit(rows)


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _grouped(rows: Rows, most: int) -> list[list[int]]:
    """Group rows; a group of one stays a group, for a single voice may be a theme."""
    if not len(rows):
        return []
    rows = _condensed(rows)
    centres = _starts(rows, min(most, max(1, round(math.sqrt(len(rows))))))
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        moved = np.stack(
            [
                rows[nearest == place].sum(axis=0) if (nearest == place).any() else centre
                for place, centre in enumerate(centres)
            ]
        )
        moved = _unit(moved)
        if np.allclose(moved, centres):
            break
        centres = moved
    merged = _merged(centres)
    nearest = (rows @ centres.T).argmax(axis=1)
    groups: dict[int, list[int]] = {}
    for number, place in enumerate(nearest):
        groups.setdefault(merged[int(place)], []).append(number)
    return list(groups.values())


def _condensed(rows: Rows) -> Rows:
    """Bring many rows down to the dimensions in which they differ most (Halko and others, 2011, with a fixed seed)."""
    if len(rows) <= 2 * _MEANINGS or rows.shape[1] <= 2 * _MEANINGS:
        return rows
    basis = np.random.default_rng(_SEED).standard_normal((rows.shape[1], _MEANINGS + 10)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(rows.T @ (rows @ basis))
    left, strength, _ = np.linalg.svd(rows @ basis, full_matrices=False)
    return _unit((left[:, :_MEANINGS] * strength[:_MEANINGS]).astype(np.float32))


def _starts(rows: Rows, count: int) -> Rows:
    """Choose starting points: the row nearest to all, and then each time the row farthest from those chosen."""
    first = int((rows @ rows.sum(axis=0)).argmax())
    chosen = [first]
    nearness = rows @ rows[first]
    while len(chosen) < count:
        weight = rows @ rows.mean(axis=0)  # among far rows, one in a crowd makes the better start
        following = int(((1 - nearness) * (0.05 + weight)).argmax())
        if nearness[following] > 0.99:
            break
        chosen.append(following)
        nearness = np.maximum(nearness, rows @ rows[following])
    return rows[chosen]


def _merged(centres: Rows) -> list[int]:
    near = centres @ centres.T
    merged = list(range(len(centres)))
    for place in range(len(centres)):
        for earlier in range(place):
            if near[place, earlier] >= _MERGES:
                merged[place] = merged[earlier]
                break
    return merged


def _theme(before: Theme | None, members: list[int], rows: Rows, names: Sequence[str], texts: Sequence[str]) -> Theme:
    centre = rows[members].sum(axis=0)
    nearness = rows[members] @ centre
    order = sorted(
        range(len(members)),
        key=lambda place: (len(texts[members[place]]) not in _QUOTE_LENGTHS, -nearness[place], place),
    )
    quotes = tuple(members[place] for place in order[:QUOTES])
    if before:
        return Theme(before.id, before.name, tuple(members), quotes, before.terms)
    strongest = sorted(range(len(names)), key=lambda place: (-centre[place], names[place]))[:_TERMS]
    terms = {names[place]: round(float(centre[place]) / len(members), 4) for place in strongest if centre[place] > 0}
    digest = hashlib.sha256("\n".join(sorted(terms)).encode("utf-8")).hexdigest()
    return Theme(f"t{digest[:8]}", _name(terms), tuple(members), quotes, terms)


def _name(terms: Mapping[str, float]) -> str:
    """Name a theme in Thai: its strongest topic, and the words that are most its own."""
    topic = next((taxonomy()[term[1:]].names["th"] for term in terms if term.startswith(_TOPIC)), "")
    words: list[str] = []
    for term in terms:
        if (
            not term.startswith(_TOPIC)
            and rarity(term) > _TELLING
            and not any(term in word or word in term for word in words)
        ):
            words.append(term)
        if len(words) == QUOTES:
            break
    return ": ".join(part for part in (topic, " · ".join(words)) if part)
