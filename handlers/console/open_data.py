"""Open data: counts for anybody, small ones withheld, fetched at once. Part of the pages of exports."""

import io
from typing import Any

from flask import Response, render_template, request

from bot.dates import day_of
from bot.errors import Refused
from bot.exports.files import write_table
from bot.exports.sheets import write_sheets
from bot.pictures.open_data import COLUMNS, OpenData, open_data, sheets
from bot.store.audit import note
from handlers.console.guard import visit
from handlers.console.look import language
from handlers.console.report import XLSX

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}


def shown() -> Any:
    """What open data holds, a look at its first rows, and the files."""
    return render_template("console/exports/open.html", found=_found(), columns=COLUMNS, asked=_asked())


def fetched(kind: str) -> Response:
    """The file. Who takes it is noted. Raises Refused("not_found") for a format there is none of."""
    if kind not in TYPES:
        raise Refused("not_found")
    found = _found()
    with visit().transaction() as writing:
        facts = {"projects": len(found.projects), "rows": len(found.rows)}
        note(writing, visit().by, "open_data_taken", format=kind, **facts)
    named = f'attachment; filename="khaojai-open-data-{found.until.isoformat()}.{kind}"'
    return Response(_written(found, kind), mimetype=TYPES[kind], headers={"Content-Disposition": named})


def _asked() -> list[str]:
    """The projects of the address, which the guard has looked up."""
    return [each for each in request.args.getlist("project") if each]


def _found() -> OpenData:
    with visit().runtime.store.snapshot() as reading:
        return open_data(reading, visit().sight, _asked(), day_of(visit().at))


def _written(found: OpenData, kind: str) -> bytes:
    if kind == "xlsx":
        out = io.BytesIO()
        write_sheets(sheets(found, language()), out)
        return out.getvalue()
    text = io.StringIO(newline="")
    write_table(COLUMNS, found.rows, text)
    return text.getvalue().encode()
