"""A rating, and yes or no."""

from collections.abc import Sequence

from bot.interview.kinds.manner import Asked, Manner, Reading, unexpected
from bot.interview.questionnaire import Question, Test, Value
from bot.interview.replies import Refusal, Reply, Sticker, Tap, Text
from bot.messages import Option
from nlp.answers import read_rating, read_yes_no

# LINE describes its stickers with English keywords; these say yes or no beyond doubt.
_YES = frozenset({"ok", "okay", "yes", "agree", "agreed", "thumbs up", "thumbsup", "good job", "approve"})
_NO = frozenset({"no", "nope", "disagree", "thumbs down", "thumbsdown", "no way"})


class Rating(Manner):
    """A number on a short scale."""

    fields = frozenset({"scale"})
    tests = frozenset(Test)

    def options(self, asked: Asked) -> tuple[Option, ...]:
        scale = asked.question.scale
        ends = {scale.least: asked.pick(scale.low), scale.most: asked.pick(scale.high)}
        return tuple(asked.option(str(n), f"{n} {ends.get(n, '')}".strip()) for n in range(scale.least, scale.most + 1))

    def lines(self, asked: Asked) -> tuple[str, ...]:
        scale = asked.question.scale
        ends = ((scale.least, asked.pick(scale.low)), (scale.most, asked.pick(scale.high)))
        return tuple(f"{n} = {word}" for n, word in ends if word)

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        scale = asked.question.scale
        match reply:
            case Tap(value=value) if value in map(str, range(scale.least, scale.most + 1)):
                return Reading(int(value), value, value)
            case Text(text=text):
                grade = read_rating(text, scale.least, scale.most)
                if grade is None or not scale.least <= grade <= scale.most:
                    return Refusal("rating", {"least": scale.least, "most": scale.most})
                return Reading(grade, str(grade), text)
            case _:
                return unexpected(reply, "choice_gone")

    def fits(self, question: Question, value: Value) -> bool:
        return type(value) is int and question.scale.least <= value <= question.scale.most

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        return range(question.scale.least, question.scale.most + 1)

    def show(self, asked: Asked) -> str:
        assert asked.before
        return f"{asked.before.value}/{asked.question.scale.most}"


class YesNo(Manner):
    """Yes or no. The value is true or false."""

    tests = frozenset({Test.IS, Test.IS_NOT, Test.ANSWERED})

    def options(self, asked: Asked) -> tuple[Option, ...]:
        return asked.option("yes", asked.say("yes")), asked.option("no", asked.say("no"))

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        match reply:
            case Tap(value="yes" | "no" as value):
                return Reading(value == "yes", value, asked.say(value))
            case Text(text=text):
                verdict, words = read_yes_no(text, asked.words), text
            case Sticker():
                verdict, words = _stuck(reply), reply.text
            case _:
                return unexpected(reply, "choice_gone")
        if verdict is None:
            return unexpected(reply, "yes_no")
        return Reading(verdict, "yes" if verdict else "no", words)

    def fits(self, question: Question, value: Value) -> bool:
        return isinstance(value, bool)

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        return (True, False)

    def show(self, asked: Asked) -> str:
        assert asked.before
        return asked.say("yes" if asked.before.value else "no")


def _stuck(sticker: Sticker) -> bool | None:
    """What a sticker says, or None where its words and keywords are unclear or at odds."""
    read = read_yes_no(sticker.text) if sticker.text else None
    keywords = {each.strip().casefold() for each in sticker.keywords}
    yes, no = read is True or bool(keywords & _YES), read is False or bool(keywords & _NO)
    return yes if yes != no else None
