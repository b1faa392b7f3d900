"""JSON Lines in, JSON Lines out: how every command of `python -m nlp` reads and answers."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, TextIO

Record = dict[str, Any]
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what Python makes of bytes that are no UTF-8
_HALF = re.compile("[\ud800-\udfff]")


class Unanswerable(Exception):
    """A record that lacks what it needs; the message says what."""


def answer_lines(source: Iterable[str], answer: Callable[[Record], Record], out: TextIO, errors: TextIO) -> int:
    """Answer each line's record with its id and what `answer` gives for it, one line each, in order.

    A line that is no JSON object, or lacks what it needs, is told on `errors` with its number and passed over; the
    others are answered all the same. Answers the exit code: 0, or 1 where a line was passed over.
    """
    failed = False
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            answered = {"id": record.get("id"), **answer(record)}
        except Unanswerable as error:
            failed = True
            errors.write(f"line {number}: {error}\n")
            continue
        out.write(_written(answered) + "\n")
    out.flush()
    return int(failed)


def text_of(record: Record) -> str:
    """Take the text out of a record. Raises Unanswerable where there is none."""
    text = record.get("text")
    if not isinstance(text, str):
        raise Unanswerable('"text" must be a string')
    return text


def _written(answered: Record) -> str:
    """Write Thai as Thai; half a character, which no file can hold, as JSON escapes it."""
    line = json.dumps(answered, ensure_ascii=False)
    return line if line.isascii() or not _HALF.search(line) else json.dumps(answered)


def _no_number(name: str) -> None:
    raise Unanswerable(f"not JSON: {name} is no number")


def _record(line: str) -> Record:
    if _NOT_UTF8.search(line):
        raise Unanswerable("not UTF-8")
    try:
        record = json.loads(line.removeprefix("\ufeff"), parse_constant=_no_number)
    except RecursionError as error:
        raise Unanswerable("not a record: too deeply nested") from error
    except json.JSONDecodeError as error:
        raise Unanswerable(f"not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(record, dict):
        raise Unanswerable('expected a JSON object with "id" and "text"')
    return record
