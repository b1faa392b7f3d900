"""Workbooks for tests, written as tables: a line a row, cells parted by |."""

from io import BytesIO

from openpyxl import Workbook


def book(**sheets: str) -> bytes:
    """An .xlsx file with these sheets. Empty cells stay empty."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, table in sheets.items():
        sheet = workbook.create_sheet(name)
        for line in table.strip().splitlines():
            sheet.append([text.strip() or None for text in line.split("|")])
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
