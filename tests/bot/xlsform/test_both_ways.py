"""Out and in again, a questionnaire is the same; and what goes out is an XLSForm to others too."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from bot.errors import Refused, Severity
from bot.interview import reading
from bot.interview.questionnaire import Questionnaire
from bot.problems import line, place
from bot.seed import sample_surveys
from bot.xlsform import read_workbook, write_workbook
from tests.bot.questionnaires import questionnaires

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAMPLES = {each["slug"]: reading.read(each) for each in sample_surveys()}


def again(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire after a way out and in."""
    draft = read_workbook(write_workbook(questionnaire))
    assert [each for each in draft.problems if each.severity is Severity.PROBLEM] == []
    assert draft.data is not None
    return reading.read(draft.data)


@pytest.mark.parametrize("slug", sorted(SAMPLES))
def test_a_sample_comes_back_the_same(slug: str) -> None:
    assert again(SAMPLES[slug]) == SAMPLES[slug]


@CALM
@given(questionnaires())
def test_any_questionnaire_comes_back_the_same(questionnaire: Questionnaire) -> None:
    assert again(questionnaire) == questionnaire


@pytest.mark.parametrize("slug", sorted(SAMPLES))
def test_others_read_what_goes_out(slug: str) -> None:
    """pyxform opens the file itself, from its bytes, with no help of ours."""
    told = convert(write_workbook(SAMPLES[slug]), validate=False, file_type=".xlsx")
    assert f'id="{slug}"' in told.xform
    assert all(f"/{each.name}" in told.xform for each in SAMPLES[slug].questions)


@CALM
@given(questionnaires())
def test_others_read_any_that_goes_out(questionnaire: Questionnaire) -> None:
    told = convert(write_workbook(questionnaire), validate=False, file_type=".xlsx")
    assert told.xform


@pytest.mark.parametrize("text", ["ราคา ${price} บาท", "เลิก\x0bงาน"])
def test_a_text_that_no_cell_can_hold_is_refused_with_its_place(text: str) -> None:
    plain = reading.plain(SAMPLES["water-app-needs"])
    plain["questions"][2]["label"]["en"] = text
    with pytest.raises(Refused) as refused:
        write_workbook(reading.read(plain))
    [found] = refused.value.facts["problems"]
    assert (found.where, found.code) == ("questions[2].label.en", "text_unwritable")


WORDS = st.sampled_from([
    "", "${story}", "${", "not((", "'", "begin_group", "end_group", "begin_repeat", "select_one x", "calculate",
    "range", "=1+1", "date('x')", "count-selected(.) > 1", ". > 3 or . < 2", "yes", "start=0 end=0", "audit", "label",
    "สวัสดี", "if(${story}='x',1,0) = 1", "travel_mode = ${travel_mode}", "select_multiple travel_mode or_other",
    "ก" * 3000,
])  # fmt: skip


@CALM
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 14), st.integers(1, 20), WORDS), min_size=1, max_size=6))
def test_any_cells_gone_wrong_give_problems_or_a_survey(changes: list[tuple[int, int, int, str]]) -> None:
    workbook = load_workbook(BytesIO(write_workbook(SAMPLES["road-safety-needs"])))
    for sheet, row, column, word in changes:
        workbook.worksheets[sheet].cell(row, column).value = word or None
    content = BytesIO()
    workbook.save(content)
    draft = read_workbook(content.getvalue())
    assert all(line(each, "th") and place(each, "en") for each in draft.problems)
    if not any(each.severity is Severity.PROBLEM for each in draft.problems):
        assert draft.data is not None and reading.read(draft.data)
