"""What people sent: photos, videos, voices, files."""

import base64

from handlers.standin.media import Content
from handlers.standin.operations import Operation
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, Wrong, not_found

_DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")


def content(standin: Standin, call: Call) -> Answer:
    """The bytes; 202 while they are being prepared, 410 after the sender took them back."""
    found = _find(standin, call)
    if found.not_ready > 0:
        found.not_ready -= 1
        return Answer(202)
    return Answer(content=found.data, content_type=found.content_type)


def preview(standin: Standin, call: Call) -> Answer:
    """A small picture of a photo or video: here the photo itself, and a grey dot for a video."""
    found = _find(standin, call)
    if found.kind not in ("image", "video"):
        raise not_found()
    if found.not_ready > 0:
        return Answer(202)
    if found.kind == "video":
        return Answer(content=_DOT, content_type="image/png")
    return Answer(content=found.data, content_type=found.content_type)


def transcoding(standin: Standin, call: Call) -> Answer:
    """Whether a video or voice can be fetched yet."""
    found = _find(standin, call)
    if found.kind not in ("video", "audio"):
        raise not_found()
    return Answer(body={"status": "processing" if found.not_ready > 0 else "succeeded"})


def _find(standin: Standin, call: Call) -> Content:
    message_id = call.args["message_id"]
    with standin.lock:
        if message_id in standin.media.gone:
            raise Wrong(410, "The content is gone")
        found = standin.media.held.get(message_id)
    if found is None:
        raise not_found()
    return found


_CONTENT = "/v2/bot/message/<message_id>/content"

OPERATIONS = (
    Operation("GET", _CONTENT, content),
    Operation("GET", _CONTENT + "/preview", preview),
    Operation("GET", _CONTENT + "/transcoding", transcoding),
)
