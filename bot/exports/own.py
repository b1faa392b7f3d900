"""The columns that every entry has, whatever was asked."""

from collections.abc import Callable

from bot.dates import BANGKOK, day_of, shown
from bot.exports.layout import JOINED, Cell, Column
from bot.store.entries import EntryKind, EntryStatus, TagKind
from bot.store.exporting import Filed

# The five marks of a good public service that GovLab asks after; nlp tags them.
QUALITIES = ("correct", "fast", "cheap", "anywhere_anytime", "service_mind")
WIDE = 60


def own_columns(unmasked: bool) -> list[Column]:
    """When, which, where it belongs, its words, and what was read in them."""
    text = (lambda filed: filed.entry.text) if unmasked else (lambda filed: filed.entry.masked)
    hidden = "" if unmasked else " (ปิดข้อมูลส่วนบุคคลแล้ว / masked)"
    statuses = JOINED.join(each for each in EntryStatus if each is not EntryStatus.WITHDRAWN)
    return [
        _plain("number", "เลขที่อ้างอิง / reference number"),
        Column("filed_at", "วันเวลาที่บันทึก เวลาไทย / when it was filed, Bangkok time (ISO 8601)", _moment, width=20),
        Column("filed_on_th", "วันที่บันทึก พ.ศ. / date of filing in the Buddhist Era", _thai_date),
        _plain("kind", "ที่มา ตอบแบบสอบถามหรือเขียนเอง / a survey, or free words", JOINED.join(EntryKind)),
        _plain("project", "โครงการ ว่าง = ยังไม่จัดเข้าโครงการ / project; empty: not placed yet"),
        _plain("survey", "แบบสอบถาม / survey"),
        _plain("version", "รุ่นของแบบสอบถาม / version of the survey"),
        _plain("status", "สถานะ / status", statuses),
        Column("partial", "ตอบไม่ครบ / not all was answered", lambda filed: int(filed.entry.partial), "1; 0"),
        _plain("language", "ภาษา / language"),
        Column("text", f"ถ้อยคำ / the free words{hidden}", text, width=WIDE),
        _plain("sentiment", "ความรู้สึก / sentiment", "pos; neu; neg"),
        Column("sentiment_score", "ความมั่นใจ / confidence, 0 to 1", lambda filed: round(filed.entry.sentiment_score, 3)),
        _plain("urgency", "ความเร่งด่วน / urgency", "normal; soon; crisis"),
        Column("topics", "หัวข้อ / topics", _tags(TagKind.TOPIC)),
        *map(_quality, QUALITIES),
        _plain("province", "จังหวัด / province"),
        Column("places", "สถานที่ที่เอ่ยถึง / places named", _tags(TagKind.PLACE)),
        _plain("model", "รุ่นของตัวอ่านข้อความ / what tagged the words"),
    ]  # fmt: skip


def _plain(name: str, meaning: str, codes: str = "") -> Column:
    return Column(name, meaning, lambda filed: getattr(filed.entry, name), codes)


def _moment(filed: Filed) -> Cell:
    moment: Cell = filed.entry.filed_at.astimezone(BANGKOK).replace(microsecond=0)
    return moment


def _thai_date(filed: Filed) -> str:
    return shown(day_of(filed.entry.filed_at), "th")


def _tags(kind: TagKind) -> Callable[[Filed], Cell]:
    return lambda filed: JOINED.join(dict.fromkeys(each.tag for each in filed.tags if each.kind == kind))


def _quality(name: str) -> Column:
    def cell(filed: Filed) -> Cell:
        found = (each.direction for each in filed.tags if each.kind == TagKind.QUALITY and each.tag == name)
        return next(found, None)

    return Column(f"quality.{name}", f"คุณภาพบริการ / service quality: {name}", cell, "1; -1")
