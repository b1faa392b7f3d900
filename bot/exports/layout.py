"""The columns of a table of entries, and what each means.

Versions of a survey are merged by question name: a question that was ever asked has its columns, once. Each answer
stands as code and as label; of several choices each has a column of its own (1 or 0), beside the joined ones.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dates import BANGKOK, day_of, shown
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.messages import fallback
from bot.store.exporting import Filed

Cell = str | int | float | None
JOINED = "; "
QUALITIES = ("correct", "fast", "cheap", "anywhere_anytime", "service_mind")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file, what it means (for the dictionary), and how a cell is made."""

    name: str
    meaning: str
    cell: Callable[[Filed], Cell]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A survey as the export needs it: its name and every question that any of its versions asked, newest wording."""

    slug: str
    questions: Sequence[Question]


def merged(slug: str, versions: Iterable[Questionnaire]) -> Instrument:
    """The versions of a survey, oldest first, as one: by question name, choices of all versions together."""
    questions: dict[str, Question] = {}
    for version in versions:
        for question in version.questions:
            if question.kind is not Kind.NOTE:
                questions[question.name] = _with_choices_of(question, questions.get(question.name))
    return Instrument(slug, tuple(questions.values()))


def _with_choices_of(question: Question, earlier: Question | None) -> Question:
    if earlier is None or earlier.kind != question.kind:
        return question
    known = {each.name for each in question.choices}
    gone = tuple(each for each in earlier.choices if each.name not in known)
    return replace(question, choices=question.choices + gone)


def columns(instruments: Sequence[Instrument], unmasked: bool, one_survey: bool) -> list[Column]:
    """Every column: of the entry itself, then of each survey's questions.

    Where one survey alone is exported its columns are called as its questions are; else its name stands before.
    """
    found = _own(unmasked)
    for instrument in instruments:
        before = "" if one_survey else f"{instrument.slug}."
        for question in instrument.questions:
            found += _of_question(instrument.slug, question, before + question.name, unmasked)
    return found


def _own(unmasked: bool) -> list[Column]:
    text = (lambda filed: filed.entry.text) if unmasked else (lambda filed: filed.entry.masked)
    plain = ("number", "kind", "project", "survey", "version", "status", "language")
    meanings = {
        "number": "เลขที่อ้างอิง / reference number",
        "kind": "survey = ตอบแบบสอบถาม, words = เขียนเอง / where it comes from",
        "project": "โครงการ / project; ว่าง = ยังไม่จัดเข้าโครงการ",
        "survey": "แบบสอบถาม / survey",
        "version": "รุ่นของแบบสอบถาม / version of the survey",
        "status": "สถานะ / status: new in_review used answered closed",
        "language": "ภาษา / language",
    }
    return [
        Column("filed_at", "วันเวลาที่บันทึก ISO 8601 เวลาไทย / when it was filed", _moment),
        Column("filed_on_th", "วันที่บันทึก พ.ศ. / date in the Buddhist Era", _thai_date),
        *(Column(name, meanings[name], _attribute(name)) for name in plain),
        Column("partial", "1 = ตอบไม่ครบ / not all was answered", lambda filed: int(filed.entry.partial)),
        Column("text", "ถ้อยคำ / the free words" + ("" if unmasked else " (ปิดข้อมูลส่วนบุคคล / masked)"), text),
        Column("sentiment", "ความรู้สึก pos neu neg / sentiment", _attribute("sentiment")),
        Column("sentiment_score", "ความมั่นใจ 0–1 / confidence", lambda filed: round(filed.entry.sentiment_score, 3)),
        Column("urgency", "ความเร่งด่วน normal soon crisis / urgency", _attribute("urgency")),
        Column("topics", "หัวข้อ / topics", _tags("topic")),
        *(
            Column(f"quality.{each}", f"คุณภาพบริการ {each} +1 −1 / service quality", _quality(each))
            for each in QUALITIES
        ),
        Column("province", "จังหวัด / province", _attribute("province")),
        Column("places", "สถานที่ที่เอ่ยถึง / places named", _tags("place")),
        Column("model", "รุ่นของตัวอ่านข้อความ / what tagged the words", _attribute("model")),
    ]


def _attribute(name: str) -> Callable[[Filed], Cell]:
    return lambda filed: getattr(filed.entry, name)


def _moment(filed: Filed) -> str:
    return str(filed.entry.filed_at.astimezone(BANGKOK).isoformat(timespec="seconds"))


def _thai_date(filed: Filed) -> str:
    return shown(day_of(filed.entry.filed_at), "th")


def _tags(kind: str) -> Callable[[Filed], Cell]:
    return lambda filed: JOINED.join(dict.fromkeys(each.tag for each in filed.tags if each.kind == kind))


def _quality(name: str) -> Callable[[Filed], Cell]:
    def cell(filed: Filed) -> Cell:
        return next((each.direction for each in filed.tags if each.kind == "quality" and each.tag == name), None)

    return cell


def _of_question(survey: str, question: Question, name: str, unmasked: bool) -> list[Column]:
    label = " ".join(fallback(question.label, "th").split())
    value = Column(name, f"{label} (รหัส / code)", _answered(survey, question, lambda row: coded(row, unmasked)))
    told = Column(f"{name}.words", f"{label} (คำของผู้ตอบ / own words)", _answered(survey, question, _words(unmasked)))
    if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        return [value, told] if question.kind is not Kind.TEXT else [told]
    labels = {each.name: fallback(each.label, "th") for each in question.choices}
    shown_as = Column(
        f"{name}.label", f"{label} (ข้อความ / label)", _answered(survey, question, lambda row: _labels(row, labels))
    )
    found = [value, shown_as]
    if question.kind is Kind.SELECT_MULTIPLE:
        found += [
            Column(f"{name}/{each}", f"{label}: {text} (1 = เลือก / chosen)", _answered(survey, question, _chose(each)))
            for each, text in labels.items()
        ]
    return [*found, told]


def _answered(survey: str, question: Question, cell: Callable[[Any], Cell]) -> Callable[[Filed], Cell]:
    def of(filed: Filed) -> Cell:
        if filed.entry.survey != survey:
            return None
        row = next((each for each in filed.answers if each.question == question.name), None)
        return None if row is None else cell(row)

    return of


def coded(row: Any, unmasked: bool) -> Cell:
    """An answer's value as one cell. A phone number, a photo and an exact point are personal, so masked."""
    value = row.value
    if row.kind in (Kind.PHONE, Kind.PHOTO, Kind.LOCATION) and value is not None and not unmasked:
        return {"phone": "[เบอร์โทร]", "photo": "[รูปภาพ]", "location": "[ตำแหน่ง]"}[row.kind]
    match value:
        case bool():
            return int(value)
        case list():
            return JOINED.join(map(str, value))
        case dict() if row.kind == Kind.LOCATION:
            return f"{value.get('latitude')}, {value.get('longitude')}"
        case dict():
            return JOINED.join(map(str, value.values()))
        case str() if row.kind == Kind.TEXT:
            return str(row.words if unmasked else row.masked)
    return value


def _words(unmasked: bool) -> Callable[[Any], Cell]:
    return lambda row: _hidden(row) if not unmasked else row.words


def _hidden(row: Any) -> Cell:
    """The person's words without personal data; of a phone, a photo or a point no word is safe to tell."""
    return "" if row.kind in (Kind.PHONE, Kind.PHOTO, Kind.LOCATION) and row.value is not None else row.masked


def _labels(row: Any, labels: dict[str, str]) -> Cell:
    names = row.value if isinstance(row.value, list) else [row.value] if row.value else []
    return JOINED.join(labels.get(str(each), str(each)) for each in names)


def _chose(name: str) -> Callable[[Any], Cell]:
    return lambda row: int(name in row.value) if isinstance(row.value, list) else None
