"""How people answer one question: by tapping, or by typing in one of the manners of phrases.yaml."""

import base64
from collections.abc import Callable
from typing import Any

from bot.interview.questionnaire import Kind, Question, Value
from bot.rehearsals.acts import Act, Acts, Aim, FellOff, How
from bot.rehearsals.meaning import PLACES
from bot.rehearsals.phrases import manner, phrases
from bot.rehearsals.scene import Scene
from bot.rehearsals.spelling import slipped, spelt
from bot.wording import pick, say

Way = Callable[[Scene, Question], Acts]
# The smallest PNG there is: one grey point.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


def tapped(scene: Scene, question: Question) -> Acts:
    """With the buttons, as far as there are any; what is not on a button is typed plainly."""
    value = scene.meant(question)
    if question.default is not None and scene.offers("keep", q=question.name, v="default"):
        offered = scene.button("keep", q=question.name, v="default")
        yield Act(How.TAPS, offered.label, value=question.default, data=offered.data)
        return
    match question.kind:
        case Kind.PHOTO:
            yield Act(How.SENDS, "รูป", message={"kind": "image", "text": ""}, photo=PICTURE)
        case Kind.LOCATION:
            yield _located(scene)
        case Kind.DATE:
            day = scene.button("answer", q=question.name)
            yield Act(How.TAPS, str(value), value=value, data=day.data, params={"date": str(value)})
        case Kind.SELECT_MULTIPLE:
            yield from _ticked(scene, question, value)
        case Kind.SELECT_ONE | Kind.RATING | Kind.YES_NO if scene.offers("answer", q=question.name, v=_name(value)):
            option = scene.button("answer", q=question.name, v=_name(value))
            yield Act(How.TAPS, option.label, value=value, data=option.data)
        case _:
            yield from typed("plain")(scene, question)


def typed(how: str) -> Way:
    """In words, in this manner."""

    def way(scene: Scene, question: Question) -> Acts:
        value = scene.meant(question)
        if value is None:
            yield from _instead(scene, question)
        else:
            yield Act(How.SAYS, _put(scene, question, value, how), value=value)

    return way


def numbered(scene: Scene, question: Question) -> Acts:
    """By the number in the list, in Thai digits or in words; other kinds of answers in Thai digits."""
    value = scene.meant(question)
    names = [each.name for each in question.choices]
    if not names or value is None:
        yield from typed("digits")(scene, question)
        return
    places = [names.index(str(each)) + 1 for each in (value if isinstance(value, list) else [value])]
    told = [spelt(each, scene.language, words=scene.dice.random() < 0.3) for each in places]
    yield Act(How.SAYS, " ".join(told), value=value)


def _ticked(scene: Scene, question: Question, value: Any) -> Acts:
    """One tick after the other, and then done. What has no button is typed."""
    for name in value:
        if scene.offers("answer", q=question.name, v=name):
            option = scene.button("answer", q=question.name, v=name)
            yield Act(How.TAPS, option.label, Aim.PART, data=option.data)
        else:
            label = next(pick(each.label, scene.language) for each in question.choices if each.name == name)
            yield Act(How.SAYS, label, Aim.PART)
        if scene.question != question:
            return
    done = scene.button("done", q=question.name)
    yield Act(How.TAPS, done.label, value=value, data=done.data)


def _located(scene: Scene) -> Act:
    latitude, longitude, title = PLACES[scene.place % len(PLACES)]
    where = {"kind": "location", "latitude": latitude, "longitude": longitude, "title": title, "text": ""}
    return Act(How.SENDS, title, message=where)


def _instead(scene: Scene, question: Question) -> Acts:
    """Of what cannot be typed: an address instead of a place; that there is no picture, and then none."""
    if question.kind is Kind.LOCATION:
        yield Act(How.SAYS, PLACES[scene.place % len(PLACES)][2])
        return
    yield Act(How.SAYS, pick(phrases()["no_photo"], scene.language), Aim.ASIDE)
    if scene.question == question and scene.offers("skip"):
        yield move(scene, "skip")


def _put(scene: Scene, question: Question, value: Value, how: str) -> str:
    """The value in words of this manner."""
    dice, told = scene.dice, manner(how)
    local = scene.language if how in ("plain", "digits") else "th"
    match question.kind:
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
            names = value if isinstance(value, list) else [value]
            labels = [pick(each.label, scene.language) for each in question.choices if each.name in names]
            labels = [slipped(each, dice) for each in labels] if how == "slip" else labels
            return str(told["choice"]).format(it=", ".join(labels))
        case Kind.YES_NO:
            return (
                str(dice.choice(told["agree" if value else "deny"])) if local == "th" else _yes_no(scene, bool(value))
            )
        case Kind.RATING | Kind.NUMBER:
            own_digits = how == "digits" or local not in ("th", "en")
            it = spelt(value, local, words=how == "digits" and dice.random() < 0.5) if own_digits else value
            return str(told["rating" if question.kind is Kind.RATING else "number"]).format(it=it)
        case Kind.DATE:
            return _dated(str(value), scene.language, how == "digits")
    return str(value)


def _yes_no(scene: Scene, value: bool) -> str:
    return say(scene.language, "interview.yes" if value else "interview.no")


def _dated(iso: str, language: str, thai_digits: bool) -> str:
    year, month, day = map(int, iso.split("-"))
    if language in ("my", "km", "lo"):
        return f"{day}/{month}/{year}"
    name = say(language, "interview.months").split("|")[month - 1]
    told = f"{day} {name} {year + 543 if language == 'th' else year}"
    return spelt(told, "th") if thai_digits else told


def _name(value: Value | None) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def answer(scene: Scene, question: Question, *ways: Way) -> Acts:
    """Answer in one way after the other until it is understood; then by whatever way out the bot offers."""
    for way in ways:
        yield from way(scene, question)
        if scene.question != question:
            return
    yield from way_out(scene, question)


def way_out(scene: Scene, question: Question) -> Acts:
    """Leave the words as they are, or leave the question out. Raises FellOff where neither is offered."""
    for verb, facts in (("keep", {"v": "words"}), ("skip", {})):
        if scene.offers(verb, **facts):
            yield move(scene, verb, **facts)
            return
    raise FellOff("refused")


def move(scene: Scene, verb: str, **facts: str) -> Act:
    """A tap on one of the bot's own buttons."""
    option = scene.button(verb, **facts)
    return Act(How.TAPS, option.label, Aim.MOVE, data=option.data)
