"""The figures by which a model is judged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
_DRAWS = 1_000
_SEED = 2562


@dataclass(frozen=True, slots=True)
class Figures:
    """How one label was met."""

    precision: float
    recall: float
    f1: float
    support: int


def confusion(truth: Codes, guess: Codes, size: int) -> Codes:
    """Count guesses: rows are the truth, columns the guess."""
    return np.bincount(truth * size + guess, minlength=size * size).reshape(size, size)


def per_label(table: Codes) -> list[Figures]:
    """Work out each label's figures from a confusion table."""
    right = np.diag(table).astype(float)
    guessed, there = table.sum(axis=0), table.sum(axis=1)
    figures = []
    for n in range(len(table)):
        f1 = 2 * right[n] / max(guessed[n] + there[n], 1)
        figures.append(Figures(right[n] / max(guessed[n], 1), right[n] / max(there[n], 1), f1, int(there[n])))
    return figures


def macro_f1(truth: Codes, guess: Codes, size: int) -> float:
    """Average the F1 of the labels, each counting the same."""
    table = confusion(truth, guess, size)
    right = np.diag(table)
    return float(np.mean(2 * right / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)))


def accuracy(truth: Codes, guess: Codes) -> float:
    """Say how many guesses of all are right."""
    return float((truth == guess).mean()) if len(truth) else 0.0


def interval(truth: Codes, guess: Codes, size: int) -> tuple[float, float]:
    """Bound the macro-F1: 95 % of bootstrap samples lie between (Efron, 1979); the seed is fixed."""
    chance = np.random.default_rng(_SEED)
    drawn = chance.integers(0, len(truth), (_DRAWS, len(truth)))
    reached = [macro_f1(truth[rows], guess[rows], size) for rows in drawn]
    return float(np.quantile(reached, 0.025)), float(np.quantile(reached, 0.975))


def calibration_error(right: NDArray[np.bool_], score: NDArray[np.float64], bins: int = 10) -> float:
    """Measure how far scores are from how often they are right (expected calibration error, equal-width bins)."""
    bin_of = np.minimum((score * bins).astype(int), bins - 1)
    error = 0.0
    for n in range(bins):
        inside = bin_of == n
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - score[inside].mean())
    return float(error)


def wilson(hits: int, size: int) -> list[float]:
    """Give a share and the bounds of its 95 % interval (Wilson, 1927)."""
    if size == 0:
        return [0.0, 0.0, 1.0]
    share, z = hits / size, 1.96
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * (share * (1 - share) / size + z * z / (4 * size * size)) ** 0.5 / (1 + z * z / size)
    return [round(value, 4) for value in (share, middle - half, middle + half)]
