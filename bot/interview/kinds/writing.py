"""Words: free text, a telephone number, and a note that asks nothing."""

from bot.interview.kinds.manner import Asked, Manner, Reading, unexpected
from bot.interview.replies import Refusal, Reply, Text
from nlp.answers import read_phone


class FreeText(Manner):
    """Anything, in the citizen's own words."""

    fields = frozenset({"default"})
    bounds = frozenset({"longest"})

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        if not isinstance(reply, Text) or not reply.text.strip():
            return unexpected(reply, "text")
        longest = asked.question.constraint.longest
        if longest is not None and len(reply.text) > longest:
            return asked.against("too_long", longest=longest, length=len(reply.text))
        return Reading(reply.text, words=reply.text)


class Phone(Manner):
    """A Thai telephone number. The value is its digits: "0812345678"."""

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        digits = read_phone(reply.text) if isinstance(reply, Text) else None
        if digits is None or not isinstance(reply, Text):
            return unexpected(reply, "phone")
        return Reading(digits, words=reply.text)

    def show(self, asked: Asked) -> str:
        assert asked.before
        digits = str(asked.before.value)
        return f"{digits[:-7]}-{digits[-7:-4]}-{digits[-4:]}" if len(digits) > 7 else digits


class Note(Manner):
    """Something said on the way. It is never waited for."""

    tests = frozenset()
