"""Exports: asked for from a filtered list, made in the background, fetched by who asked."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for

from bot import export_jobs
from bot.errors import Refused
from bot.export_jobs import UNMASKERS, Wish
from bot.store.export_jobs import ExportJob, JobState, jobs_of
from bot.store.seeking import Sought, count
from handlers.console import open_data
from handlers.console.guard import quiet, visit
from handlers.console.look import t

page = Blueprint("exports", __name__, url_prefix="/exports")
FORMATS = ("xlsx", "csv", "jsonl")
MOVING = (JobState.WAITING, JobState.WORKING)


@page.get("")
def index() -> Any:
    """One's own exports, newest first."""
    with visit().reading() as reading:
        jobs = jobs_of(reading, visit().account.id)
    return render_template("console/exports/index.html", jobs=jobs, moving=MOVING)


@page.get("/new")
def new() -> Any:
    """The choice of format, for the filter of this address."""
    return _form()


@page.post("/new")
def make() -> Any:
    """Put the export in line."""
    form = request.form
    wish = Wish(form.get("format", ""), _sought().query, form.get("mask") == "no", form.get("purpose", ""))
    try:
        with visit().transaction() as writing:
            job = export_jobs.ask(writing, visit().account, wish, visit().at)
    except Refused as refused:
        return _form(t(refused.code, **refused.facts)), 422
    flash(t("console.exports.asked"), "good")
    return redirect(url_for("console.exports.show", export=job.id), 303)


@page.get("/open-data")
def open_page() -> Any:
    """Open data, and what it is."""
    return open_data.shown()


@page.get("/open-data/<kind>")
def open_file(kind: str) -> Any:
    """Open data as a file: csv or xlsx."""
    return open_data.fetched(kind)


@page.get("/<int:export>")
def show(export: int) -> Any:
    """How far an export is, and its file."""
    return render_template("console/exports/show.html", job=_own(export), moving=MOVING)


@page.get("/<int:export>/progress")
@quiet
def progress(export: int) -> Any:
    """How far it is, for a script."""
    job = _own(export)
    return jsonify(state=job.state, done=job.done, total=job.total, told=_told(job), moving=job.state in MOVING)


@page.get("/<int:export>/file")
def file(export: int) -> Any:
    """The file itself."""
    with visit().reading() as reading:
        job = export_jobs.own(reading, visit().account, export)
        path = export_jobs.file_of(reading, job, visit().runtime.settings.data_dir, visit().at)
    name = f"khaojai-{job.id}.{job.format}"
    return send_file(path.resolve(), as_attachment=True, download_name=name, max_age=0)


@page.get("/<int:export>/dictionary")
def dictionary(export: int) -> Any:
    """What the columns of a CSV file mean."""
    with visit().reading() as reading:
        job = export_jobs.own(reading, visit().account, export)
        path = export_jobs.file_of(reading, job, visit().runtime.settings.data_dir, visit().at)
    path = export_jobs.dictionary_of(path)
    if not path.is_file():
        raise Refused("not_found")
    return send_file(path.resolve(), as_attachment=True, download_name=f"khaojai-{job.id}-dictionary.csv", max_age=0)


def _own(export: int) -> ExportJob:
    with visit().reading() as reading:
        return export_jobs.own(reading, visit().account, export)


def _told(job: ExportJob) -> str:
    return t("console.exports.progress", done=f"{job.done:,}", total=f"{job.total or 0:,}")


def _sought() -> Sought:
    return Sought.read(request.args.items(multi=True), me=visit().account.id)


def _form(problem: str = "") -> str:
    sought = _sought()
    with visit().reading() as reading:
        entries = count(reading, sought, visit().sight)
    return render_template(
        "console/exports/new.html",
        sought=sought, entries=entries, problem=problem, form=request.form, formats=FORMATS,
        may_unmask=visit().account.role in UNMASKERS,
    )  # fmt: skip
