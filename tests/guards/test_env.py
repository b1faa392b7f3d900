""".env.example is the settings' other face: the same names, the same defaults."""

from enum import StrEnum

from bot.config import Settings
from tests.guards.source import ROOT

LINES = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
EXAMPLE = dict(line.split("=", 1) for line in LINES if line and not line.startswith("#"))


def shown(default: object) -> str:
    """A default as it stands in the file; the demo's secrets are not shown, for nobody should copy them."""
    text = default.value if isinstance(default, StrEnum) else str(default)
    return "" if text.startswith("khaojai-demo-") else text


def test_names_and_defaults_are_those_of_the_settings() -> None:
    assert {name.upper(): shown(field.default) for name, field in Settings.model_fields.items()} == EXAMPLE


def test_what_production_refuses_is_marked() -> None:
    refused = {each.partition(":")[0] for each in Settings(_env_file=None, khaojai_env="production").problems()}
    marked, waiting = set(), False
    for line in LINES:
        if line.startswith("#"):
            waiting = waiting or line.endswith("(!)")
        elif "=" in line and waiting:
            marked.add(line.partition("=")[0])
            waiting = False
    assert marked == refused


def test_every_setting_is_explained() -> None:
    blocks = "\n".join(LINES).split("\n\n")
    assert all(block.startswith("#") for block in blocks)
