"""Surveys as files: YAML both ways, what each file is taken for, and files made to do harm."""

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Problem, Refused, Severity
from bot.interview import reading
from bot.interview.questionnaire import Questionnaire
from bot.problems import line, place
from bot.seed import sample_surveys
from bot.survey_files import FORMATS, opened, written
from tests.bot.questionnaires import questionnaires

SAMPLES = {each["slug"]: each for each in sample_surveys()}
CALM = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def grave(problems: list[Problem]) -> list[Problem]:
    """Those that must be mended: made-up texts may well be worded badly."""
    return [each for each in problems if each.severity is Severity.PROBLEM]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("slug", sorted(SAMPLES))
def test_a_sample_comes_back_the_same(slug: str, kind: str) -> None:
    plain = reading.plain(reading.read(SAMPLES[slug]))
    draft = opened(f"{slug}.{kind}", written(plain, kind))
    assert (draft.problems, draft.data and reading.read(draft.data)) == ([], reading.read(SAMPLES[slug]))


@CALM
@given(questionnaires())
def test_any_survey_comes_back_from_yaml_the_same(questionnaire: Questionnaire) -> None:
    plain = reading.plain(questionnaire)
    draft = opened("it.yaml", written(plain, "yaml"))
    assert (grave(draft.problems), draft.data) == ([], plain)


def test_from_one_format_to_the_other_and_back() -> None:
    plain = reading.plain(reading.read(SAMPLES["migrant-reporting-needs"]))
    sheet = opened("it.xlsx", written(plain, "xlsx")).data
    assert sheet is not None
    text = opened("it.yml", written(sheet, "yaml")).data
    assert text is not None and reading.plain(reading.read(text)) == plain


def test_it_may_be_put_into_another_project() -> None:
    plain = reading.plain(reading.read(SAMPLES["water-app-needs"]))
    for kind in FORMATS:
        draft = opened(f"it.{kind}", written(plain, kind), "road-safety")
        assert draft.data is not None and draft.data["project"] == "road-safety"


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.txt", b"hello", ["file_kind_unknown"]),
        ("a.yaml", b"", ["file_empty"]),
        ("a.yaml", b"  \n", ["file_empty"]),
        ("a.yaml", "slug: ไทย".encode("cp874"), ["not_utf8"]),
        ("a.yaml", b"slug: [", ["not_yaml"]),
        ("a.yaml", b"slug: \x00", ["not_yaml"]),
        ("a.yaml", b"a: b\n" * 200_000, ["file_too_large"]),
        ("a.yaml", b"slug: a\nslug: b", ["key_twice"]),
        ("a.yaml", b"a: &a [x]\nb: [*a, *a]", ["alias"]),
        ("a.yaml", b"[" * 1000, ["too_deep"]),
        ("a.yaml", b"!!python/object/apply:os.system [ls]", ["not_yaml"]),
        ("a.yaml", b"- 1\n- 2", ["questionnaire_shape"]),
        ("a.yaml", b"a: 2026-99-99", ["not_yaml"]),
        ("a.xlsx", b"type,name,label\ntext,a,A\n", ["not_excel"]),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ["old_excel"]),
        ("a.xlsx", b"", ["file_empty"]),
    ],
)
def test_what_is_no_survey_is_refused_with_its_reason(name: str, content: bytes, codes: list[str]) -> None:
    draft = opened(name, content)
    assert (draft.data, [each.code for each in draft.problems]) == (None, codes)


@CALM
@given(st.sampled_from(["a.yaml", "a.xlsx", "a.csv"]), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_problems(name: str, content: bytes) -> None:
    draft = opened(name, content)
    assert draft.problems and all(line(each, "th") for each in draft.problems)


def test_a_problem_names_its_line() -> None:
    text = yaml.safe_dump(SAMPLES["road-safety-needs"], allow_unicode=True, sort_keys=False)
    wrong = text.replace("kind: rating", "kind: stars")
    [found] = opened("it.yaml", wrong.encode()).problems[:1]
    number = wrong.splitlines().index("  kind: stars") + 1
    assert (found.code, found.facts["line"]) == ("kind_unknown", number)
    assert place(found, "th").endswith(f"บรรทัด {number}")


def test_an_unfit_draft_goes_out_as_yaml_only() -> None:
    unfit = {**SAMPLES["road-safety-needs"], "title": {"th": "ก"}}
    assert opened("it.yaml", written(unfit, "yaml")).data == unfit
    with pytest.raises(Refused):
        written(unfit, "xlsx")
