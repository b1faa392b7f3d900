"""Linear models over hashed features: a table of small whole numbers, loaded in milliseconds, scored with a sum.

A model has a row of weights for each of its 2ⁿ buckets; a feature's bucket is the top n bits of its hash. A text's scores
are the mean-root of the rows of its different buckets, scaled back, plus the bias: W[b].sum(0) · scale / √|b| + bias.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import Hashes

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Weights by bucket (2ⁿ × labels, int8), the scale and bias of each label, and the labels in their order."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: Scores
    bias: Scores

    def scores(self, hashes: Hashes) -> Scores:
        """Score a text's features for each label: greater is likelier."""
        found = buckets(hashes, len(self.weights))
        if not len(found):
            return self.bias
        return self.weights[found].sum(axis=0, dtype=np.int64) * self.scale / np.sqrt(len(found)) + self.bias


def buckets(hashes: Hashes, size: int) -> NDArray[np.int64]:
    """Name the different buckets of a text's features in a table of `size` rows, a power of two."""
    places = (hashes >> np.uint64(65 - size.bit_length())).astype(np.int64)
    places.sort()
    fresh = np.ones(len(places), dtype=bool)
    np.not_equal(places[1:], places[:-1], out=fresh[1:])
    return places[fresh]


def from_weights(labels: tuple[str, ...], weights: Scores, bias: Scores) -> Linear:
    """Round real weights (2ⁿ × labels) to whole numbers from −127 to 127, each label in its own scale."""
    scale = np.abs(weights).max(axis=0) / 127
    scale[scale == 0] = 1.0
    return Linear(labels, np.rint(weights / scale).astype(np.int8), scale, np.asarray(bias, dtype=np.float64))


def save(path: Path, models: dict[str, Linear], **others: NDArray[Any]) -> None:
    """Write models by name, and other arrays, to one file."""
    arrays: dict[str, NDArray[Any]] = dict(others)
    for name, model in models.items():
        arrays |= {
            f"{name}.labels": np.array(model.labels),
            f"{name}.weights": model.weights,
            f"{name}.scale": model.scale,
            f"{name}.bias": model.bias,
        }
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> tuple[dict[str, Linear], dict[str, NDArray[Any]]]:
    """Read what `save` wrote: the models by name, and the other arrays. Nothing in the file is executed."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    models = {
        name: Linear(
            tuple(str(label) for label in arrays.pop(f"{name}.labels")),
            *(arrays.pop(f"{name}.{part}") for part in ("weights", "scale", "bias")),
        )
        for name in sorted({key.split(".")[0] for key in arrays if key.endswith(".weights")})
    }
    return models, arrays
