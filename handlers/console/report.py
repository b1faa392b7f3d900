"""The report of a project: a page to print, and its tables as a workbook. Part of the projects' pages."""

import io
from dataclasses import replace
from typing import Any

from flask import Response, render_template

from bot.exports.sheets import write_sheets
from bot.pictures.places import drawn
from bot.pictures.report import Report, report
from bot.pictures.sheets import limits, sheets
from bot.store.audit import note
from handlers.console.guard import project_or_404, visit
from handlers.console.opening import entry_url, looked, opens
from handlers.console.overview import framed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def made(project: str) -> Report:
    """The report of a project for the days of the address."""
    found = project_or_404(project)
    with visit().runtime.store.snapshot() as reading:
        look = looked(reading, replace(framed(), projects=(project,)))
        return report(reading, visit().sight, look, found)


def shown(project: str) -> Any:
    """The page."""
    told = made(project)
    return render_template(
        "console/projects/report.html",
        report=told, limits=limits(told), map=drawn(told.figures["provinces"]), opens=opens, entry_url=entry_url,
        bare=replace(framed(), projects=()),
    )  # fmt: skip


def workbook(project: str) -> Response:
    """The tables. Who takes them is noted."""
    told = made(project)
    sought = told.look.sought
    with visit().transaction() as writing:
        days = {"since": str(sought.since or ""), "until": str(sought.until or "")}
        note(writing, visit().by, "report_taken", project=project, format="xlsx", entries=told.entries, **days)
    out = io.BytesIO()
    write_sheets(sheets(told), out)
    named = f'attachment; filename="khaojai-{project}-{told.look.today.isoformat()}.xlsx"'
    return Response(out.getvalue(), mimetype=XLSX, headers={"Content-Disposition": named})
