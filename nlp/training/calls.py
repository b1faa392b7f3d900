"""Where a call should go: `python -m nlp train calls`, `python -m nlp evaluate calls`.

A bench for the linear models of this package on calls that people routed (truevoice, "destination"): nothing of it is
used to tag.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np

from nlp.document import read
from nlp.features import hashes
from nlp.linear import Keys, keys, packed, rounded, save
from nlp.training import fitting
from nlp.training.fitting import Fitted, Layers, Matrix, Names, Reals, Score
from nlp.training.reading import Example, Unreadable, digest, read_examples
from nlp.training.report import Guess, Report

COLUMN = "destination"
_MARGIN = 0.5
_FEATURES, _WIDTH = 20_000, 64


def train(data: Path, out: Path) -> dict[str, Any]:
    """Train on a file like truevoice's mari_train.csv, or the one in a folder.

    Writes calls.npz and its card, calls.json.
    """
    source, _ = sources(data)
    examples = read_examples(source, COLUMN)
    labels = np.array([example.label for example in examples])
    texts = featured(examples)
    known = fitting.vocabulary(texts)
    margin, network = fit(fitting.matrix(texts, known), labels)
    arrays = dict(packed("margin", rounded(*margin))) | dict(packed("hidden", rounded(*network.hidden)))
    others = {"known": known, "labels": np.unique(labels), "columns": network.columns}
    save(out / "calls.npz", arrays | others | {"out": network.out.weights, "out_bias": network.out.bias})
    card = {
        "model": f"calls-{digest([source])[:8]}",
        "task": "destination of a call",
        "trained_on": {"file": source.name, "sha256": digest([source]), "licence": "Apache 2.0"},
        "seed": fitting.SEED,
        "features": "words, word pairs and runs of 1 to 5 characters, hashed",
        "tokenizer": f"newmm, pythainlp {installed('pythainlp')}",
        "weights": "8-bit whole numbers",
    }
    (out / "calls.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def evaluate(data: Path) -> list[Report]:
    """Train on the train file and judge on the test file of a folder.

    Where there is no test file, judge by cross-validation.
    """
    source, test = sources(data)
    examples = read_examples(source, COLUMN)
    labels = np.array([example.label for example in examples])
    names = [str(name) for name in np.unique(labels)]
    texts = featured(examples)
    known = fitting.vocabulary(texts)
    rows = fitting.matrix(texts, known)
    if test is not None:
        unseen = [example for example in read_examples(test, COLUMN) if example.label in names]
        scores = scored(fit(rows, labels), fitting.matrix(featured(unseen), known))
        return [_report(f"calls, {test.name}", names, unseen, scores)]
    folds = np.array([example.fold for example in examples])
    scores = fitting.out_of_fold(folds, lambda mask: _scorer(rows, fit(rows[mask], labels[mask])))
    return [_report("calls, five-fold cross-validation", names, examples, scores)]


def sources(data: Path) -> tuple[Path, Path | None]:
    """Find the train file and, if there is one beside it, the test file.

    Raises Unreadable where there is no train file.
    """
    if data.is_file():
        return data, None
    files = sorted(data.glob("*.csv"))
    train_file = next((file for file in files if "train" in file.name), None)
    if train_file is None:
        raise Unreadable(f"{data}: expected a .csv file, or a folder with one named …train….csv")
    return train_file, next((file for file in files if "test" in file.name), None)


def featured(examples: Sequence[Example]) -> list[Keys]:
    """List the features of each text."""
    return [keys(hashes([word.text for word in read(example.text).words])) for example in examples]


def fit(rows: Matrix, labels: Names) -> tuple[Fitted, Layers]:
    """Fit a support-vector machine and a network, and bring their scores to the same spread, so that they weigh the
    same.
    """
    margin = fitting.fit_margin(rows, labels, _MARGIN)
    network = fitting.fit_network(rows, labels, fitting.telling(rows, labels, _FEATURES), _WIDTH, fitting.SEED)
    first, second = fitting.spread(margin.scores(rows)), fitting.spread(network.scores(rows))
    return (
        Fitted(margin.weights / first, margin.bias / first),
        Layers(network.columns, network.hidden, Fitted(network.out.weights / second, network.out.bias / second)),
    )


def scored(parts: tuple[Fitted, Layers], rows: Matrix) -> Reals:
    """Score rows by both parts."""
    return np.asarray(sum(part.scores(rows) for part in parts))


def _scorer(rows: Matrix, parts: tuple[Fitted, Layers]) -> Score:
    return lambda mask: scored(parts, rows[mask])


def _report(title: str, names: list[str], examples: Sequence[Example], scores: Reals) -> Report:
    chances = fitting.softmax(scores * 1.5)
    pairs = zip(examples, chances, strict=True)
    return Report(title, names, [Guess(example.text, example.label, row) for example, row in pairs])
