"""What the twenty scripted citizens do. Each habit is a script that looks at the scene before every act."""

from collections.abc import Callable, Iterator
from functools import partial

from bot.interview.questionnaire import Question
from bot.rehearsals.acts import Act, Acts, Aim, How
from bot.rehearsals.phrases import phrases
from bot.rehearsals.scene import Scene
from bot.rehearsals.ways import PICTURE, Way, answer, move, numbered, tapped, typed, way_out
from bot.wording import pick

Habit = Callable[[Scene], Acts]
Before = Callable[[Scene, Question], Acts]

NUDGED, EXPIRED = 20, 96  # hours: see bot/conversations/silence.py


def _nothing(_scene: Scene, _question: Question) -> Acts:
    return iter(())


def through(scene: Scene, *ways: Way, before: Before = _nothing) -> Acts:
    """Answer every question in these ways, until it is filed."""
    while scene.asking:
        question = scene.question
        if question is None:
            yield move(scene, "file")
            continue
        yield from before(scene, question)
        if scene.question == question:
            yield from answer(scene, question, *ways)


def taps(scene: Scene) -> Acts:
    """Taps only."""
    yield from through(scene, tapped)


def types(scene: Scene, how: str = "plain") -> Acts:
    """Types everything: first in their own manner, then plainly; in the end they tap."""
    yield from through(scene, typed(how), typed("plain"), tapped)


def counts(scene: Scene) -> Acts:
    """Types numbers of choices, Thai digits and number words."""
    yield from through(scene, numbered, typed("plain"), tapped)


def foreign(scene: Scene) -> Acts:
    """Types in another language where the survey speaks it; else says so, and taps what they guess at."""
    ways = (typed("plain"), numbered, tapped)
    yield from through(scene, *(ways if scene.language in scene.survey.languages else (tapped,)), before=_puzzled)


def _puzzled(scene: Scene, question: Question) -> Acts:
    if scene.language not in scene.survey.languages and question == scene.survey.questions[0]:
        yield Act(How.SAYS, pick(phrases()["strange"], scene.language), Aim.ASIDE)


def sticks(scene: Scene) -> Acts:
    """Sends a sticker, a photo or a voice message first, and then taps."""
    yield from through(scene, tapped, before=_stick)


def _stick(scene: Scene, _question: Question) -> Acts:
    match scene.dice.randrange(3):
        case 0:
            yield Act(How.SENDS, "สติกเกอร์", Aim.ASIDE, message={"kind": "sticker", "keywords": ("hello",), "text": ""})
        case 1:
            yield Act(How.SENDS, "รูป", Aim.ASIDE, message={"kind": "image", "text": ""}, photo=PICTURE)
        case _:
            yield Act(How.SENDS, "เสียง", Aim.ASIDE, message={"kind": "audio", "text": ""})


def falls_silent(scene: Scene) -> Acts:
    """Answers one question, is silent until nudged, then for days, and comes back."""
    if scene.question is not None:
        yield from answer(scene, scene.question, tapped)
    yield Act(How.WAITS, "", Aim.MOVE, hours=NUDGED + 4)
    yield Act(How.WAITS, "", Aim.MOVE, hours=EXPIRED)
    if scene.offers("resume"):
        yield move(scene, "resume")
    yield from through(scene, typed("plain"), tapped)


def loses_patience(scene: Scene) -> Acts:
    """Insults, writes three messages at once, and cancels before the end."""
    for _ in range(2):
        if scene.question is None:
            break
        yield Act(How.SAYS, scene.dice.choice(phrases()["insults"]), Aim.ASIDE)
        if scene.question is not None:
            yield from answer(scene, scene.question, typed("plain"), tapped)
    for each in phrases()["asides"][:3]:
        yield Act(How.SAYS, each, Aim.ASIDE)
    yield Act(How.SAYS, "ยกเลิก", Aim.MOVE)
    yield move(scene, "stop", v="yes")


def tells_all(scene: Scene) -> Acts:
    """Gives personal data wherever there is room for words, and writes at great length."""
    yield from through(scene, _with_data, typed("plain"), tapped)


def _with_data(scene: Scene, question: Question) -> Acts:
    if question.kind != "text":
        yield from tapped(scene, question)
        return
    told = str(scene.dice.choice(phrases()["personal"]))
    long = f"{str(phrases()['long']).strip()} " * 12 + told
    yield Act(How.SAYS, long, value=long)
    if scene.question == question:
        room = question.constraint.longest or 5000
        yield Act(How.SAYS, told[:room], value=told[:room])


def in_danger(scene: Scene) -> Acts:
    """Answers one question, speaks of danger, and goes on once that is answered."""
    if scene.question is not None:
        yield from answer(scene, scene.question, tapped)
    yield Act(How.SAYS, phrases()["danger"], Aim.ASIDE)
    if scene.asking and scene.offers("resume"):
        yield move(scene, "resume")
    yield from through(scene, tapped)


def wanders(scene: Scene) -> Acts:
    """Talks of other things, asks for help, pauses and comes back."""
    asides: Iterator[str] = iter(phrases()["asides"])

    def wander(scene: Scene, _question: Question) -> Acts:
        if (aside := next(asides, None)) is not None:
            yield Act(How.SAYS, aside, Aim.ASIDE)

    yield Act(How.SAYS, "ช่วยเหลือ", Aim.MOVE)
    yield Act(How.SAYS, "หยุดก่อน", Aim.MOVE)
    yield Act(How.SAYS, "ทำต่อ", Aim.MOVE)
    yield from through(scene, typed("plain"), tapped, before=wander)


def changes_mind(scene: Scene) -> Acts:
    """Goes back, taps old buttons, takes a message back, and answers again."""
    first = scene.question
    if first is not None:
        old = list(scene.options)
        yield from answer(scene, first, tapped)
        yield Act(How.SAYS, "ย้อนกลับ", Aim.MOVE)
        if scene.question is not None:
            yield from answer(scene, scene.question, tapped)
        for option in old[:1]:
            yield Act(How.TAPS, option.label, Aim.MOVE, data=option.data)
    if scene.question is not None:
        yield from answer(scene, scene.question, typed("plain"), tapped)
        if scene.sent:
            yield Act(How.UNSENDS, "ลบข้อความล่าสุด", Aim.MOVE)
    yield from through(scene, tapped)


def skips(scene: Scene) -> Acts:
    """Skips whatever can be skipped, and taps the rest."""

    def skipping(scene: Scene, _question: Question) -> Acts:
        yield Act(How.SAYS, "ข้าม", Aim.MOVE)

    yield from through(scene, tapped, before=skipping)


def knows_nothing(scene: Scene) -> Acts:
    """Says that they do not know, to everything."""

    def unsure(scene: Scene, question: Question) -> Acts:
        for each in phrases()["unsure"]:
            yield Act(How.SAYS, each, Aim.ASIDE)
            if scene.question != question:
                return
        yield from way_out(scene, question)

    yield from through(scene, tapped, before=unsure)


HABITS: dict[str, tuple[str, Habit]] = {
    "taps": ("th", taps),
    "types": ("th", types),
    "slips": ("th", partial(types, how="slip")),
    "counts": ("th", counts),
    "north": ("th", partial(types, how="north")),
    "isan": ("th", partial(types, how="isan")),
    "south": ("th", partial(types, how="south")),
    "burmese": ("my", foreign),
    "khmer": ("km", foreign),
    "lao": ("lo", foreign),
    "english": ("en", foreign),
    "sticks": ("th", sticks),
    "silent": ("th", falls_silent),
    "impatient": ("th", loses_patience),
    "tells_all": ("th", tells_all),
    "danger": ("th", in_danger),
    "wanders": ("th", wanders),
    "changes": ("th", changes_mind),
    "skips": ("th", skips),
    "unsure": ("th", knows_nothing),
}
"""The twenty, in the order they come on: {name: (the language of their phone, what they do)}."""
