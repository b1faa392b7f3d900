"""Settings: an empty environment works, production takes nothing for granted, every problem is told at once."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import DEMO_KEY, DEMO_SECRET, DEMO_TOKEN, Settings, settings_from_environment
from bot.errors import Misconfigured

REAL: dict[str, Any] = {
    "khaojai_env": "production",
    "line_channel_secret": "s" * 32,
    "line_channel_access_token": "t" * 64,
    "secret_key": "k" * 16,
}


@pytest.fixture(autouse=True)
def fresh_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing set, and no .env file."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_empty_environment_is_the_demo(tmp_path: Path) -> None:
    settings = settings_from_environment()
    assert (settings.production, settings.uses_standin, settings.bind) == (False, True, "127.0.0.1")
    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'khaojai.sqlite3'}"
    assert settings.line_hosts == ("http://127.0.0.1:8000/standin",) * 2


def test_variables_and_env_file_are_read_and_empty_ones_are_not_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PORT=8100\nLINE_CHANNEL_SECRET=\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    monkeypatch.setenv("SECRET_KEY", "")
    settings = settings_from_environment()
    assert (settings.port, settings.data_dir, settings.secret_key) == (8100, Path("elsewhere"), DEMO_KEY)
    assert settings.line_channel_secret == DEMO_SECRET


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", None),
        ("sqlite:////srv/k.sqlite3", "sqlite:////srv/k.sqlite3"),
        ("postgres://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql+psycopg://u@h/n", "postgresql+psycopg://u@h/n"),
    ],
)
def test_address_of_the_database(given: str, expected: str | None) -> None:
    settings = Settings(database_url=given)
    assert settings.problems() == []
    assert expected is None or settings.database == expected


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ({}, ("http://127.0.0.1:8000/standin", "http://127.0.0.1:8000/standin")),
        ({"port": 81}, ("http://127.0.0.1:81/standin", "http://127.0.0.1:81/standin")),
        ({"line_channel_secret": "x"}, ("https://api.line.me", "https://api-data.line.me")),
        ({"line_api_url": "http://line.test/"}, ("http://line.test", "http://line.test")),
    ],
)
def test_where_line_is(given: dict[str, Any], hosts: tuple[str, str]) -> None:
    assert Settings(**given).line_hosts == hosts


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"database_url": "mysql://h/n"}, "DATABASE_URL"),
        ({"database_url": "k.sqlite3"}, "DATABASE_URL"),
        ({"broker_url": "amqp://h"}, "BROKER_URL"),
        ({"line_api_url": "line.test"}, "LINE_API_URL"),
        ({"port": 0}, "PORT"),
        ({"port": 65_536}, "PORT"),
        ({"web_concurrency": 0}, "WEB_CONCURRENCY"),
        (REAL | {"line_channel_secret": DEMO_SECRET}, "LINE_CHANNEL_SECRET"),
        (REAL | {"line_channel_access_token": DEMO_TOKEN}, "LINE_CHANNEL_ACCESS_TOKEN"),
        (REAL | {"secret_key": DEMO_KEY}, "SECRET_KEY"),
        (REAL | {"secret_key": "k" * 15}, "SECRET_KEY"),
    ],
)
def test_what_cannot_work_is_named(given: dict[str, Any], named: str) -> None:
    [problem] = Settings(**given).problems()
    assert problem.startswith(f"{named}: ")


def test_production_with_its_own_secrets_works_and_serves_everyone() -> None:
    settings = Settings(**REAL)
    assert (settings.problems(), settings.bind, settings.uses_standin) == ([], "0.0.0.0", False)


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHAOJAI_ENV", "production")
    monkeypatch.setenv("DATABASE_URL", "mysql://h/n")
    with pytest.raises(Misconfigured) as error:
        settings_from_environment()
    assert [each.partition(":")[0] for each in error.value.problems] == [
        "DATABASE_URL",
        "LINE_CHANNEL_SECRET",
        "LINE_CHANNEL_ACCESS_TOKEN",
        "SECRET_KEY",
    ]


def test_secrets_during_a_rotation() -> None:
    assert Settings(line_channel_secret="new", line_channel_secret_previous="old").line_secrets == ("new", "old")
    assert Settings(line_channel_secret="new").line_secrets == ("new",)
