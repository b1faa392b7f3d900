"""What is public is explained."""

import ast
import re
from collections.abc import Iterator

import pytest

from handlers.cli import main
from tests.guards.source import ROOT, modules
from tests.guards.source import Function as FUNCTION


def classes() -> dict[str, list[ast.ClassDef]]:
    """Every class by its bare name."""
    found: dict[str, list[ast.ClassDef]] = {}
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
    return found


CLASSES = classes()


def explained_above(owner: ast.ClassDef, method: str) -> bool:
    """Whether a class of ours that this one is made from explains the method: what overrides it means the same."""
    for base in (each.id for each in owner.bases if isinstance(each, ast.Name)):
        for parent in CLASSES.get(base, ()):
            if any(
                isinstance(each, FUNCTION) and each.name == method and ast.get_docstring(each) for each in parent.body
            ):
                return True
            if explained_above(parent, method):
                return True
    return False


def unexplained(body: list[ast.stmt], owner: ast.ClassDef | None = None) -> Iterator[str]:
    """The public classes and functions without a docstring."""
    for node in body:
        if not isinstance(node, ast.ClassDef | FUNCTION) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not (owner and explained_above(owner, node.name)):
            yield f"{node.lineno} {node.name}"
        if isinstance(node, ast.ClassDef):
            yield from unexplained(node.body, node)


@pytest.mark.parametrize("path", sorted(modules()))
def test_what_is_public_has_a_docstring(path: str) -> None:
    tree = modules()[path]
    assert ast.get_docstring(tree), f"{path} does not say what it is for"
    assert list(unexplained(tree.body)) == []


def test_make_help_lists_every_target() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    [phony] = [line.partition(":")[2].split() for line in lines if line.startswith(".PHONY:")]
    described = [line.partition(":")[0] for line in lines if "## " in line and not line.startswith(("\t", "#"))]
    assert sorted(described) == sorted(set(phony) - {"machine"})  # machine is a part of test and bench


def test_the_readme_names_every_command_and_target() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"setup", "clean"}
    said = set(re.findall(r"`make ([a-z]+)`", readme)) | set(re.findall(r"^make ([a-z]+)", readme, re.MULTILINE))
    assert targets - said == set()
    rows = re.findall(r"^\| `(.+?)` \|", readme, re.MULTILINE)
    assert {name for name in main.commands if not any(re.search(rf"\b{name}\b", row) for row in rows)} == set()


def test_the_readmes_map_is_true() -> None:
    """Every path that the map names is there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## The map")[2].partition("Arrows go only")[0]
    folder, missing = "", []
    for row in re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE):
        for path in re.findall(r"`([^`]+)`", row):
            folder = path.rpartition("/")[0] if "/" in path.rstrip("/") else folder
            known = (ROOT / path, ROOT / folder / path, ROOT / folder.partition("/")[0] / path)
            missing += [] if any(each.exists() for each in known) else [path]
    assert missing == []
