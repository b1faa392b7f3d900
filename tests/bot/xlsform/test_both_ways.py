"""Out and in again, a questionnaire is the same; and what goes out is an XLSForm to others too."""

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from bot.errors import Severity
from bot.interview import reading
from bot.interview.questionnaire import Questionnaire
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
