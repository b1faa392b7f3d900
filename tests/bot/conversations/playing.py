"""A citizen's whole talk with the bot, played over a real store without HTTP, and written down as it goes.

What may happen in a transcript:

    คน: …                       the citizen; what may stand in the brackets is in `_DOINGS`
    อีกคน: …                    another citizen, who has agreed already; the bot's answers to them are marked
    เวลา: ผ่านไป 20 ชั่วโมง       time passes, hour by hour, and the clock's work is done
    เจ้าหน้าที่: ปิดโครงการ …      an official acts: what may be done is in `_ACTS`
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot import projects, surveys
from bot.broadcasts.invitations import face
from bot.conversations import consent, receiving, silence
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances
from bot.dates import BANGKOK
from bot.describing import Description
from bot.guests import LIFE
from bot.line.inbound import Event, Heard
from bot.line.outbound import MESSAGES_A_CALL, compose
from bot.messages import Message, Option, OptionKind
from bot.numbers import LETTERS
from bot.photos import Photo
from bot.store.audit import By
from bot.store.base import Store
from bot.store.entries import entry_by_number
from bot.store.guests import GuestCode
from bot.store.mail import Delivery
from bot.store.projects import Lab, all_labs, project_by_slug
from bot.store.surveys import SurveyState, survey_by_slug
from tests.bot.broadcasts import office
from tests.bot.conversations.kept import kept
from tests.transcript import PERSON, Script, button, line, shown

OTHER = "อีกคน"
ACTORS = (PERSON, OTHER, "เวลา", "เจ้าหน้าที่")
ROOM = "C" + "7" * 32
NUMBER = re.compile(rf"\b[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\b")
PROBLEMS = {"ใหญ่เกินไป": "too_large", "ไม่ใช่รูป": "not_image", "เปิดไม่ได้": "gone", "ยังไม่มา": "later"}


@dataclass
class Person:
    """Someone with LINE: what they saw, and the ids of what they sent."""

    id: str
    language: str
    bot: str = "บอท"
    seen: list[Message] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)


class Play:
    """One talk. `lines` is the transcript so far."""

    def __init__(self, store: Store, at: datetime, script: Script) -> None:
        self.store, self.at = store, at
        self.tagged = "แสดงแท็ก" in script.heads
        self.questionnaires = Questionnaires()
        self.lines: list[str] = []
        self.numbers: list[str] = []
        self.events = 0
        self.people = {
            PERSON: Person("U" + "1" * 32, script.heads.get("ภาษา", "th")),
            OTHER: Person("U" + "2" * 32, "th", "บอทถึงอีกคน"),
        }
        if "เพิ่มเพื่อนและยินยอม" in script.heads.get("ก่อนหน้า", ""):
            self._agree(self.people[PERSON])
        if any(who == OTHER for who, _ in script.turns):
            self._agree(self.people[OTHER])
        self.lines.clear()

    def _agree(self, person: Person) -> None:
        self.give(person, "follow")
        self.give(person, "postback", data="do=agree")

    def act(self, who: str, what: str) -> None:
        """Play one line."""
        self.lines.append(line(who, what))
        if who in self.people:
            return self._speak(self.people[who], self._numbered(what))
        if who == "เวลา":
            return self._pass(what)
        verb, _, rest = self._numbered(what).partition(" ")
        return _ACTS[verb](self, rest)

    def _speak(self, person: Person, what: str) -> None:
        if what.startswith("("):
            doing, _, rest = what.strip("()").partition(" ")
            return _DOINGS[doing](self, person, rest)
        if what.startswith("["):
            return self.tap(person, what[1:-1])
        return self.send(person, what, kind="text", text=what)

    def send(self, person: Person, name: str, photo: Photo | None = None, **message: Any) -> None:
        """A message of the person's; `name` is what it is unsent by."""
        heard = Heard(id=f"m{self.events + 1}", **message)
        person.sent[name] = heard.id
        self.give(person, "message", {heard.id: photo} if photo else {}, message=heard)

    def tap(self, person: Person, label: str, **params: str) -> None:
        """A tap on the newest button of this label."""
        option: Option = button(person.seen, label)
        assert option.kind in (OptionKind.TAP, OptionKind.DATE), f"[{label}] is the phone's own"
        self.give(person, "postback", data=option.data, params=params)

    def give(self, person: Person, kind: str, photos: dict[str, Photo] | None = None, **more: Any) -> None:
        """An event from this person, and the bot's answer to it."""
        self.events += 1
        event = Event(
            f"e{self.events}", kind, int(self.at.timestamp() * 1000), "user", person.id, reply_token="token", **more
        )
        self.offer(event, person, Circumstances({person.id: person.language}, photos or {}))

    def offer(self, event: Event, person: Person, found: Circumstances) -> None:
        """Any event, and the bot's answer to it."""
        with self.store.transaction() as session:
            outcome = receiving.receive(session, event, self.at, self.questionnaires, found)
        assert len(outcome.said) <= MESSAGES_A_CALL, "LINE takes five messages for an event"
        compose(outcome.said)
        self.hear(person, outcome.said)

    def hear(self, person: Person, said: list[Message]) -> None:
        """Write down what the bot says. As on the phone, what floats below the chat floats below the last message."""
        floating = next((each.options for each in reversed(said) if each.options), ())
        for place, each in enumerate(said, 1):
            message = replace(each, options=floating if place == len(said) else ())
            person.seen.append(message)
            self.lines += [self._hidden(told) for told in shown(message, person.bot)]

    def _hidden(self, text: str) -> str:
        """The text with reference numbers, which are random, under the names by which a transcript calls them."""

        def name(found: re.Match[str]) -> str:
            if found[0] not in self.numbers:
                self.numbers.append(found[0])
            place = self.numbers.index(found[0]) + 1
            return "<เลขอ้างอิง>" if place == 1 else f"<เลขอ้างอิง {place}>"

        return NUMBER.sub(name, text)

    def _numbered(self, text: str) -> str:
        return re.sub(r"<เลขอ้างอิง ?(\d*)>", lambda found: self.numbers[int(found[1] or 1) - 1], text)

    def _pass(self, what: str) -> None:
        """Time passes by the hour; the clock's work is done each time, and what it says is heard."""
        amount, unit = re.findall(r"ผ่านไป (\d+) (ชั่วโมง|วัน)", what)[0]
        for _ in range(int(amount) * (24 if unit == "วัน" else 1)):
            self.at += timedelta(hours=1)
            with self.store.transaction() as session:
                silence.tend(session, self.at, self.questionnaires)
            self._deliver()

    def _deliver(self) -> None:
        with self.store.transaction() as session:
            waiting = session.query(Delivery).order_by(Delivery.seq).all()
            for each in waiting:
                local = self.at.astimezone(BANGKOK)
                self.lines.append(f"({local:%H:%M} น.)")
                (person,) = (one for one in self.people.values() if one.id == each.recipient)
                self.hear(person, [_read(message) for message in _messages(each)])
                session.delete(each)

    def result(self) -> Iterator[str]:
        """What is kept of the citizen at the end."""
        with self.store.reading() as session:
            yield self._hidden(line("ผล", "\n".join(kept(session, self.people[PERSON].id, self.tagged))))


def _messages(delivery: Delivery) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(delivery.messages)
    return found


def _read(message: dict[str, Any]) -> Message:
    """A text that went by push, with what can be tapped below it."""
    items = [each["action"] for each in message.get("quickReply", {}).get("items", ())]
    return Message(message["text"], tuple(Option(each["label"], each["data"]) for each in items))


def _photo(play: Play, person: Person, problem: str) -> None:
    photo = Photo(problem=PROBLEMS[problem]) if problem else Photo(f"aa/photo{play.events}.jpeg", "image/jpeg", 1000)
    play.send(person, "รูป", photo, kind="image")


def _located(play: Play, person: Person, what: str) -> None:
    latitude, longitude, title = what.split(" ", 2)
    play.send(person, title, kind="location", latitude=float(latitude), longitude=float(longitude), title=title)


def _in_group(play: Play, person: Person, what: str) -> None:
    play.events += 1
    event = Event(f"e{play.events}", "join", 0, "group", "", ROOM, "token")
    if what:
        heard = Heard(f"m{play.events}", "text", what)
        event = replace(event, kind="message", user=person.id, message=heard)
    play.offer(event, person, Circumstances())


def _picks(play: Play, person: Person, day: str) -> None:
    picker = next(
        each.label for message in reversed(person.seen) for each in message.options if each.kind is OptionKind.DATE
    )
    play.tap(person, picker, date=day)


_DOINGS: dict[str, Callable[[Play, Person, str], None]] = {
    "เพิ่มเพื่อน": lambda play, person, _: play.give(person, "follow"),
    "บล็อก": lambda play, person, _: play.give(person, "unfollow"),
    "สติกเกอร์": lambda play, person, word: play.send(person, word, kind="sticker", keywords=(word,)),
    "วิดีโอ": lambda play, person, _: play.send(person, "วิดีโอ", kind="video"),
    "เสียง": lambda play, person, _: play.send(person, "เสียง", kind="audio"),
    "ไฟล์": lambda play, person, _: play.send(person, "ไฟล์", kind="file"),
    "รูป": _photo,
    "ตำแหน่ง": _located,
    "เลือกวัน": _picks,
    "ลบข้อความ": lambda play, person, said: play.give(person, "unsend", unsent=person.sent[said]),
    "เชิญบอทเข้ากลุ่ม": _in_group,
    "พิมพ์ในกลุ่ม": _in_group,
}


def _close_project(play: Play, slug: str) -> None:
    with play.store.transaction() as session:
        project = project_by_slug(session, slug)
        assert project is not None
        projects.close(session, project, By("account:1", play.at))


def _reopen_project(play: Play, slug: str) -> None:
    with play.store.transaction() as session:
        project = project_by_slug(session, slug)
        assert project is not None
        projects.reopen(session, project, By("account:1", play.at))


def _open_project(play: Play, slug: str) -> None:
    """A project on how old people get about."""
    told = Description(
        2570,
        title={"th": "โครงการพาผู้สูงอายุไปหาหมอ", "en": "Getting old people to the doctor"},
        short={"th": f"พาไปหาหมอ {slug}", "en": f"Trips {slug}"},
        agency={"th": "กรมกิจการผู้สูงอายุ", "en": "Department of Older Persons"},
        description={
            "th": "คนแก่ที่อยู่บ้านคนเดียวไปโรงพยาบาลลำบาก ไม่มีรถรับส่ง",
            "en": "Old people who cannot get to a hospital.",
        },
        keywords={"th": ["คนแก่", "ผู้สูงอายุ", "ตายาย", "รถรับส่ง", "ไม่มีคนพาไป"]},
    )
    with play.store.transaction() as session:
        projects.open_project(session, all_labs(session)[0], slug, told, By("account:1", play.at))


def _close_survey(play: Play, slug: str) -> None:
    with play.store.transaction() as session:
        survey = survey_by_slug(session, slug)
        assert survey
        survey.state = SurveyState.ARCHIVED


def _edit_survey(play: Play, slug: str) -> None:
    """A new version without its last question, and under another title."""
    with play.store.transaction() as session:
        survey = survey_by_slug(session, slug)
        assert survey
        title = {language: f"{text} (2)" for language, text in survey.draft["title"].items()}
        survey.draft = {**survey.draft, "title": title, "questions": survey.draft["questions"][:-1]}
        surveys.publish(session, survey, play.at)


def _review(play: Play, what: str) -> None:
    number, status = what.split(" ")
    with play.store.transaction() as session:
        entry = entry_by_number(session, number)
        assert entry
        entry.status = status


def _new_text(play: Play, version: str) -> None:
    """The text of consent has changed since the citizen agreed: to them, the yes was to an older one."""
    with play.store.transaction() as session:
        for each in session.query(receiving.Contact).filter_by(consent_version=consent.VERSION):
            each.consent_version = version


def _invite(play: Play, slug: str) -> None:
    """An invitation to a survey comes, as it would in a broadcast."""
    with play.store.transaction() as session:
        survey = survey_by_slug(session, slug)
        assert survey
        invitation = office.approved(session, survey=slug, project=survey.project.slug)
        faces = [face(session, invitation, 0, each.language) for each in play.people.values()]
    play.hear(play.people[PERSON], faces[:1])


def _second_lab(play: Play, slug: str) -> None:
    """Another lab has a project of its own."""
    with play.store.transaction() as session:
        lab = Lab(slug="health-lab", name={"th": "ห้องปฏิบัติการสุขภาพ", "en": "Health Lab"})
        session.add(lab)
        session.flush()
        project = project_by_slug(session, slug)
        assert project
        project.lab_id = lab.id


def _be_coded(play: Play, _what: str) -> None:
    """An account asked for the code TEST-4679ACEF, to link its own LINE."""
    with play.store.transaction() as session:
        asker = office.account(session, name="แล็บ")
        session.add(GuestCode(account_id=asker.id, code="4679ACEF", expires_at=play.at + LIFE))


_ACTS: dict[str, Callable[[Play, str], None]] = {
    "ปิดโครงการ": _close_project,
    "เปิดอีกครั้ง": _reopen_project,
    "เปิดโครงการใหม่": _open_project,
    "ปิดแบบสอบถาม": _close_survey,
    "แก้แบบสอบถาม": _edit_survey,
    "ตั้งสถานะ": _review,
    "ส่งคำเชิญ": _invite,
    "มีแล็บที่สอง": _second_lab,
    "ขอรหัสทดลอง": _be_coded,
    "เปลี่ยนข้อความขอความยินยอมจากรุ่น": _new_text,
}
