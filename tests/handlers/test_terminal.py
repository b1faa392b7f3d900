"""The chat in the terminal: as a person at a pipe, and line by line."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from bot.errors import Refused
from bot.rehearsals.stage import Stage
from handlers.terminal.chat import Chat
from handlers.terminal.opening import survey_named
from handlers.terminal.phone import Phone
from handlers.terminal.showing import Screen
from tests.handlers.test_cli import bot, environment, told

SURVEY = """
slug: mine
project: not-of-the-lab
title: {th: ลอง}
purpose: {th: ลอง}
intro: {th: ยินดีต้อนรับ}
outro: {th: ขอบคุณมาก}
languages: [th]
questions:
  - {name: age, kind: number, label: {th: อายุเท่าไร}}
  - {name: day, kind: date, label: {th: วันไหน}, constraint: {most: today}}
  - {name: spot, kind: location, label: {th: ที่ไหน}}
  - {name: picture, kind: photo, label: {th: ขอรูป}}
  - {name: again, kind: yes_no, label: {th: เอาอีกไหม}}
"""


class Terminal:
    """A chat whose screen can be read."""

    def __init__(self, stage: Stage, survey: str = "") -> None:
        self._out = io.StringIO()
        clock = lambda: datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # noqa: E731
        screen = Screen(Console(file=self._out, width=100))
        self._chat = Chat(stage, Phone(clock), screen, echo=True)
        self._chat.begin(survey)

    def __call__(self, line: str) -> str:
        """Type a line; what is shown then."""
        before = self._out.tell()
        assert self._chat.take(line)
        return self._out.getvalue()[before:]

    @property
    def shown(self) -> str:
        """All that was shown."""
        return self._out.getvalue()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A throw-away bot."""
    folder = tmp_path / "stage"
    folder.mkdir()
    built = Stage(folder, lambda: datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    yield built
    built.close()


@pytest.fixture
def mine(stage: Stage, tmp_path: Path) -> Terminal:
    """A chat in an author's own survey."""
    path = tmp_path / "mine.yaml"
    path.write_text(SURVEY, encoding="utf-8")
    stage.put_on(survey_named(str(path)))
    return Terminal(stage, "mine")


def test_whole_survey_at_a_pipe(tmp_path: Path) -> None:
    typed = "1\n7\nไม่เกิด\nไม่ใช่\n3\nข้าม\n2\nส่ง\n"
    done = bot(tmp_path, "chat", "road-safety-needs", given=typed.encode())
    shown = done.stdout.decode()
    assert done.returncode == 0, told(done)
    assert "would be filed as" in shown and "motorcycle" in shown and "Nothing was kept." in shown
    assert [path.name for path in tmp_path.iterdir()] == []


def test_whole_bot_begins_with_the_welcome(stage: Stage) -> None:
    chat = Terminal(stage)
    assert "[1] ยินยอม" in chat.shown
    assert "› ยินยอม" in chat("1")
    filed = chat("ถนนหน้าโรงเรียนไม่มีไฟ รถชนกันบ่อย โทร 0812345678")
    assert "would be filed as" in filed and "road-safety" in filed
    assert "0812345678" not in filed.partition("would be filed")[2]
    assert "withdrawn" in chat("/unsend")
    assert "nothing to take back" in chat("/unsend")


def test_bare_number_taps_unless_the_answer_may_be_one(mine: Terminal) -> None:
    assert "วันไหน" in mine("2")
    assert "calendar" in mine("/1") and "calendar goes" in mine("/1 2027-01-01")
    assert "ที่ไหน" in mine("/1 2026-11-20")
    assert "there is no option 99" in mine("/99")


def test_photo_location_and_all_that_is_filed(mine: Terminal, tmp_path: Path) -> None:
    for line in ("30", "/1 2026-11-20"):
        mine(line)
    assert "/location LAT LON" in mine("1")
    for wrong in ("/location 91 0", "/location here"):
        assert "latitude" in mine(wrong) or "two numbers" in mine(wrong)
    assert "ขอรูป" in mine("/location 13.75, 100.5")
    assert "cannot be read" in mine("/photo no-such.png")
    photo = tmp_path / "photo.png"
    Image.new("RGB", (4, 4)).save(photo)
    assert "เอาอีกไหม" in mine(f"/photo {photo}")
    assert "ส่งคำตอบ" in mine("1")
    filed = mine("ส่ง")
    assert "ขอบคุณมาก" in filed and "not-of-the-lab" in filed
    for name in ("age", "day", "spot", "picture", "again"):
        assert name in filed


def test_picture_that_is_none_is_refused_as_on_line(mine: Terminal, tmp_path: Path) -> None:
    for line in ("30", "/1 2026-11-20", "/location 13.75 100.5"):
        mine(line)
    text = tmp_path / "photo.png"
    text.write_text("no picture")
    assert "ขอรูป" in mine(f"/photo {text}")


def test_json_is_what_line_would_get(mine: Terminal) -> None:
    [message, *_] = json.loads(mine("/json"))
    assert message["type"] in ("text", "flex")


def test_help_and_unknown_commands(mine: Terminal) -> None:
    assert "/unsend" in mine("/help")
    assert "there is no command /dance" in mine("/dance")
    assert mine("   ") == ""


def test_forgotten_entries_are_said_to_be_gone(stage: Stage) -> None:
    chat = Terminal(stage)
    chat("1")
    chat("ถนนหน้าโรงเรียนไม่มีไฟเลยค่ะ")
    chat("ลบข้อมูลของฉัน")
    assert "erased:" in chat("ใช่")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("slug: [", "1:8"),
        ("- a\n- b", ""),
        (SURVEY.replace("kind: number", "kind: numbre"), "questions[0].kind"),
        (SURVEY.replace("name: day", "name: age"), "questions[1].name"),
    ],
)
def test_invalid_file_tells_each_problem_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        survey_named(str(path))
    assert any(where in each.where for each in refused.value.facts["problems"])


def test_invalid_file_ends_the_command_with_1(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes("slug: ไทย".encode("cp874"))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "bad.yaml"],
        capture_output=True, cwd=tmp_path, env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, b"not UTF-8" in done.stderr) == (1, True), told(done)


def test_sample_is_found_by_its_slug_and_the_unknown_names_them() -> None:
    assert survey_named("water-app-needs")["project"] == "water-app"
    with pytest.raises(LookupError, match="water-app-needs"):
        survey_named("water")
