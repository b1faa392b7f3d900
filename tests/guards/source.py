"""Our own source, read for the guards: every module of the three rooms, as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "nlp")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """{path below the root: its tree}. Migrations are history, written by a machine: no guard looks at them."""
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "versions" not in path.parts)
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def lines_of(path: str) -> int:
    """How long a module is: its lines that are not blank, for air costs nobody time."""
    return sum(bool(line.strip()) for line in (ROOT / path).read_text(encoding="utf-8").splitlines())


def functions() -> Iterator[tuple[str, Function]]:
    """Every function and method, with its place."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path}:{node.lineno} {node.name}", node
