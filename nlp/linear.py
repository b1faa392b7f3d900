"""Small models over hashed features: tables of whole numbers from −127 to 127, loaded in milliseconds, scored with sums.

A model knows some features by the upper half of their hashes. With R the rows of a text's known features and n the number of all
its different features, a linear model's scores are W[R].sum(0) / √n + bias; a network's hidden layer is the same, cut off
below 0, and a linear layer follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import Hashes

Keys = NDArray[np.uint32]
Scores = NDArray[np.float64]
Arrays = Mapping[str, NDArray[Any]]

_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """Weights (features × columns) as 8-bit whole numbers, and the scale and bias of each column."""

    weights: NDArray[np.int8]
    scale: Scores
    bias: Scores

    def summed(self, rows: NDArray[np.int64], size: float) -> Scores:
        """Sum the weights of rows, scaled, over the length of a text's vector, and add the bias."""
        return self.weights[rows].sum(axis=0, dtype=np.int32) * (self.scale / size) + self.bias


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One hidden layer over the features, and the weights that follow it (hidden × labels)."""

    hidden: Rounded
    weights: Scores
    bias: Scores

    def scores(self, rows: NDArray[np.int64], size: float) -> Scores:
        """Score rows for each label."""
        answer: Scores = np.maximum(self.hidden.summed(rows, size), 0) @ self.weights + self.bias
        return answer


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


def rounded(weights: Scores, bias: Scores) -> Rounded:
    """Round real weights, each column in its own scale."""
    scale = np.abs(weights).max(axis=0) / 127
    scale[scale == 0] = 1.0
    return Rounded(np.rint(weights / scale).astype(np.int8), scale, np.asarray(bias, dtype=np.float64))


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
