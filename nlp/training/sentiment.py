"""Training the models of `nlp.sentiment`: `python -m nlp train sentiment --data WISESIGHT/train.jsonl`."""

import json
from collections.abc import Sequence
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np

from nlp.document import Document, read
from nlp.evidence import NAMES
from nlp.features import Hashes, hashes
from nlp.linear import Linear, from_weights, save
from nlp.places import places
from nlp.records import Spans
from nlp.sentiment import LABELS, PUBLIC_LABELS, WEIGHTS, seen, tokens
from nlp.training import fitting
from nlp.training.figures import macro_f1
from nlp.training.fitting import Matrix, Names, Reals
from nlp.training.reading import MESSAGES, Example, Unreadable, digest, messages, read_examples

PUBLIC_SIZE = 2**18
OWN_SIZE = 2**16
_MARGIN, _RATIOS, _OWN, _DOMAIN, _JUDGE = 0.3, 3.0, 20.0, 5.0, 0.3
_STRANGERS = 6_000


def train(data: Path, out: Path = WEIGHTS.parent) -> dict[str, Any]:
    """Train on a file like Wisesight's train.jsonl and on the product's own messages; writes sentiment.npz and its card, sentiment.json.

    Answers the card. Raises Unreadable where the file does not hold all four labels.
    """
    examples = [example for example in read_examples(data) if example.label in PUBLIC_LABELS]
    if {example.label for example in examples} != set(PUBLIC_LABELS):
        raise Unreadable(f"{data}: expected texts labelled {', '.join(PUBLIC_LABELS)}")
    public, biases, figures = _public(examples)
    own, judge, own_figures = _own(examples, public)
    version = f"sentiment-{digest([data, MESSAGES])[:8]}"
    save(
        out / "sentiment.npz",
        {"public": public, "own": own},
        public_bias=biases,
        judge=judge,
        version=np.array(version),
    )
    card = _card(version, data, figures | own_figures)
    (out / "sentiment.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def _hashed(examples: Sequence[Example]) -> tuple[list[Document], list[Hashes]]:
    documents = [read(example.text) for example in examples]
    return documents, [hashes(tokens(document, named(document))) for document in documents]


def named(document: Document) -> Spans:
    """Find the names that must not sway the judgement."""
    return tuple(span for place in places(document) for span in place.spans)


def _public(examples: Sequence[Example]) -> tuple[Linear, Reals, dict[str, float]]:
    rows = fitting.matrix(_hashed(examples)[1], PUBLIC_SIZE)
    labels = np.array([example.label for example in examples])
    folds = np.array([example.fold for example in examples])
    scores = fitting.out_of_fold(folds, lambda train: _scorer(rows, *_fit_public(rows[train], labels[train])))
    factor = fitting.sharpness(scores, labels, PUBLIC_LABELS)
    weights, bias = _fit_public(rows, labels)
    told = labels != "q"
    four = fitting.evened(scores * factor, labels, PUBLIC_LABELS)
    three = fitting.evened(scores[told][:, :3] * factor, labels[told], LABELS)
    figures = {
        "wisesight_cross_validated_4_classes_macro_f1": _macro(scores * factor + four, labels, PUBLIC_LABELS),
        "wisesight_cross_validated_3_classes_macro_f1": _macro(
            scores[told][:, :3] * factor + three, labels[told], LABELS
        ),
    }
    return from_weights(PUBLIC_LABELS, weights * factor, bias * factor), np.stack([[*three, 0.0], four]), figures


def _fit_public(rows: Matrix, labels: Names) -> tuple[Reals, Reals]:
    """Average a support-vector machine and naive-Bayes logistic regressions, each brought to the same spread."""
    return fitting.averaged(
        rows, [fitting.fit_margin(rows, labels, _MARGIN), fitting.fit_ratios(rows, labels, _RATIOS)]
    )


def _scorer(rows: Matrix, weights: Reals, bias: Reals) -> Any:
    return lambda mask: rows[mask] @ weights + bias


def _own(examples: Sequence[Example], public: Linear) -> tuple[Linear, Reals, dict[str, float]]:
    """Train on the product's own messages: a fifth is kept for the figures, then all are used."""
    mine = messages()
    documents, found = _hashed(mine)
    rows = fitting.matrix(found, OWN_SIZE)
    labels = np.array([example.label for example in mine])
    folds = np.array([example.fold for example in mine])
    scores = fitting.out_of_fold(
        folds, lambda train: _scorer(rows, *fitting.fit_chances(rows[train], labels[train], _OWN))
    )
    facts = np.array(
        [
            seen(public.scores(hashed), score, document)
            for hashed, score, document in zip(found, scores, documents, strict=True)
        ]
    )
    guesses = fitting.out_of_fold(folds, lambda train: _judging(facts, *_fit_judge(facts[train], labels[train])))
    weights, bias = fitting.fit_chances(rows, labels, _OWN)
    domain_weights, domain_bias = _domain(rows, examples)
    judge, judge_bias = _fit_judge(facts, labels)
    own = from_weights((*LABELS, "domain"), np.hstack([weights, domain_weights]), np.hstack([bias, domain_bias]))
    return (
        own,
        np.vstack([judge, judge_bias]),
        {"own_messages_cross_validated_macro_f1": _macro(guesses, labels, LABELS)},
    )


def _fit_judge(facts: Reals, labels: Names) -> tuple[Reals, Reals]:
    return fitting.fit_chances(facts, labels, _JUDGE)


def _judging(facts: Reals, weights: Reals, bias: Reals) -> Any:
    return lambda mask: facts[mask] @ weights + bias


def _domain(rows: Matrix, examples: Sequence[Example]) -> tuple[Reals, Reals]:
    """Learn what tells a citizen's message from a post about shops and brands; the log-odds lean to the citizen's."""
    from scipy.sparse import vstack  # noqa: PLC0415

    strangers = fitting.matrix(_hashed(examples[:: max(1, len(examples) // _STRANGERS)])[1], OWN_SIZE)
    labels = np.array(["own"] * rows.shape[0] + ["public"] * strangers.shape[0])
    weights, bias = fitting.fit_chances(vstack([rows, strangers]).tocsr(), labels, _DOMAIN)
    return -weights, 1.0 - bias


def _macro(scores: Reals, labels: Names, names: Sequence[str]) -> float:

    truth = np.array([list(names).index(label) for label in labels])
    return round(macro_f1(truth, scores.argmax(axis=1), len(names)), 4)


def _card(version: str, data: Path, figures: dict[str, float]) -> dict[str, Any]:

    return {
        "model": version,
        "task": "sentiment of a message: neg, neu, pos by the product's rule; neg, neu, pos, q by Wisesight's",
        "trained_on": {
            "wisesight": {"file": data.name, "sha256": digest([data]), "licence": "CC0 1.0"},
            "own": {"file": MESSAGES.name, "sha256": digest([MESSAGES]), "licence": "made for this product"},
        },
        "seed": fitting.SEED,
        "features": "words, word pairs and runs of 1 to 6 characters, hashed; evidence: " + ", ".join(NAMES),
        "tokenizer": f"newmm, pythainlp {installed('pythainlp')}",
        "figures": figures,
        "weights": "8-bit whole numbers",
    }
