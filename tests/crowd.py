"""A crowd of made-up citizens put straight into a store: entries of all kinds, over months, by bulk inserts.

No conversation and no tagging: for the looks and the speed of pages that show many entries. The same seed always makes
the same crowd. What they say is ours, and nobody's.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

import nlp
from bot.interview import reading
from bot.interview.conditions import showing
from bot.interview.progress import Answer as Given
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.store.base import Session, Store
from bot.store.entries import Answer, Entry, EntryTag
from bot.store.interviews import Interview
from bot.store.labels import EntryLabel
from bot.store.people import Contact
from bot.store.projects import Project, all_projects
from bot.store.surveys import Survey, newest_version, survey_by_slug

BATCH = 5_000
Rows = dict[str, list[dict[str, Any]]]
PROVINCES = (
    "กรุงเทพมหานคร",
    "เชียงใหม่",
    "ขอนแก่น",
    "ชลบุรี",
    "นครราชสีมา",
    "สงขลา",
    "อุบลราชธานี",
    "ภูเก็ต",
    "สมุทรปราการ",
    "ระยอง",
    "ตราด",
    "น่าน",
    "สุรินทร์",
    "นครปฐม",
    "กาญจนบุรี",
    "พิษณุโลก",
    "อุดรธานี",
    "ยะลา",
    "เลย",
    "สตูล",
)
# {project: what is said there: mood, what it counts as, words}
SAYINGS = {
    "road-safety": """
neg topic:traffic.street_lights quality:fast-1 | ทางโค้งหน้าโรงเรียนมืดมาก ไฟเสียมาสองเดือนแล้วยังไม่มีใครมาซ่อม
neg topic:traffic.accidents topic:traffic.walking | รถบรรทุกขับเร็วตอนเช้า เด็กข้ามถนนลำบาก อยากให้มีคนดูแล
pos topic:traffic.accidents quality:correct+1 | ตั้งแต่มีสัญญาณไฟใหม่ รถชนกันน้อยลงมาก ขอบคุณค่ะ
""",
    "water-app": """
pos topic:farm.water quality:correct+1 | แอปบอกวันปล่อยน้ำตรงดี วางแผนหว่านข้าวได้
neg topic:farm.water topic:service.waiting quality:fast-1 | น้ำไม่ถึงท้ายคลอง แจ้งไปแล้วรอนานมาก
""",
    "migrant-reporting": """
neu topic:service.language | မြန်မာလို ရှင်းပြပေးပါ
neg topic:migrants.reporting quality:cheap-1 quality:anywhere_anytime-1 | ต้องลางานทั้งวันไปรายงานตัว ค่ารถแพง
pos topic:service.staff quality:service_mind+1 | เจ้าหน้าที่พูดดี ช่วยกรอกแบบให้
""",
    "": """
neg topic:service.online quality:anywhere_anytime-1 | เดินทางไกลมาถึงแล้วบอกว่าระบบล่ม ให้มาใหม่
neg topic:service.access quality:anywhere_anytime-1 | อยากให้เปิดวันเสาร์ คนทำงานไปไม่ได้
pos topic:service.staff quality:service_mind+1 quality:fast+1 | เจ้าหน้าที่อธิบายเข้าใจง่าย บริการเร็ว ประทับใจ
neg topic:service.information quality:correct-1 | ไม่รู้ว่าต้องใช้เอกสารอะไรบ้าง ข้อมูลแต่ละที่ไม่ตรงกัน
neu topic:service.procedure | สอบถามขั้นตอนการลงทะเบียนหน่อยครับ
neg topic:service.cost quality:cheap-1 | ค่าธรรมเนียมแพงไปสำหรับคนรายได้น้อย
""",
}


def sayings(project: str) -> list[tuple[str, str, list[str]]]:
    """What is said in a project: words, mood, labels."""
    lines = (SAYINGS.get(project, "") + SAYINGS[""]).split("\n")
    told = [line.split(" | ") for line in lines if line]
    return [(text, codes.split()[0], codes.split()[1:]) for codes, text in told]


class Crowd:
    """Who fills a store: `count` entries over `days` before `until`, by chance from `seed`."""

    def __init__(self, store: Store, until: datetime, count: int = 3_000, days: int = 300, seed: int = 1) -> None:
        self.store, self.until, self.count, self.days = store, until, count, days
        self.pick = random.Random(seed)

    def fill(self) -> None:
        """Put everybody in, a batch a transaction."""
        with self.store.reading() as session:
            self.projects = all_projects(session)
            self.first = (session.scalar(select(func.max(Entry.id))) or 0) + 1
            self.contact = (session.scalar(select(func.max(Contact.id))) or 0) + 1
            self.interview = (session.scalar(select(func.max(Interview.id))) or 0) + 1
            self.asked = {each.slug: self._asked(session, each) for each in self.projects}
        for start in range(0, self.count, BATCH):
            with self.store.transaction() as session:
                self._batch(session, range(start, min(start + BATCH, self.count)))
        self._count_on()

    def _asked(self, session: Session, project: Project) -> tuple[Survey, int, Questionnaire] | None:
        survey = survey_by_slug(session, f"{project.slug}-needs")
        version = newest_version(session, survey.id) if survey else None
        return (survey, version.id, reading.read(version.questionnaire)) if survey and version else None

    def _batch(self, session: Session, numbers: range) -> None:
        made = [self._one(number) for number in numbers]
        for table, key in (
            (Contact, "contact"), (Interview, "interview"), (Entry, "entry"), (Answer, "answers"),
            (EntryLabel, "labels"), (EntryTag, "tags"),
        ):  # fmt: skip
            rows = [row for each in made for row in each.get(key, ())]
            if rows:
                session.execute(insert(table), rows)

    def _one(self, number: int) -> Rows:
        pick = self.pick
        project = pick.choices(self.projects, weights=[10, 7, 5, 4, 6, 2, 3, 5, 1, 3][: len(self.projects)])[0]
        at = self.until - timedelta(days=self.days * pick.random() ** 1.4, seconds=pick.randrange(80_000))
        survey = self.asked[project.slug] if pick.random() < 0.55 else None
        speaks = pick.choices(["th", "my", "en", "km", "lo"], weights=[80, 9, 6, 3, 1])[0]
        person = {
            "id": self.contact + number, "line_id": f"UC{self.contact + number:030}", "language": speaks,
            "status": "active", "consent_version": "1", "consented_at": at, "first_seen_at": at, "last_seen_at": at,
            "asked": "",
        }  # fmt: skip
        ended = pick.choices(["completed", "expired", "asking", "stopped"], weights=[70, 20, 4, 6])[0] if survey else ""
        told = self._interview(number, survey, at, ended) if survey else {}
        if ended in ("asking", "stopped"):
            return {"contact": [person], **told}
        return {"contact": [person], **told, **self._entry(number, project, survey, person, ended)}

    def _interview(self, number: int, survey: Any, at: datetime, ended: str) -> Rows:
        names = [each.name for each in survey[2].questions if each.kind is not Kind.NOTE]
        stood = self.pick.choices(names, weights=[1 + 3 * (name in ("story", "spot_place")) for name in names])[0]
        row = {
            "id": self.interview + number, "contact_id": self.contact + number, "version_id": survey[1],
            "status": ended, "progress": {"at": stood if ended in ("expired", "asking") else None}, "rehearsal": False,
            "started_at": at, "updated_at": at,
        }  # fmt: skip
        return {"interview": [row]}

    def _entry(self, number: int, project: Project, survey: Any, person: Mapping[str, Any], ended: str) -> Rows:
        pick, id, at = self.pick, self.first + number, person["first_seen_at"]
        text, mood, labels = pick.choice(sayings(project.slug))
        province = pick.choices(PROVINCES, weights=range(40, 0, -2))[0] if pick.random() < 0.7 else None
        unsorted = survey is None and pick.random() < 0.06
        entry = {
            "id": id, "number": f"C{id:08}", "contact_id": self.contact + number,
            "kind": "survey" if survey else "words", "project_id": None if unsorted else project.id,
            "survey_id": survey[0].id if survey else None,
            "version_id": survey[1] if survey else None, "interview_id": self.interview + number if survey else None,
            "status": pick.choices(["new", "in_review", "used", "answered", "closed"], weights=[50, 20, 12, 10, 8])[0],
            "partial": ended == "expired", "rehearsal": False, "language": person["language"], "text": text,
            "masked": text, "personal": [], "source": "", "sentiment": mood,
            "sentiment_score": round(pick.uniform(0.6, 0.99), 3),
            "urgency": pick.choices(["normal", "soon", "crisis"], weights=[93, 6, 1])[0], "province": province,
            "model": "crowd", "filed_at": at, "revision": 0,
        }  # fmt: skip
        tags = [tag for tag in (_tag(id, label, at) for label in labels) if tag]
        answers = list(self._answers(id, survey[2], ended == "expired")) if survey else []
        held = [{"entry_id": id, "label": each} for each in labels]
        return {"entry": [entry], "labels": held, "tags": tags, "answers": answers}

    def _answers(self, id: int, questionnaire: Questionnaire, partly: bool) -> Iterator[dict[str, Any]]:
        given: dict[str, Given] = {}
        for place, question in enumerate(questionnaire.questions):
            if question.kind is Kind.NOTE or question not in showing(questionnaire, given):
                continue
            if partly and place > 4:
                return
            answer = self._answer(question)
            given[question.name] = answer
            yield {
                "entry_id": id, "position": place, "question": question.name, "kind": str(question.kind),
                "status": str(answer.status), "category": answer.category, "value": answer.value, "words": answer.words,
                "masked": answer.words, "source": "",
            }  # fmt: skip

    def _answer(self, question: Question) -> Given:
        if not question.required and self.pick.random() < 0.35:
            return Given(question.name, question.kind, status="skipped")
        value, category, words = self._value(question)
        return Given(question.name, question.kind, category, value, words)

    def _value(self, question: Question) -> tuple[Any, str, str]:
        pick = self.pick
        names = [each.name for each in question.choices]
        match question.kind:
            case Kind.SELECT_ONE:
                name = pick.choices(names, weights=range(len(names) * 2, 0, -2))[0]
                return name, name, name
            case Kind.SELECT_MULTIPLE:
                some = [each.name for each in question.choices if not each.exclusive]
                chosen = [name for name in names if name in pick.sample(some, min(len(some), pick.randint(1, 3)))]
                return chosen, " ".join(chosen), " ".join(chosen)
            case Kind.RATING:
                grade = min(question.scale.most, max(question.scale.least, round(pick.gauss(2.9, 1.2))))
                return grade, str(grade), str(grade)
            case Kind.YES_NO:
                yes = pick.random() < 0.64
                return yes, "yes" if yes else "no", "ใช่" if yes else "ไม่ใช่"
            case Kind.NUMBER:
                least, most = float(question.constraint.least or 0), float(question.constraint.most or 60)
                number = int(min(most, max(least, round(pick.gauss((least + most) / 2, (most - least) / 5 + 0.5)))))
                return number, str(number), str(number)
            case Kind.DATE:
                day = (self.until - timedelta(days=pick.randrange(360))).date().isoformat()
                return day, day, day
            case Kind.LOCATION:
                point = {"latitude": pick.uniform(13.4, 18.9), "longitude": pick.uniform(99.0, 102.0)}
                return {**point, "title": "", "address": ""}, nlp.province_at(*point.values()) or "", ""
            case Kind.PHOTO:
                return {"photo": "none"}, "", ""
        return "…", "", "…"

    def _count_on(self) -> None:
        """Numbers given by hand are passed over by PostgreSQL's own counting: let it go on after them."""
        if self.store.sqlite:
            return
        with self.store.transaction() as session:
            for table in ("contacts", "interviews", "entries"):
                session.connection().exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )


def _tag(entry_id: int, label: str, at: datetime) -> Mapping[str, Any]:
    kind, _, name = label.partition(":")
    direction = int(name[-2:]) if kind == "quality" else None
    return {
        "entry_id": entry_id, "kind": kind, "tag": name[:-2] if direction else name, "direction": direction,
        "by": "machine", "score": 0.9, "spans": [], "model": "crowd", "at": at,
    }  # fmt: skip
