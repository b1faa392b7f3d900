"""Every rule of the interview as a conversation. What the brackets of a person's line may hold is in `_DOINGS`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.interview.engine import Answer, Complete, Hand, Pause, Progress, Say, Setting, Step, Stop, begin, resume, step
from bot.interview.questionnaire import Questionnaire
from bot.interview.reading import read as questionnaire_in
from bot.interview.replies import Location, Media, Reply, Sticker, Tap, Text
from bot.messages import Message, OptionKind, unpack
from tests.transcript import FOLDER, Script, button, hold, line, read, shown

PATHS = sorted((FOLDER / "interview").glob("*.txt"))


class Talk:
    """One interview, written down as it goes."""

    def __init__(self, questionnaire: Questionnaire, setting: Setting) -> None:
        self.questionnaire, self.setting = questionnaire, setting
        self.lines: list[str] = []
        self.messages: list[Message] = []
        self.ids: dict[str, str] = {}
        self.progress = Progress()

    def note(self, taken: Step) -> None:
        """Write down what a step brought about. What is kept between steps goes through plain data."""
        self.progress = Progress.from_data(taken.progress.to_data())
        for effect in taken.effects:
            if isinstance(effect, Say):
                self.messages.append(effect.message)
                self.lines += shown(effect.message)
            else:
                self.lines.append(line("ผล", _told(effect)))

    def hear(self, said: str) -> None:
        """Play one line of the person's."""
        self.lines.append(line("คน", said))
        if said.startswith("("):
            doing, _, what = said.strip("()").partition(" ")
            return _DOINGS[doing](self, what)
        return self.send(self.tap(said[1:-1]) if said.startswith("[") else self.text(said))

    def send(self, reply: Reply) -> None:
        self.note(step(self.questionnaire, self.progress, reply, self.setting))

    def text(self, said: str) -> Text:
        self.ids[said] = f"m{len(self.ids) + 1}"
        return Text(said, self.ids[said])

    def tap(self, label: str, picked: str = "") -> Tap:
        option = button(self.messages, label)
        assert option.kind in (OptionKind.TAP, OptionKind.DATE), f"[{label}] is the phone's own"
        act, facts = unpack(option.data)
        return Tap(act, facts.get("q", ""), picked or facts.get("v", ""))

    def unsend(self, said: str) -> None:
        self.progress = self.progress.forget(self.ids[said])

    def turn_to(self, language: str) -> None:
        self.setting = Setting(language, self.setting.today)
        self.note(resume(self.questionnaire, self.progress, self.setting))


def _located(talk: Talk, what: str) -> None:
    latitude, longitude, title = what.split(" ", 2)
    talk.send(Location(float(latitude), float(longitude), title))


_DOINGS: dict[str, Callable[[Talk, str], None]] = {
    "สติกเกอร์": lambda talk, word: talk.send(Sticker(keywords=(word,))),
    "รูป": lambda talk, problem: talk.send(Media("image", "p1", "" if problem else "photos/p1.jpg", problem)),
    "วิดีโอ": lambda talk, _: talk.send(Media("video", "v1")),
    "เสียง": lambda talk, _: talk.send(Media("audio", "a1")),
    "ตำแหน่ง": _located,
    "เลือกวัน": lambda talk, day: talk.send(talk.tap("เลือกวันที่", day)),
    "ลบข้อความ": Talk.unsend,
    "ภาษา": Talk.turn_to,
    "กลับมา": lambda talk, _: talk.note(resume(talk.questionnaire, talk.progress, talk.setting)),
}


def _told(effect: object) -> str:
    match effect:
        case Complete(answers):
            return "\n".join(["ส่งคำตอบ", *map(_answered, answers)])
        case Pause():
            return "พักไว้"
        case Stop():
            return "ยกเลิก ไม่ส่งคำตอบ"
        case Hand(command):
            return f"ส่งต่อคำสั่ง {command}"
    raise AssertionError(effect)


def _answered(answer: Answer) -> str:
    words = answer.words.replace("\n", " / ")
    return f"{answer.question} = {answer.value!r} ({answer.status}) “{words}”"


def play(script: Script) -> list[str]:
    """The whole conversation, as it goes with today's code."""
    data = yaml.safe_load((FOLDER / "interview" / f"{script.heads['แบบสอบถาม']}.yaml").read_text(encoding="utf-8"))
    talk = Talk(questionnaire_in(data), Setting(script.heads.get("ภาษา", "th"), date(2026, 11, 21)))
    talk.note(begin(talk.questionnaire, talk.setting))
    for said in script.said:
        talk.hear(said)
    return talk.lines


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_goes_as_written(path: Path) -> None:
    script = read(path)
    hold(path, script, play(script))


def test_there_are_transcripts() -> None:
    assert len(PATHS) >= 15
