"""Photos: fetched, looked at, kept as files under a name that tells nothing, and removed."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.line.gateway import Content, Contents, Gone, NotReady, Rejected, TooLarge
from bot.photos import LARGEST, Photos


class Phone(Contents):
    """What LINE would give: these bytes, or this error."""

    def __init__(self, held: bytes | Exception) -> None:
        self.held, self.limits = held, list[int]()

    def content(self, message_id: str, limit: int) -> Content:
        """The bytes, whatever is asked for."""
        self.limits.append(limit)
        if isinstance(self.held, Exception):
            raise self.held
        return Content(self.held, "text/html")


def picture(form: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(written, form)
    return written.getvalue()


@pytest.mark.parametrize(
    ("form", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")],
)
def test_a_photo_is_kept_by_what_its_bytes_say(tmp_path: Path, form: str, content_type: str) -> None:
    photos, phone = Photos(tmp_path), Phone(picture(form))
    photo = photos.fetch(phone, "m1")
    assert (photo.content_type, photo.size, photo.problem) == (content_type, len(picture(form)), "")
    assert photos.read(photo.key) == picture(form)
    assert phone.limits == [LARGEST]


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (TooLarge(), "too_large"),
        (Gone(), "gone"),
        (Rejected(), "gone"),
        (NotReady(), "later"),
        (b"", "not_image"),
        (b"<html><script>alert(1)</script></html>", "not_image"),
        (picture("PNG")[:40], "not_image"),
        (picture("BMP"), "not_image"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(tmp_path: Path, held: bytes | Exception, problem: str) -> None:
    photo = Photos(tmp_path).fetch(Phone(held), "m1")
    assert (photo.problem, photo.key) == (problem, "")
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize("message_id", ["m1", "../../etc/passwd", "/etc/passwd", "a" * 64])
def test_no_message_leads_out_of_the_folder(tmp_path: Path, message_id: str) -> None:
    key = Photos(tmp_path).fetch(Phone(picture("PNG")), message_id).key
    assert (tmp_path / key).resolve().is_relative_to(tmp_path)
    assert message_id not in key or message_id == "a" * 64


def test_a_second_fetch_keeps_one_file(tmp_path: Path) -> None:
    photos = Photos(tmp_path)
    assert photos.fetch(Phone(picture("PNG")), "m1") == photos.fetch(Phone(picture("PNG")), "m1")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_removed_photo_is_gone_and_may_be_removed_again(tmp_path: Path) -> None:
    photos = Photos(tmp_path)
    key = photos.fetch(Phone(picture("PNG")), "m1").key
    photos.remove(key)
    photos.remove(key)
    with pytest.raises(FileNotFoundError):
        photos.read(key)
