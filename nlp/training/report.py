"""A table of how well labels were guessed, to be read by a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from nlp.training.figures import accuracy, calibration_error, confusion, interval, macro_f1, per_label

_ERRORS = 12
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Guess:
    """One text, its label, and the chances that a model gave to the labels, in the report's order."""

    text: str
    label: str
    chances: Sequence[float]


@dataclass(frozen=True, slots=True)
class Report:
    """Guesses of one task over the same labels."""

    title: str
    labels: Sequence[str]
    guesses: Sequence[Guess] = field(repr=False)

    def lines(self, errors: int = _ERRORS) -> Iterator[str]:
        """Write the report: per label, overall, the confusion, calibration, and the surest mistakes."""
        truth = np.array([self.labels.index(guess.label) for guess in self.guesses])
        chances = np.array([guess.chances for guess in self.guesses], dtype=float)
        yield f"{self.title} ({len(truth)} texts)"
        if not len(truth):
            return
        guessed = chances.argmax(axis=1)
        yield from self._figures(truth, guessed)
        yield from self._overall(truth, guessed, chances)
        yield from self._errors(truth, guessed, chances, errors)
        yield ""

    @property
    def macro_f1(self) -> float:
        """Average the labels' F1."""
        truth = np.array([self.labels.index(guess.label) for guess in self.guesses])
        guessed = np.array([guess.chances for guess in self.guesses], dtype=float).argmax(axis=1)
        return macro_f1(truth, guessed, len(self.labels))

    def _figures(self, truth: np.ndarray, guessed: np.ndarray) -> Iterator[str]:
        table = confusion(truth, guessed, len(self.labels))
        width = max(10, *(len(label) for label in self.labels))
        columns = " ".join(f"{label[:9]:>9}" for label in self.labels)
        yield f"  {'':{width}} precision  recall      F1  texts | guessed {columns}"
        for label, figures, row in zip(self.labels, per_label(table), table, strict=True):
            counts = " ".join(f"{count:>9}" for count in row)
            yield (
                f"  {label:{width}} {figures.precision:9.4f} {figures.recall:7.4f} {figures.f1:7.4f}"
                f" {figures.support:6} |         {counts}"
            )

    def _overall(self, truth: np.ndarray, guessed: np.ndarray, chances: np.ndarray) -> Iterator[str]:
        low, high = interval(truth, guessed, len(self.labels))
        yield f"  macro-F1 {self.macro_f1:.4f} (95 % of bootstrap samples: {low:.4f} to {high:.4f})"
        yield f"  accuracy (micro-F1) {accuracy(truth, guessed):.4f}"
        error = calibration_error(truth == guessed, chances.max(axis=1))
        brier = float(((chances - np.eye(len(self.labels))[truth]) ** 2).sum(axis=1).mean())
        yield f"  calibration: expected error {error:.4f}, Brier {brier:.4f}"

    def _errors(self, truth: np.ndarray, guessed: np.ndarray, chances: np.ndarray, most: int) -> Iterator[str]:
        wrong = np.flatnonzero(truth != guessed)
        surest = wrong[np.argsort(-chances[wrong].max(axis=1), kind="stable")][:most]
        if len(surest):
            yield "  the surest mistakes (label → guess, chance):"
        for row in surest:
            text = " ".join(self.guesses[row].text.split())[:_LONGEST]
            yield f"    {self.labels[truth[row]]} → {self.labels[guessed[row]]} {chances[row].max():.2f}  {text}"
