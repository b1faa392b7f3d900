"""What a phone sends: a photo, and a place."""

from bot.interview.kinds.manner import Asked, Manner, Reading, unexpected
from bot.interview.progress import Status
from bot.interview.questionnaire import Value
from bot.interview.replies import Location, Media, Refusal, Reply, Text
from bot.messages import Option, OptionKind
from nlp.points import province_at

_PROBLEMS = frozenset({"too_large", "not_image", "gone", "later"})


class Photo(Manner):
    """A photo. The value is {"photo": the key it is stored under}."""

    def options(self, asked: Asked) -> tuple[Option, ...]:
        return (
            Option(asked.say("camera"), kind=OptionKind.CAMERA),
            Option(asked.say("album"), kind=OptionKind.ALBUM),
        )

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        match reply:
            case Media(kind="image", problem="", stored=key) if key:
                return Reading({"photo": key})
            case Media(problem=problem) if problem in _PROBLEMS:
                return Refusal(f"photo_{problem}")
            case Media(kind="image"):
                return Refusal("photo_later")
            case Media():
                return Refusal("photo_not_image")
            case _:
                return unexpected(reply, "photo")

    def show(self, asked: Asked) -> str:
        return asked.say("photo_kept")


class Place(Manner):
    """A place sent from the map; it counts as its province. An address that is typed is kept as it is."""

    def options(self, asked: Asked) -> tuple[Option, ...]:
        return (Option(asked.say("send_location"), kind=OptionKind.LOCATION),)

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        match reply:
            case Location(latitude=latitude, longitude=longitude, title=title, address=address):
                value: Value = {"latitude": latitude, "longitude": longitude, "title": title, "address": address}
                return Reading(value, province_at(latitude, longitude) or "", address or title)
            case Text(text=text) if text.strip():
                return Reading(None, words=text, status=Status.OWN_WORDS)
            case _:
                return unexpected(reply, "location")

    def show(self, asked: Asked) -> str:
        assert asked.before
        value = asked.before.value
        if asked.before.words or not isinstance(value, dict):
            return asked.before.words
        return f"{value['latitude']:.5f}, {value['longitude']:.5f}"
