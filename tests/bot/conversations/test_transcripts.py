"""Every rule of a citizen's talk with the bot, as a conversation that an official can read."""

from pathlib import Path

import pytest

from bot.store.base import Store
from tests.bot.conversations.kept import everywhere
from tests.bot.conversations.playing import ACTORS, Play
from tests.transcript import FOLDER, hold, read

PATHS = sorted((FOLDER / "conversation").rglob("*.txt"))
# Those that ask most of a database are played on both.
ON_BOTH = {"unsend-after-filing", "forget-yes", "silence", "survey-road-safety", "second-survey-leave", "status"}
STAGES = [(path, "sqlite_url") for path in PATHS]
STAGES += [(path, "postgres_url") for path in PATHS if path.stem in ON_BOTH]


@pytest.mark.parametrize(("path", "database"), STAGES, ids=lambda each: getattr(each, "stem", each))
def test_goes_as_written(path: Path, database: str, request: pytest.FixtureRequest, clock: object) -> None:
    store = Store(request.getfixturevalue(database))
    script = read(path, ACTORS)
    play = Play(store, clock(), script)  # type: ignore[operator]
    for who, what in script.turns:
        play.act(who, what)
    hold(path, script, [*play.lines, *play.result()])
    left = everywhere(store)
    assert [word for word in script.heads.get("ไม่เหลือ", "").split(" | ") if word and word in left] == []
    store.close()


def test_those_on_both_databases_are_there() -> None:
    assert {path.stem for path in PATHS} >= ON_BOTH
