"""Small models over hashed features: tables of whole numbers from −127 to 127, loaded in milliseconds.

A model knows some features by the upper half of their hashes. With R the rows of a text's known features and n the
number of all its different features, a model's scores are W[R].sum(0) / √n + bias.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.features import Hashes

Keys = NDArray[np.uint32]
Scores = NDArray[np.float64]
Arrays = Mapping[str, NDArray[Any]]

_HALF = np.uint64(32)


class Text(NamedTuple):
    """A text as models see it: which rows of the known features it has, and the length of its vector."""

    rows: NDArray[np.int64]
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """Weights (features × columns) as 8-bit whole numbers, and the scale and bias of each column."""

    weights: NDArray[np.int8]
    scale: Scores
    bias: Scores

    def summed(self, text: Text) -> Scores:
        """Sum the weights of a text's rows, scaled, over the length of its vector, and add the bias."""
        return self.weights.take(text.rows, axis=0).sum(axis=0, dtype=np.int32) * (self.scale / text.size) + self.bias


def keys(hashes: Hashes) -> Keys:
    """List the different features of a text, in order, by the upper half of their hashes."""
    upper = (hashes >> _HALF).astype(np.uint32)
    upper.sort()
    fresh = np.ones(len(upper), dtype=bool)
    np.not_equal(upper[1:], upper[:-1], out=fresh[1:])
    return upper[fresh]


def rows(known: Keys, found: Keys) -> NDArray[np.int64]:
    """Find which rows of the ordered `known` features a text has."""
    places = np.searchsorted(known, found)
    places[places == len(known)] = 0
    return places[known[places] == found]


def looked_up(known: Keys, found: Keys) -> Text:
    """See a text, given as its different features, as models with these known features do."""
    return Text(rows(known, found), len(found) ** 0.5 or 1.0)


def rounded(weights: Scores, bias: Scores) -> Rounded:
    """Round real weights, each column in its own scale."""
    scale = np.abs(weights).max(axis=0) / 127
    scale[scale == 0] = 1.0
    return Rounded(np.rint(weights / scale).astype(np.int8), scale, np.asarray(bias, dtype=np.float64))


def spread(part: Rounded, at: NDArray[np.int64], size: int) -> Rounded:
    """Lay weights out over `size` features, their rows at the places `at`; the others weigh nothing."""
    weights = np.zeros((size, part.weights.shape[1]), dtype=np.int8)
    weights[at] = part.weights
    return Rounded(weights, part.scale, part.bias)


def beside(parts: Sequence[Rounded]) -> Rounded:
    """Lay weights over the same features side by side."""
    return Rounded(
        np.hstack([part.weights for part in parts]),
        np.hstack([part.scale for part in parts]),
        np.hstack([part.bias for part in parts]),
    )


def save(path: Path, arrays: Arrays) -> None:
    """Write arrays by name to one file."""
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Arrays:
    """Read what `save` wrote. Nothing in the file is executed."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def packed(name: str, part: Rounded) -> Iterator[tuple[str, NDArray[Any]]]:
    """Name the arrays of weights for `save`."""
    yield f"{name}.weights", part.weights
    yield f"{name}.scale", part.scale
    yield f"{name}.bias", part.bias


def unpacked(name: str, arrays: Arrays) -> Rounded:
    """Take weights out of what `load` read."""
    return Rounded(arrays[f"{name}.weights"], arrays[f"{name}.scale"], arrays[f"{name}.bias"])
