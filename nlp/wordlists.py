"""Lists of words that come as data: a section a line in brackets, words separated by blanks, remarks after #."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Read a list of `nlp/data`: its words by section. _ stands for a blank inside a word."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line[1:].partition("]")[0]
        elif not line.startswith("#"):
            found.setdefault(section, []).extend(word.replace("_", " ") for word in line.split())
    return {section: tuple(words) for section, words in found.items()}
