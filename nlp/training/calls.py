"""Where a call should go: `python -m nlp train calls`, `python -m nlp evaluate calls`.

A bench for the linear models of this package on calls that people routed (truevoice, "destination"): nothing of it is
used to tag.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nlp.document import read
from nlp.features import hashes_and_order
from nlp.linear import Keys, keys, packed, rounded, save
from nlp.training import fitting
from nlp.training.fitting import Reals
from nlp.training.reading import Example, Unreadable, digest, read_examples
from nlp.training.report import Guess, Report
from nlp.training.stacking import Seen, Sizes, fit, folded, stack, stacked, unseen_scores

COLUMN = "destination"
_SIZES = Sizes(features=20_000, networks=2, width=48)


class Routed(NamedTuple):
    """Calls as a model sees them: the features it knows of them, and the calls over those."""

    known: tuple[Keys, Keys]
    seen: Seen


def train(data: Path, out: Path) -> dict[str, Any]:
    """Train on a file like truevoice's mari_train.csv, or the one in a folder.

    Writes calls.npz and its card, calls.json.
    """
    source, _ = sources(data)
    examples = read_examples(source, COLUMN)
    labels = np.array([example.label for example in examples])
    folds = np.array([example.fold for example in examples])
    calls = laid_out(examples)
    weights = stack(unseen_scores(calls.seen, labels, folds, _SIZES), labels)
    parts = folded(fit(calls.seen, labels, _SIZES), weights)
    arrays = dict(packed("linear", rounded(*parts.linear))) | dict(packed("order", rounded(*parts.order)))
    for number, network in enumerate(parts.networks):
        arrays |= dict(packed(f"hidden{number}", rounded(*network.hidden)))
        arrays |= {f"out{number}": network.out.weights, f"out_bias{number}": network.out.bias}
    others = {"labels": np.unique(labels), "columns": parts.networks[0].columns}
    save(out / "calls.npz", arrays | others | {"known": calls.known[0], "order_known": calls.known[1]})
    card = {
        "model": f"calls-{digest([source])[:8]}",
        "task": "destination of a call",
        "trained_on": {"file": source.name, "sha256": digest([source]), "licence": "Apache 2.0"},
        "seed": fitting.SEED,
        "features": "words, their order and runs of 1 to 5 characters, hashed",
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
    folds = np.array([example.fold for example in examples])
    calls = laid_out(examples)
    scores = unseen_scores(calls.seen, labels, folds, _SIZES)
    if test is None:
        return [_report("calls, five-fold cross-validation", names, examples, stacked(scores, labels, folds))]
    parts = folded(fit(calls.seen, labels, _SIZES), stack(scores, labels))
    unseen = [example for example in read_examples(test, COLUMN) if example.label in names]
    return [_report(f"calls, {test.name}", names, unseen, parts.total(laid_out(unseen, calls.known).seen))]


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


def laid_out(examples: Sequence[Example], known: tuple[Keys, Keys] | None = None) -> Routed:
    """Lay calls out over known features, or over those that stand in two of them or more."""
    both = [hashes_and_order([word.text for word in read(example.text).words]) for example in examples]
    pieces, order = [keys(first) for first, _ in both], [keys(second) for _, second in both]
    known = known or (fitting.vocabulary(pieces), fitting.vocabulary(order))
    return Routed(known, Seen(fitting.matrix(pieces, known[0]), fitting.matrix(order, known[1])))


def _report(title: str, names: list[str], examples: Sequence[Example], scores: Reals) -> Report:
    chances = fitting.softmax(scores)
    pairs = zip(examples, chances, strict=True)
    return Report(title, names, [Guess(example.text, example.label, row) for example, row in pairs])
