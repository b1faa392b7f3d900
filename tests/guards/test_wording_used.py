"""Every sentence of the catalogues is said somewhere."""

import ast
import re
from pathlib import Path

from bot.wording import LANGUAGES, catalogue
from tests.guards.source import ROOT, modules

# Prefixes that `say` of the interview adds itself.
ADDED = "interview."
TEMPLATES = sorted(path for kind in ("*.html", "*.js") for path in (ROOT / "handlers").rglob(kind))
QUOTED = re.compile(r"""["']([a-z0-9_.]+)["']""")


def literals_and_patterns() -> tuple[set[str], set[tuple[str, str]]]:
    """Every text in the code and the templates, and of every f-string with one gap what stands before and after it."""
    literals: set[str] = set()
    patterns: set[tuple[str, str]] = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [each.value if isinstance(each, ast.Constant) else None for each in node.values]
                if parts.count(None) == 1:
                    gap = parts.index(None)
                    patterns.add(("".join(map(str, parts[:gap])), "".join(map(str, parts[gap + 1 :]))))
    for text in QUOTED.findall("\n".join(map(Path.read_text, TEMPLATES))):
        literals.add(text)
        if text.endswith("."):
            patterns.add((text, ""))  # the rest is put to it with ~
    return literals, {each for each in patterns if each[0] and each[0] != ADDED}


LITERALS, PATTERNS = literals_and_patterns()


def said(key: str) -> bool:
    """Whether the code has this name: whole, or put together of a beginning and a rest it has too."""
    if key in LITERALS or key.isdecimal():  # HTTP's numbers come from outside
        return True
    return any(
        key.startswith(before) and key.endswith(after) and said(key[len(before) : len(key) - len(after)])
        for before, after in PATTERNS
        if len(before) + len(after) < len(key)
    )


def test_every_sentence_is_said_somewhere() -> None:
    names = {name for language in LANGUAGES for name in catalogue(language)}
    assert sorted(name for name in names if not (said(name) or said(name.removeprefix(ADDED)))) == []
