"""Files that open right and do no harm."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.exports.exporting import Order, export
from bot.exports.files import replacing, safe
from bot.exports.layout import Column
from bot.exports.workbook import Limits, fitting, write_xlsx
from bot.store.exporting import Filed
from tests.bot.exports.conftest import Desk
from tests.bot.exports.filled import answered, asks, entry, survey

DANGEROUS = ("=1+1", "+66", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", '=HYPERLINK("x")')
HARMLESS = ("0812", "ก=1", " =1", "'=1", "007", "1,5", "a;=1", 'เขา"พูด"', "บรรทัด\nใหม่", "")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("number", [-2, -0.5, 0, None])
def test_numbers_stay_numbers(number: float | None) -> None:
    assert safe(number) is number


def test_csv_of_what_people_write(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        for text in (*DANGEROUS, *HARMLESS):
            entry(session, text)
    assert [row["text"] for row in sqlite_desk.csv()] == ["'" + text for text in DANGEROUS] + list(HARMLESS)
    path, _ = sqlite_desk.take("csv")
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"number"')
    assert b'"a;=1"' in path.read_bytes()


def test_xlsx_of_what_people_write(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        for text in (*DANGEROUS, *HARMLESS):
            entry(session, text)
    path, _ = sqlite_desk.take("xlsx")
    page = openpyxl.load_workbook(path)["entries"]
    heads = [cell.value for cell in page[1]]
    cells = [row[heads.index("text")] for row in page.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    expected = [text.replace("\r", "") for text in (*DANGEROUS, *HARMLESS)]
    assert [cell.value or "" for cell in cells] == expected


def test_workbook_is_kind_to_its_reader(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("why", "text"))
        answered(session, "probe", {"why": {"words": "ยาว " * 200}}, text="ยาว", masked="ยาว")
    path, _ = sqlite_desk.take("xlsx", survey="probe")
    page = openpyxl.load_workbook(path)["entries"]
    heads = {cell.value: cell for cell in page[1]}
    assert (page.freeze_panes, page.auto_filter.ref is not None, heads["why"].font.bold) == ("B2", True, True)
    for name in ("text", "why"):
        cell = page.cell(2, heads[name].column)
        assert cell.alignment.wrap_text and page.column_dimensions[cell.column_letter].width > 50
    moment = page.cell(2, heads["filed_at"].column)
    assert (moment.is_date, moment.number_format) == (True, "yyyy-mm-dd hh:mm:ss")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("w" * 32_767, "w" * 32_767),
        ("😀" * 16_383 + "w", "😀" * 16_383 + "w"),
        ("ก\x00\x07\x0bข\r\nค\tง", "กข\nค\tง"),
        (10**15 - 1, 10**15 - 1),
        (10**15, "1000000000000000"),
        (1.5, 1.5),
        (None, None),
    ],
)
def test_cells_fit_excel(cell: Any, expected: Any) -> None:
    assert fitting(cell) == expected


@pytest.mark.parametrize("text", ["w" * 32_768, "ก" * 40_000, "😀" * 16_384, "w" + "😀" * 20_000])
def test_long_cells_are_cut_and_say_so(text: str) -> None:
    cut = fitting(text)
    assert isinstance(cut, str) and len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("ตัด / cut]") and text.startswith(cut.removesuffix("…[ตัด / cut]"))


def numbered(count: int) -> Iterator[Filed]:
    return (Filed(number, {}, ()) for number in range(count))  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "sheets"), [(0, [0]), (1, [1]), (4, [4]), (5, [4, 1]), (9, [4, 4, 1])])
def test_rows_beyond_a_sheet_go_on_the_next(count: int, sheets: list[int]) -> None:
    out = io.BytesIO()
    columns = [Column("n", "number", lambda filed: filed.entry)]
    write_xlsx(columns, numbered(count), out, count, Limits(rows=4))
    book = openpyxl.load_workbook(out)
    pages = [list(page.iter_rows(values_only=True)) for page in book.worksheets[:-1]]
    assert [page[0] for page in pages] == [("n",)] * len(sheets)
    assert [number for page in pages for (number,) in page[1:] if number is not None] == list(range(count))
    assert [sum(number is not None for (number,) in page[1:]) for page in pages] == sheets
    assert book.sheetnames[-1] == "dictionary"


def test_failed_export_leaves_the_earlier_file(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        entry(session, "หนึ่ง")

    def fails(filed: Iterator[Filed], _total: int) -> Iterator[Filed]:
        yield from filed
        raise OSError("the disk is full")

    for kind in ("csv", "xlsx", "jsonl"):
        out = sqlite_desk.folder / f"earlier.{kind}"
        out.write_text("earlier")
        with pytest.raises(OSError, match="the disk is full"):
            export(sqlite_desk.store, sqlite_desk.clock, Order(format=kind, by="official"), out, fails)
        assert out.read_text() == "earlier"
    assert sorted(path.name for path in sqlite_desk.folder.glob("*earlier*")) == [
        "earlier.csv",
        "earlier.jsonl",
        "earlier.xlsx",
    ]


def test_standard_output_gets_the_same_bytes(sqlite_desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with sqlite_desk.store.transaction() as session:
        entry(session, "ถนน")
    for kind in ("csv", "jsonl"):
        path, _ = sqlite_desk.take(kind)
        order = Order(format=kind, by="official")
        export(sqlite_desk.store, sqlite_desk.clock, order, None, lambda filed, _total: filed)
        assert capfdbinary.readouterr().out == path.read_bytes()


def test_what_is_no_ordinary_file_is_written_to_and_stays(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        entry(session, "ถนน")
    _, exported = sqlite_desk.take("csv", out=Path("/dev/null"))
    assert (exported.entries, exported.dictionary) == (1, None)
    assert Path("/dev/null").is_char_device()


def test_file_is_not_for_everyone_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("earlier")
    link.symlink_to(real)
    with replacing(link) as file:
        file.write(b"new")
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o007) == (True, b"new", 0)


def test_csv_reads_back_as_it_was(sqlite_desk: Desk) -> None:
    text = 'เขาพูดว่า "ไม่", แล้ว\nเดินไป; จบ'
    with sqlite_desk.store.transaction() as session:
        entry(session, text)
    path, _ = sqlite_desk.take("csv")
    heads, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert row[heads.index("text")] == text
