"""How fast texts are tagged: `python tests/bench/bench_nlp.py`.

Prints tags per second on made messages of 50 to 300 characters on one core, with the ten projects of the samples,
beside newmm alone in the same run; the slowest of a set of hostile texts of 5,000 characters; and, for a fresh process,
import plus first tag and its memory.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pythainlp.tokenize.newmm import segment

import nlp
from bot.seed import sample_projects
from nlp.training.reading import messages

ROOT = Path(__file__).parents[2]
TEXTS = 1_500
HOSTILE = (
    "กรรมกร", "ก", "1", "1-", "เเ", "่", "นานา", "การ", "ไม่", "นาย", "คุณ", "ต.", "อ.เมือง", "a@", "http://",
    "0", " ", "\u200b", "😀", "ๆ",
    "แต่", "ดี",
    "081-", "1 ", "ฯ", "(", "a.", "จ.", "เลขที่ ", "ๆ ", "ไม่ได้", "Mr. ", "รอนาน", "ไฟไหม้", "บาท 1",
)  # fmt: skip
_FRESH = """
import resource, time
began = time.perf_counter()
import nlp
nlp.tag("เจ้าหน้าที่เขตบางรักบริการดีมาก แต่รอนาน")
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
PROJECTS = sample_projects()


def main() -> None:
    """Print the figures, one a line."""
    fresh = [float(part) for part in _fresh().split()]
    print(f"import and first tag: {fresh[0]:.2f} s; memory of a process that tags: {fresh[1]:.0f} MB")
    texts = made(TEXTS)
    nlp.warm()
    segment("อุ่นเครื่อง")
    newmm = rate(segment, texts)
    tags = rate(lambda text: nlp.tag(text, PROJECTS), texts)
    print(f"newmm alone: {newmm:,.0f} texts/s; full tagging: {tags:,.0f} texts/s; ratio {newmm / tags:.1f}")
    slowest, pattern = max((_milliseconds(pattern), pattern) for pattern in HOSTILE)
    print(f"slowest of {len(HOSTILE)} hostile texts of 5,000 characters: {slowest:.1f} ms ({pattern!r} repeated)")
    print(f"memory at the end: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def made(count: int) -> list[str]:
    """Join the product's own messages to texts of 50 to 300 characters, the same every time."""
    chance = random.Random(2562)
    parts = [message.text for message in messages()]
    texts = []
    while len(texts) < count:
        text = " ".join(chance.sample(parts, chance.randint(2, 6)))
        if 50 <= len(text) <= 300:
            texts.append(text)
    return texts


def rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts per second of processor time, the best of three rounds."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            work(text)
        best = max(best, len(texts) / (time.process_time() - began))
    return best


def _milliseconds(pattern: str) -> float:
    text = (pattern * 5_000)[:5_000]
    times = []
    for _ in range(2):
        began = time.process_time()
        nlp.tag(text, PROJECTS)
        times.append(time.process_time() - began)
    return min(times) * 1_000


def _fresh() -> str:
    return subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    main()
