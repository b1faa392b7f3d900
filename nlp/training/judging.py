"""Judging the sentiment models: `python -m nlp evaluate sentiment --data FILE`."""

from collections.abc import Sequence
from pathlib import Path

from nlp.sentiment import LABELS, PUBLIC_LABELS, Model, chances, judged, model
from nlp.training.featuring import featured
from nlp.training.reading import Example, Unreadable, read_examples
from nlp.training.report import Guess, Report

_FILES = ("test.jsonl", "valid.jsonl")


def evaluate(data: Path) -> list[Report]:
    """Judge the public model and the tags on a labelled file, or on the test or valid file of a folder.

    A file with the label q is of Wisesight's kind: the public model is shown with four labels, and with three,
    without q. Every file is judged by what `tag` says too, where q counts as neu: for a file of citizens' messages
    this is the figure that matters.
    """
    examples = [example for example in read_examples(_file(data)) if example.label in PUBLIC_LABELS]
    if not examples:
        raise Unreadable(f"{data}: expected texts labelled {', '.join(PUBLIC_LABELS)}")
    return reports_on(model(), examples)


def reports_on(trained: Model, examples: Sequence[Example]) -> list[Report]:
    """Judge a model; the last report is on what `tag` says."""
    public, tagged = _scored(trained, examples)
    reports = []
    if any(example.label == "q" for example in examples):
        reports.append(_report("public model, 4 classes", PUBLIC_LABELS, examples, public[4]))
        pairs = [(example, row) for example, row in zip(examples, public[3], strict=True) if example.label != "q"]
        told = [example for example, _ in pairs]
        reports.append(_report("public model, 3 classes, q left out", LABELS, told, [row for _, row in pairs]))
    else:
        reports.append(_report("public model, 3 classes", LABELS, examples, public[3]))
    neutral = [Example(example.text, "neu" if example.label == "q" else example.label) for example in examples]
    reports.append(_report("as tagged, by the product's rule (q counts as neu)", LABELS, neutral, tagged))
    return reports


def _scored(trained: Model, examples: Sequence[Example]) -> tuple[dict[int, list[list[float]]], list[list[float]]]:
    public: dict[int, list[list[float]]] = {3: [], 4: []}
    tagged = []
    for example in examples:
        text = featured(example.text)
        heard = trained.heard(text.features)
        public[4].append(chances((heard.public + trained.even_four).tolist()))
        public[3].append(chances((heard.public + trained.even_three).tolist()[:3]))
        tagged.append(judged(trained, heard, text.shown))
    return public, tagged


def _report(title: str, labels: Sequence[str], examples: Sequence[Example], rows: Sequence[Sequence[float]]) -> Report:
    pairs = zip(examples, rows, strict=True)
    return Report(f"sentiment: {title}", labels, [Guess(example.text, example.label, row) for example, row in pairs])


def _file(data: Path) -> Path:
    if not data.is_dir():
        return data
    for name in _FILES:
        if (data / name).is_file():
            return data / name
    raise Unreadable(f"{data}: expected one of {', '.join(_FILES)} in it")
