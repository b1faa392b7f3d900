"""What holds of any questionnaire and any replies."""

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.interview.asking import MOST_OPTIONS
from bot.interview.conditions import showing
from bot.interview.engine import Complete, Hand, Progress, Say, Setting, Step, begin, gathered, resume, step
from bot.interview.progress import REVIEW, Status
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.reading import plain, problems, read
from bot.interview.replies import Location, Media, Reply, Sticker, Tap, Text
from bot.messages import Option, OptionKind, unpack
from nlp.answers import read_command, read_yes_no

SETTING = Setting("th", date(2026, 11, 21))
MOST_MESSAGES = 4
CALM = settings(max_examples=100, deadline=None)  # nothing here is about time
CHOICES = tuple("กล้วย มะม่วง ทุเรียน เงาะ ลำไย ฝรั่ง ส้มโอ มังคุด สับปะรด องุ่น แตงโม ขนุน น้อยหน่า".split())  # noqa: SIM905 - a list of words reads better so
KINDS = st.sampled_from(list(Kind))


def texts(text: str) -> dict[str, str]:
    return {"th": text, "en": f"{text} (en)"}


@st.composite
def questions(draw: st.DrawFn, place: int, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(KINDS)
    data: dict[str, Any] = {"name": f"q{place}", "kind": str(kind), "label": texts(f"คำถาม {place}")}
    if kind is not Kind.NOTE:
        data["required"] = draw(st.booleans())
    if kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        count = draw(st.integers(2, 13))
        data["choices"] = [{"name": f"c{n}", "label": texts(CHOICES[n])} for n in range(count)]
        data["choices"][-1][draw(st.sampled_from(["exclusive", "other"]))] = True
    if kind is Kind.RATING:
        data["scale"] = {"least": draw(st.integers(0, 1)), "most": draw(st.integers(3, 10))}
    if kind is Kind.NUMBER and draw(st.booleans()):
        data["constraint"] = {"least": 0, "most": 100, "whole": draw(st.booleans())}
    before = [each for each in earlier if each["kind"] in ("select_one", "yes_no", "select_multiple")]
    if before and draw(st.booleans()):
        on = draw(st.sampled_from(before))
        value = True if on["kind"] == "yes_no" else draw(st.sampled_from(on["choices"]))["name"]
        data["show_if"] = {"question": on["name"], draw(st.sampled_from(["is", "is_not"])): value}
    return data


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    listed: list[dict[str, Any]] = []
    for place in range(draw(st.integers(1, 8))):
        listed.append(draw(questions(place, listed)))
    listed.append({"name": "last", "kind": "text", "label": texts("ข้อสุดท้าย")})
    head = {name: texts(name) for name in ("title", "purpose", "intro", "outro")}
    data = {"slug": "s", "project": "p", "languages": ["th", "en"], "questions": listed, **head}
    return read(data)


WORDS = st.one_of(
    st.sampled_from(
        [
            "ข้าม",
            "ย้อนกลับ",
            "ยกเลิก",
            "ใช่",
            "ไม่",
            "เริ่มใหม่",
            "หยุดก่อน",
            "แก้ข้อ 2",
            "เสร็จแล้ว",
            "ส่ง",
            "1",
            "2, 3",
            "เมื่อวาน",
            "0812345678",
        ]
    ),
    st.text(max_size=40),
)
NAMES = st.one_of(st.sampled_from(["q0", "q1", "q2", "last", REVIEW, ""]), st.text(max_size=3))
ACTS = st.sampled_from(
    ["answer", "done", "skip", "back", "change", "file", "keep", "pause", "stop", "resume", "restart", "help", "", "x"]
)
VALUES = st.one_of(
    st.sampled_from(["c0", "c1", "yes", "no", "3", "2026-11-01", "words", "previous", "answer", ""]),
    st.text(max_size=5),
    st.just("9" * 5000),
)
REPLIES: st.SearchStrategy[Reply] = st.one_of(
    st.builds(Text, WORDS, st.uuids().map(str)),
    st.builds(Tap, ACTS, NAMES, VALUES),
    st.builds(Location, st.floats(-90, 90), st.floats(-180, 180), WORDS),
    st.builds(
        Media, st.sampled_from(["image", "video", "audio", "file"]), stored=st.sampled_from(["", "key"]), problem=VALUES
    ),
    st.builds(Sticker, st.lists(WORDS).map(tuple), WORDS),
)


def options(taken: Step) -> list[Option]:
    """Everything that can be tapped after a step."""
    found: list[Option] = []
    for effect in taken.effects:
        if isinstance(effect, Say):
            card = effect.message.card
            found += effect.message.options
            found += [*(row.option for row in card.rows if row.option), *card.options] if card else []
    return found


def well_formed(taken: Step) -> None:
    said = [effect.message for effect in taken.effects if isinstance(effect, Say)]
    assert len(said) <= MOST_MESSAGES
    assert all(len(message.options) <= MOST_OPTIONS for message in said)
    assert all(message.text.strip() for message in said)
    assert all(option.label for option in options(taken))
    data = json.loads(json.dumps(taken.progress.to_data()))
    assert Progress.from_data(data) == taken.progress


def words_in(progress: Progress) -> str:
    """Every word that is kept, wherever."""
    answers = (answer.words for answer in progress.answers.values())
    heard = (each.words for heard in progress.heard.values() for each in heard)
    return "\n".join((*answers, *heard))


def proper_reply(question: Question) -> Reply:
    """A reply that answers the question."""
    match question.kind:
        case Kind.SELECT_ONE:
            return Tap("answer", question.name, question.choices[0].name)
        case Kind.SELECT_MULTIPLE:
            return Text(question.choices[0].label["th"], "m")
        case Kind.RATING:
            return Tap("answer", question.name, str(question.scale.most))
        case Kind.YES_NO:
            return Tap("answer", question.name, "yes")
        case Kind.DATE:
            return Tap("answer", question.name, "2026-11-01")
        case Kind.PHOTO:
            return Media("image", "m", "key")
        case Kind.LOCATION:
            return Location(13.7, 100.5)
        case Kind.PHONE:
            return Text("081-234-5678", "m")
        case Kind.NUMBER:
            return Text("12", "m")
        case _:
            return Text("น้ำท่วมทุกปี", "m")


def finish(questionnaire: Questionnaire, progress: Progress) -> tuple[Step, int]:
    """Answer properly until it is filed: the last step, and how many there were."""
    for count in range(1, 40):
        at = next((each for each in questionnaire.questions if each.name == progress.at), None)
        ticking = at is not None and at.kind is Kind.SELECT_MULTIPLE and at.name in progress.answers
        reply = Tap("file") if at is None else Tap("done", at.name) if ticking else proper_reply(at)
        taken = step(questionnaire, progress, reply, SETTING)
        if ticking and taken.progress.at == progress.at:  # nothing is ticked any more
            taken = step(questionnaire, progress, Tap("answer", at.name, at.choices[0].name), SETTING)
        well_formed(taken)
        progress = taken.progress
        if any(isinstance(effect, Complete) for effect in taken.effects):
            return taken, count
    raise AssertionError(f"it did not end: {progress}")


@CALM
@given(questionnaires())
def test_reads_back_what_it_writes(questionnaire: Questionnaire) -> None:
    data = json.loads(json.dumps(plain(questionnaire)))
    assert problems(data) == []
    assert read(data) == questionnaire


@CALM
@given(questionnaires())
def test_ends_with_every_shown_question_answered_once(questionnaire: Questionnaire) -> None:
    taken, count = finish(questionnaire, begin(questionnaire, SETTING).progress)
    (complete,) = (effect for effect in taken.effects if isinstance(effect, Complete))
    shown = [each.name for each in showing(questionnaire, taken.progress.answers) if each.kind is not Kind.NOTE]
    assert [answer.question for answer in complete.answers] == shown
    assert all(answer.status == Status.ANSWERED for answer in complete.answers)
    assert count == len(shown) + 1


@CALM
@given(questionnaires(), st.lists(REPLIES, max_size=25), st.sampled_from(["th", "en", "my", "zz"]))
def test_takes_anything(questionnaire: Questionnaire, replies: list[Reply], language: str) -> None:
    setting = Setting(language, SETTING.today)
    taken = begin(questionnaire, setting)
    well_formed(taken)
    for reply in replies:
        before = taken.progress
        taken = step(questionnaire, before, reply, setting)
        well_formed(taken)
        if any(isinstance(effect, Hand) for effect in taken.effects):
            assert taken.progress == before
        if taken.progress.at is None:
            taken = resume(questionnaire, taken.progress, setting)
            well_formed(taken)
    finish(questionnaire, taken.progress)


@CALM
@given(questionnaires(), st.lists(st.integers(0, 30), max_size=25))
def test_every_button_does_something(questionnaire: Questionnaire, picks: list[int]) -> None:
    taken = begin(questionnaire, SETTING)
    for pick in picks:
        taps = [each for each in options(taken) if each.kind in (OptionKind.TAP, OptionKind.DATE)]
        if not taps or taken.progress.at is None:
            break
        option = taps[pick % len(taps)]
        act, facts = unpack(option.data)
        value = "2026-11-01" if option.kind is OptionKind.DATE else facts.get("v", "")
        before, taken = taken, step(questionnaire, taken.progress, Tap(act, facts.get("q", ""), value), SETTING)
        well_formed(taken)
        assert taken != before or act == "resume"


@CALM
@given(questionnaires(), st.lists(st.text("กขคงจฉชซabc xyz!", min_size=12, max_size=40), max_size=12))
def test_loses_no_word(questionnaire: Questionnaire, said: list[str]) -> None:
    progress = begin(questionnaire, SETTING).progress
    for number, words in enumerate(said):
        # A yes or no to the review is done, not kept: "yaaaa" files it.
        decides = progress.at == REVIEW and read_yes_no(words) is not None
        if not decides and read_command(words, len(questionnaire.questions)) is None:
            progress = step(questionnaire, progress, Text(words, f"m{number}"), SETTING).progress
            assert words in words_in(progress)
    filed = "\n".join(answer.words for answer in gathered(questionnaire, progress))
    assert all(words in filed for words in said if words in words_in(progress))


@CALM
@given(questionnaires(), st.integers(1, 6))
def test_back_undoes(questionnaire: Questionnaire, steps: int) -> None:
    progress = begin(questionnaire, SETTING).progress
    for _ in range(steps):
        at = next((each for each in questionnaire.questions if each.name == progress.at), None)
        if at is None:
            return
        after = step(questionnaire, progress, proper_reply(at), SETTING).progress
        back = step(questionnaire, after, Tap("back", after.at or ""), SETTING).progress
        assert back.at == at.name
        assert {
            name: each for name, each in back.answers.items() if name != at.name and each.status != Status.SHOWN
        } == {name: each for name, each in progress.answers.items() if each.status != Status.SHOWN}
        assert step(questionnaire, back, proper_reply(at), SETTING).progress.at == after.at
        progress = after


@CALM
@given(questionnaires(), st.lists(REPLIES, max_size=12), st.integers(0, 11))
def test_forgets_an_unsent_message(questionnaire: Questionnaire, replies: list[Reply], place: int) -> None:
    progress = begin(questionnaire, SETTING).progress
    for number, reply in enumerate(replies):
        if number == place:
            reply = Text("ความลับสุดยอดของฉัน", "secret")
        if progress.at is not None:
            progress = step(questionnaire, progress, reply, SETTING).progress
    left = progress.forget("secret")
    assert "ความลับ" not in json.dumps(left.to_data(), ensure_ascii=False)
    finish(questionnaire, left if left.at else resume(questionnaire, left, SETTING).progress)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "slug",
    "title",
    "languages",
    "questions",
    "name",
    "kind",
    "label",
    "choices",
    "scale",
    "constraint",
    "show_if",
]


@CALM
@given(JSON)
def test_any_data_gives_problems(data: Any) -> None:
    assert problems(data)


@CALM
@given(questionnaires(), st.data())
def test_any_part_gone_wrong_gives_problems_or_reads(questionnaire: Questionnaire, data: st.DataObject) -> None:
    spoilt = plain(questionnaire)
    target: Any = spoilt
    for _ in range(data.draw(st.integers(0, 5))):
        inner = target.values() if isinstance(target, dict) else target
        inside = [each for each in inner if isinstance(each, dict | list) and each]
        if not inside:
            break
        target = data.draw(st.sampled_from(inside))
    keys = list(target) if isinstance(target, dict) else list(range(len(target)))
    target[data.draw(st.sampled_from(keys))] = data.draw(JSON)
    if not problems(spoilt):
        finish(read(spoilt), begin(read(spoilt), SETTING).progress)
