"""XLSForm (https://xlsform.org/en/), both ways: the one home of pyxform and openpyxl.

    read_workbook(bytes)   a Draft: plain data as `bot.interview.reading` takes it, and every problem with its cell
    write_workbook(it)     the bytes of an .xlsx file; read again it is the same questionnaire

Nothing is dropped silently. What changes what citizens are asked is a problem; what is left out without doing so
(metadata, appearance, another language's column) is a warning; both name sheet, row and column.
"""

from bot.xlsform.exporting import write_workbook
from bot.xlsform.importing import Draft, read_workbook

__all__ = ["Draft", "read_workbook", "write_workbook"]
