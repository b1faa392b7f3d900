"""The messages made up for this product, with what they are about, their project, urgency and qualities
(`data/citizens.tsv`), and those of which the sentiment is known as well (`data/voices.tsv`).

Both formats are read by `python -m nlp evaluate topics|routing|urgency|qualities --data FILE`.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from nlp.training.reading import Unreadable

CITIZENS = Path(__file__).parent.parent / "data" / "citizens.tsv"
VOICES = CITIZENS.with_name("voices.tsv")
NONE = "none"
ANY = "-"
"""The project of a message that could be of several: nothing is to be learned from it about projects."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """One message. `project` is a slug or "none"; `qualities` are pairs such as ("fast", -1).

    `sentiment` is "neg", "neu" or "pos"; "" where nobody has said it.
    """

    topic: str
    project: str
    urgency: str
    qualities: frozenset[tuple[str, int]]
    text: str
    sentiment: str = ""

    @property
    def fold(self) -> int:
        """Number one of five parts, by a hash of the text alone."""
        return fold(self.text)


def fold(text: str) -> int:
    """Number one of five parts, by a hash of the text alone: it stays the same as files grow."""
    return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % 5


def read_citizens(path: Path = CITIZENS) -> list[Citizen]:
    """Read lines of topic, project, urgency, qualities ("fast- cheap+" or "-") and text, divided by TABs.

    # begins a remark. The sentiment may stand before them, as a sixth part.

    Raises Unreadable, naming the line, where one is different.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from error
    return [_citizen(path, number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]


def gathered(path: Path = CITIZENS) -> list[Citizen]:
    """Read a file of messages and the `voices.tsv` beside it, if there is one. Raises Unreadable."""
    return [citizen for source in sources(path) for citizen in read_citizens(source)]


def sources(path: Path) -> list[Path]:
    """Name the files that `gathered` reads."""
    beside = path.with_name(VOICES.name)
    return [path, beside] if beside.is_file() and beside != path else [path]


def _citizen(path: Path, number: int, line: str) -> Citizen:
    parts = line.split("\t")
    if len(parts) not in (5, 6):
        raise Unreadable(
            f"{path}, line {number}: expected topic, project, urgency, qualities and text, divided by TABs"
        )
    sentiment = parts.pop(0) if len(parts) == 6 else ""
    topic, project, urgency, qualities, text = parts
    pairs = frozenset((code[:-1], 1 if code[-1] == "+" else -1) for code in qualities.split() if code != "-")
    return Citizen(topic, project, urgency, pairs, text, sentiment)
