"""Counting in how many ordinary texts each word stands: `python -m nlp train rarity --data FOLDER`."""

from collections import Counter
from pathlib import Path
from typing import Any

from nlp.document import read
from nlp.rarity import RARITY
from nlp.training.reading import digest, read_examples

FEWEST = 12
"""Texts in which a word must stand to be listed; those that are not count as the rarest."""

SOURCES = ("wisesight/train.jsonl", "truevoice/mari_train.csv")


def train(data: Path, out: Path) -> dict[str, Any]:
    """Count the words of the `SOURCES` in a folder; writes rarity.tsv and answers its card. Raises Unreadable."""
    paths = [data / source for source in SOURCES]
    texts = [example.text for path in paths for example in read_examples(path, "destination")]
    counts = Counter(word for text in texts for word in {word.text.lower().strip() for word in read(text).words})
    listed = [(word, count) for word, count in counts.most_common() if count >= FEWEST and _is_word(word)]
    lines = [str(len(texts)), *(f"{word}\t{count}" for word, count in listed)]
    out.mkdir(parents=True, exist_ok=True)
    (out / RARITY.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"model": f"rarity-{digest(paths)[:8]}", "texts": len(texts), "words": len(listed), "sources": list(SOURCES)}


def _is_word(word: str) -> bool:
    return any(letter.isalpha() for letter in word) and not set(word) & set("\t\n")
