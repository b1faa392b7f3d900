"""A message of LINE's as the interview engine knows it."""

from bot.conversations import pictures
from bot.conversations.desk import Desk
from bot.interview.replies import Location, Media, Reply, Sticker, Text
from bot.line.inbound import Heard

_MEDIA = ("image", "video", "audio")


def reply_of(desk: Desk, heard: Heard) -> Reply:
    """The reply. A photo that was fetched for it is kept, as long as an answer needs it."""
    match heard.kind:
        case "text":
            return Text(heard.text, heard.id)
        case "sticker":
            return Sticker(heard.keywords, heard.text, heard.id)
        case "location":
            return Location(heard.latitude, heard.longitude, heard.title, heard.address, heard.id)
        case "image":
            return _photo(desk, heard)
    return Media(heard.kind if heard.kind in _MEDIA else "file", heard.id)


def _photo(desk: Desk, heard: Heard) -> Media:
    photo = desk.photos.get(heard.id)
    if photo is None or not photo.key:
        return Media("image", heard.id, problem=photo.problem if photo else "later")
    pictures.keep(desk, photo, heard.id)
    return Media("image", heard.id, photo.key)
