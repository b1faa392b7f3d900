"""The import law: who may import whom, held by reading every file."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Lowest first. A module imports its own package and lower layers, nothing else. The longest matching name counts;
# packages of one layer are strangers to each other.
LAYERS = (
    ("nlp",),
    ("bot.errors",),
    ("bot.config", "bot.messages", "bot.dates", "bot.numbers"),
    ("bot.wording",),
    ("bot.problems",),
    ("bot.interview",),
    ("bot.describing",),
    ("bot.store", "bot.line", "bot.xlsform"),
    ("bot.survey_files",),
    ("bot.inbox", "bot.outbox", "bot.projects", "bot.photos", "bot.passwords", "bot.openid"),
    (
        "bot.accounts",
        "bot.rights",
        "bot.signing_in",
        "bot.filing",
        "bot.surveys",
        "bot.privacy",
        "bot.exports",
        "bot.trying",
        "bot.steps",
        "bot.closing",
    ),
    (
        "bot.agreement",
        "bot.survey_imports",
        "bot.entries",
        "bot.export_jobs",
        "bot.keys",
        "bot.views",
        "bot.guests",
        "bot.reviewing",
        "bot.segments",
    ),
    ("bot.broadcasts", "bot.bulk", "bot.themes"),
    ("bot.conversations", "bot.seed"),
    ("bot.rehearsals", "bot.pictures", "bot.demo"),
    ("handlers.runtime",),
    (
        "handlers.api",
        "handlers.line",
        "handlers.standin",
        "handlers.health",
        "handlers.logs",
        "handlers.front",
        "handlers.console",
    ),
    ("handlers.background",),
    ("handlers.worker", "handlers.broadcaster", "handlers.exporter", "handlers.rehearser"),
    ("handlers.tasks", "handlers.clock"),
    ("handlers.web",),
    ("handlers.terminal",),
    ("handlers.cli",),
    ("bot.__main__",),
)
ALLOWED_TWO_WAY = {"bot", "handlers"}  # the bare packages: a docstring each
# One home for every outside library.
HOMES = {
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    "linebot": ("bot.line.live",),
    "pythainlp": ("nlp",),
    "argon2": ("bot.passwords",),
    "joserfc": ("bot.openid",),
    "flask": ("handlers",),
    "flask_wtf": ("handlers.console",),
    "secure": ("handlers.console",),
    "werkzeug": ("handlers",),
    "gunicorn": ("handlers",),
    "huey": ("handlers.tasks",),
    "rustpy_xlsxwriter": ("bot.exports",),
    "sklearn": ("nlp",),
    "segno": ("handlers.console",),
    "pyxform": ("bot.xlsform",),
    "openpyxl": ("bot.xlsform",),
}
PURE = {"bot.interview", "bot.messages"}
PURE_STDLIB = {
    "__future__", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math", "re", "typing",
    "unicodedata", "urllib",
}  # fmt: skip
PURE_OTHERS = {"regex"}


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


FILES = {module_of(path): path for room in ("bot", "handlers", "nlp") for path in sorted((ROOT / room).rglob("*.py"))}


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def layer(module: str) -> tuple[int, str] | None:
    found = [(len(name), level, name) for level, names in enumerate(LAYERS) for name in names if within(module, name)]
    return max(found)[1:] if found else None


def imports(path: Path) -> list[tuple[str, ast.stmt]]:
    """Every imported module of a file; `from bot import filing` counts as bot.filing where that is a module."""
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(each.name, node) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            found += [(f"{base}.{each.name}" if f"{base}.{each.name}" in FILES else base, node) for each in node.names]
    return found


@pytest.mark.parametrize("module", sorted(FILES))
def test_module_imports_only_its_own_package_and_lower_layers(module: str) -> None:
    if module in ALLOWED_TWO_WAY or ".migrations" in module:
        return
    mine = layer(module)
    assert mine is not None, f"{module} has no layer: add it to LAYERS"
    for name, _ in imports(FILES[module]):
        if name.partition(".")[0] not in ("bot", "handlers", "nlp") or within(name, mine[1]):
            continue
        theirs = layer(name)
        assert name in ALLOWED_TWO_WAY or (theirs and theirs[0] < mine[0]), f"{module} may not import {name}"


@pytest.mark.parametrize("module", sorted(FILES))
def test_outside_library_stays_at_home(module: str) -> None:
    for name, _ in imports(FILES[module]):
        homes = HOMES.get(name.partition(".")[0])
        if homes is None:
            continue
        assert any(within(module, home) for home in homes), f"{module} imports {name}, whose home is {homes}"


@pytest.mark.parametrize("module", sorted(name for name in FILES if any(within(name, pure) for pure in PURE)))
def test_pure_rooms_know_no_world(module: str) -> None:
    for name, _ in imports(FILES[module]):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names:
            assert top in PURE_STDLIB, f"{module} imports {name}"
        elif top not in ("bot", "nlp"):
            assert top in PURE_OTHERS, f"{module} imports {name}"


@pytest.mark.parametrize("module", sorted(FILES))
def test_no_import_hides_in_a_function(module: str) -> None:
    """Outside libraries that are slow to import may wait until they are needed; our own modules may not."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                top = (node.module or "").partition(".")[0]
                lazy = module == "handlers.runtime" and node.module == "bot.line.live"
                assert lazy or top not in ("bot", "handlers", "nlp"), f"{module}: {ast.unparse(node)}"
