"""`python -m nlp COMMAND`: the library by hand and in pipes, training and judging its models.

Texts are JSON Lines on standard input, answers JSON Lines on standard output. Exit codes: 0 done, 1 a line or file
could not be read, 2 wrong use. To add a command, write a function that takes its arguments and answers the exit code,
and enter it in `_parser`; to add a task, enter it in `TRAINERS` or `JUDGES`.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from nlp import Project, personal_data, places, tag
from nlp.answers import read_record
from nlp.building import build_places
from nlp.document import read
from nlp.lines import Record, Unanswerable, answer_lines, text_of
from nlp.outlining import build_outlines
from nlp.training import calls, corrections, judging, leanings, pieces, rarity, routing, sentiment, tagging, urgency
from nlp.training.finding import FindingReport, evaluate_personal, evaluate_places
from nlp.training.reading import Unreadable
from nlp.training.report import Report

_READ_LINES = """\
in   {"id": 1, "kind": "number", "text": "๕ คนค่ะ", "context": {"min": 0, "max": 30}}
out  {"id": 1, "value": 5}, or {"id": 1, "value": null} for "not understood, ask again"

kind     value                             context
yesno    true, false                       question (its words)
number   4, 2.5                            min, max, question
rating   4                                 min (1), max (5)
date     "2026-11-24"                      today ("2026-11-25"), needed
choice   code; with many: [code, …]        choices [[code, label], …] in the order shown, needed; many
phone    "0812345678"
command  back skip cancel help restart     count (of questions), question
         pause resume language mydata
         forget optout status change:2;
         "none" for what is no command

A line that cannot be read is told on standard error with its number, and the exit code is then 1."""
_PLACES_LINES = """\
in   {"id": 1, "text": "ต.สุเทพ อ.เมือง จ.เชียงใหม่"}
out  {"id": 1, "places": [{"province": "เชียงใหม่", "district": "เมืองเชียงใหม่", "subdistrict": "สุเทพ",
     "spans": [[0, 7], [8, 15], [16, 27]]}]}

Names are official, without prefixes; null is what the text does not say. Spans are code points of the text as typed.
A line that cannot be read is told on standard error with its number, and the exit code is then 1."""
_PERSONAL_LINES = """\
in   {"id": 1, "text": "โทร 081-234-5678"}
out  {"id": 1, "spans": [{"kind": "phone", "start": 4, "end": 16}]}

kind: address bank_account coordinates email line_id national_id passport person phone plate url.
Spans are code points of the text as typed, in order, and do not overlap. A person's span begins with the title.
A line that cannot be read is told on standard error with its number, and the exit code is then 1."""
MODELS = Path(__file__).parent / "models"

TRAINERS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "calls": calls.train,
    "qualities": pieces.train_qualities,
    "rarity": rarity.train,
    "routing": routing.train,
    "sentiment": sentiment.train,
    "topics": leanings.train,
    "urgency": urgency.train,
}
JUDGES: dict[str, Callable[[Path], Sequence[Report] | Sequence[FindingReport] | Sequence[tagging.Table]]] = {
    "calls": calls.evaluate,
    "personal": evaluate_personal,
    "places": evaluate_places,
    "qualities": tagging.evaluate_qualities,
    "routing": tagging.evaluate_routing,
    "sentiment": judging.evaluate,
    "themes": tagging.evaluate_themes,
    "topics": tagging.evaluate_topics,
    "urgency": tagging.evaluate_urgency,
}
BUILDERS: dict[str, Callable[[Path], int]] = {"outlines": build_outlines, "places": build_places}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    given = _parser().parse_args(arguments)
    try:
        code: int = given.run(given)
    except (Unreadable, OSError) as error:
        sys.stderr.write(f"nlp {given.command}: {error}\n")
        return 1
    return code


def _tag(given: argparse.Namespace) -> int:
    projects = _projects(given.projects)
    return _lines(lambda record: tag(text_of(record), projects).to_dict())


def _read(given: argparse.Namespace) -> int:
    return _lines(_value)


def _value(record: Record) -> Record:
    try:
        return {"value": read_record(record)}
    except ValueError as error:
        raise Unanswerable(error) from error


def _places(given: argparse.Namespace) -> int:
    return _lines(lambda record: {"places": [place.to_dict() for place in places(read(text_of(record)))]})


def _personal(given: argparse.Namespace) -> int:
    return _lines(lambda record: {"spans": [item.to_dict() for item in personal_data(read(text_of(record)))]})


def _train(given: argparse.Namespace) -> int:
    if given.corrections is not None:
        return _learn(given)
    if given.data is None:
        given.parser.error(f"train {given.task} needs --data")
    card = TRAINERS[given.task](given.data, given.out)
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=2) + "\n")
    return 0


def _learn(given: argparse.Namespace) -> int:
    """Compare with the present model; what is learned goes to a folder of its own, never over the model in use."""
    out = Path("candidate") if given.out == MODELS else given.out
    if given.task == "topics":
        card = corrections.train_topics(given.corrections, out)
    elif given.task == "routing" and given.projects is not None:
        card = corrections.train_routing(given.corrections, given.projects, out)
    else:
        given.parser.error("only topics and routing learn from corrections; routing needs --projects as well")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=2) + "\n")
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    for report in JUDGES[given.task](given.data):
        for line in report.lines(given.errors):
            sys.stdout.write(line + "\n")
    return 0


def _build(given: argparse.Namespace) -> int:
    sys.stdout.write(f"{BUILDERS[given.what](given.data)} lines\n")
    return 0


def _lines(answer: Callable[[Record], Record]) -> int:
    for stream in (sys.stdin, sys.stdout):  # JSON Lines are UTF-8, whatever the locale
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "strict")
    return answer_lines(sys.stdin, answer, sys.stdout, sys.stderr)


def _projects(path: Path | None) -> tuple[Project, ...]:
    """Read a JSON list of {slug, title, description, keywords}. Raises Unreadable where it is none."""
    if path is None:
        return ()
    try:
        return tuple(
            Project(row["slug"], row["title"], row.get("description", ""), tuple(row.get("keywords", ())))
            for row in json.loads(path.read_text(encoding="utf-8"))
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f'{path}: expected a JSON list of {{"slug", "title", "description", "keywords"}}') from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp", description="Read Thai citizens' messages.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_readers(commands)
    train = commands.add_parser("train", help="train a model and write it with its card")
    train.add_argument("task", choices=sorted(TRAINERS))
    train.add_argument("--data", type=Path, help="the labelled file or folder to learn from")
    train.add_argument("--out", type=Path, default=MODELS, help="folder for the model (default: the package's own)")
    train.add_argument(
        "--from", dest="corrections", type=Path, help="corrections.jsonl: learn, compare, write to --out (./candidate)"
    )
    train.add_argument("--projects", type=Path, help="with --from, for routing: JSON list of the projects")
    train.set_defaults(run=_train, parser=train)
    evaluate = commands.add_parser("evaluate", help="judge a model and print tables")
    evaluate.add_argument("task", choices=sorted(JUDGES))
    evaluate.add_argument("--data", type=Path, required=True, help="the labelled file or folder to judge on")
    evaluate.add_argument("--errors", type=int, default=12, help="how many mistakes to show (default: 12)")
    evaluate.set_defaults(run=_evaluate)
    build = commands.add_parser("build", help="build a data file of places from its source")
    build.add_argument("what", choices=sorted(BUILDERS))
    build.add_argument("--data", type=Path, required=True, help="the source's folder or file")
    build.set_defaults(run=_build)
    return parser


def _add_readers(commands: Any) -> None:
    texts = "JSON Lines {id, text} on standard input"
    tagging = commands.add_parser("tag", help=f"tag texts: {texts}")
    tagging.add_argument(
        "--projects", type=Path, help="JSON list of {slug, title, description, keywords} to match with"
    )
    tagging.set_defaults(run=_tag)
    for name, run, brief, lines in (
        ("read", _read, "read typed answers: JSON Lines {id, kind, text, context}", _READ_LINES),
        ("places", _places, f"find places: {texts}", _PLACES_LINES),
        ("personal", _personal, f"find personal data: {texts}", _PERSONAL_LINES),
    ):
        reader = commands.add_parser(
            name, help=brief, description=brief, epilog=lines, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        reader.set_defaults(run=run)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
