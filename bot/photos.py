"""Photos that citizens send: fetched from LINE, checked, and kept as files outside of the database."""

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bot.line.gateway import Contents, Gone, NotReady, Rejected, TooLarge

# LINE lets people send photos of up to 10 MB (Messaging API reference, "Image message").
LARGEST = 10 * 1024 * 1024
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fetched for a message: the key it is kept under, its type and size, or the `problem` it had."""

    key: str = ""
    content_type: str = ""
    size: int = 0
    problem: str = ""


class Photos:
    """The folder of photos. A photo's key is its path below the folder, and never leads out of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, gateway: Contents, message_id: str) -> Photo:
        """Fetch a message's photo and keep it. A second call overwrites it with the same.

        What is wrong with it is told in `problem`: "too_large", "gone", "later" or "not_image". Raises Throttled and
        Unreachable, as the gateway does.
        """
        try:
            content = gateway.content(message_id, LARGEST)
        except TooLarge:
            return Photo(problem="too_large")
        except (Gone, Rejected):
            return Photo(problem="gone")
        except NotReady:
            return Photo(problem="later")
        content_type = _type_of(content.data)
        if content_type is None:
            return Photo(problem="not_image")
        key = _key(message_id, content_type)
        self._write(key, content.data)
        return Photo(key, content_type, len(content.data))

    def _write(self, key: str, data: bytes) -> None:
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: a crash leaves no half a photo under the key.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)

    def read(self, key: str) -> bytes:
        """The bytes of a photo. Raises FileNotFoundError where it was erased."""
        return (self._folder / key).read_bytes()

    def remove(self, key: str) -> None:
        """Delete a photo; one that is gone already is fine."""
        (self._folder / key).unlink(missing_ok=True)


def _key(message_id: str, content_type: str) -> str:
    name = hashlib.sha256(message_id.encode()).hexdigest()[:40]
    return f"{name[:2]}/{name}.{content_type.removeprefix('image/')}"


def _type_of(data: bytes) -> str | None:
    """What the bytes are, by looking at them: the sender's word for it is not enough."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.verify()
            return FORMATS.get(image.format or "")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
