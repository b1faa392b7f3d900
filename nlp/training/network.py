"""Fitting a network with one hidden layer over hashed features, in plain numpy.

Features and hidden units are left out at random while it learns (dropout, Srivastava and others, 2014), labels are
smoothed, and rare labels weigh more: each by the root of how rare it is.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.training.fitting import Fitted, Layers, Matrix, Names, Reals, rarity, scaled, softmax

Small = NDArray[np.float32]

_PASSES, _BATCH = 5, 128
_FIRST_RATE = 2e-3
_LEFT_OUT = 0.5
_SMOOTHED = 0.1


class _Batch(NamedTuple):
    rows: Matrix
    wanted: Small
    weights: Small


def fit_network(rows: Matrix, labels: Names, columns: NDArray[np.int64], width: int, seed: int) -> Layers:
    """Fit a network over some of the features, for five passes over the texts."""
    weigh = rarity(rows)[columns]
    chance = np.random.default_rng(seed)
    near = scaled(rows[:, columns], weigh).astype(np.float32)
    names, codes = np.unique(labels, return_inverse=True)
    layers = _begun(chance, near.shape[1], width, len(names))
    total = _PASSES * -(-near.shape[0] // _BATCH)
    learner = _Adam(layers)
    for step, batch in enumerate(_batches(chance, near, codes)):
        learner.step(_slopes(chance, layers, batch), _FIRST_RATE * (1 - step / total))
    first, first_bias, second, second_bias = layers
    return Layers(columns, Fitted(first * weigh[:, None], _wide(first_bias)), Fitted(_wide(second), _wide(second_bias)))


def _begun(chance: np.random.Generator, size: int, width: int, labels: int) -> list[Small]:
    first = chance.standard_normal((size, width), dtype=np.float32) * np.float32(0.03)
    second = chance.standard_normal((width, labels), dtype=np.float32) * np.float32(width**-0.5)
    return [first, np.zeros(width, np.float32), second, np.zeros(labels, np.float32)]


def _batches(chance: np.random.Generator, rows: Matrix, codes: NDArray[np.int64]) -> Iterator[_Batch]:
    count = np.bincount(codes)
    wanted = np.eye(len(count), dtype=np.float32)[codes] * (1 - _SMOOTHED) + _SMOOTHED / len(count)
    weights = (count**-0.5)[codes]
    weights /= weights.mean()
    for _ in range(_PASSES):
        order = chance.permutation(len(codes))
        for start in range(0, len(order), _BATCH):
            taken = order[start : start + _BATCH]
            yield _Batch(rows[taken], wanted[taken], (weights[taken, None] / len(taken)).astype(np.float32))


def _slopes(chance: np.random.Generator, layers: Sequence[Small], batch: _Batch) -> list[Small]:
    """Work out how the loss rises with each weight, some features and hidden units left out."""
    first, first_bias, second, second_bias = layers
    rows = batch.rows
    rows.data = rows.data * _kept(chance, rows.data.shape)
    inside: Any = rows @ first + first_bias
    kept = _kept(chance, inside.shape) * (inside > 0)
    hidden = inside * kept
    off = ((softmax(hidden @ second + second_bias) - batch.wanted) * batch.weights).astype(np.float32)
    back = (off @ second.T) * kept
    return [np.asarray(rows.T @ back), back.sum(axis=0), hidden.T @ off, off.sum(axis=0)]


def _kept(chance: np.random.Generator, shape: tuple[int, ...]) -> Small:
    return (chance.random(shape, dtype=np.float32) >= _LEFT_OUT).astype(np.float32) / np.float32(1 - _LEFT_OUT)


def _wide(weights: Small) -> Reals:
    return weights.astype(np.float64)


class _Adam:
    """Moves weights against their slopes by Adam (Kingma and Ba, 2015)."""

    def __init__(self, weights: list[Small]) -> None:
        self._weights = weights
        self._means = [np.zeros_like(part) for part in weights]
        self._squares = [np.zeros_like(part) for part in weights]
        self._steps = 0

    def step(self, slopes: Sequence[Small], rate: float) -> None:
        self._steps += 1
        rate *= float(np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps))
        for part, slope, mean, square in zip(self._weights, slopes, self._means, self._squares, strict=True):
            mean *= 0.9
            mean += 0.1 * slope
            square *= 0.999
            square += 0.001 * slope * slope
            part -= rate * mean / (np.sqrt(square) + 1e-8)
