"""Reading what models learn from, and splitting it the same way every time."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MESSAGES = Path(__file__).parent.parent / "data" / "messages.tsv"
JUDGING = Path(__file__).parent.parent / "data" / "judging.tsv"
"""Messages that nothing is fitted on."""

_FOLDS = 5


class Unreadable(Exception):
    """A file that cannot be learned from; the message says what it should hold."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the label that people gave it."""

    text: str
    label: str

    @property
    def fold(self) -> int:
        """Number one of five parts, by a hash of the text alone: it stays the same as files grow."""
        return int(hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % _FOLDS


def read_examples(path: Path, label: str = "") -> list[Example]:
    """Read examples from a .jsonl file (text or texts; label, category or sentiment), a .tsv (label TAB text) or a
    .csv (texts and `label`).

    Raises Unreadable, naming the line, where a file is none of these.
    """
    readers = {".jsonl": _read_jsonl, ".tsv": _read_tsv}
    try:
        if path.suffix == ".csv":
            return list(_read_csv(path, label))
        if path.suffix not in readers:
            raise Unreadable(f"{path}: expected a .jsonl, .tsv or .csv file")
        return list(readers[path.suffix](path))
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error


def messages() -> list[Example]:
    """Read the messages written for this product."""
    return read_examples(MESSAGES)


def digest(paths: Sequence[Path]) -> str:
    """Name the contents of files: SHA-256 over them in order."""
    summed = hashlib.sha256()
    for path in paths:
        summed.update(path.read_bytes())
    return summed.hexdigest()


def _read_jsonl(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield Example(str(row["texts"] if "texts" in row else row["text"]), _label(row))
            except (ValueError, KeyError, TypeError) as error:
                raise Unreadable(
                    f"{path}, line {number}: expected JSON with text or texts, and label, category or sentiment"
                ) from error


def _label(row: dict[str, object]) -> str:
    for name in ("label", "category", "sentiment"):
        if name in row:
            value = row[name]
            return str(value["label"]) if isinstance(value, dict) else str(value)
    raise KeyError("label")


def _read_tsv(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        label, tab, text = line.partition("\t")
        if not tab:
            raise Unreadable(f"{path}, line {number}: expected a label, TAB and a text")
        yield Example(text, label)


def _read_csv(path: Path, label: str) -> Iterator[Example]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if label not in (rows.fieldnames or ()) or "texts" not in (rows.fieldnames or ()):
            raise Unreadable(f"{path}: expected the columns texts and {label}")
        for row in rows:
            yield Example(row["texts"], row[label])
