"""What holds of any questionnaire that the twenty come upon."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

from bot.interview.questionnaire import Questionnaire
from bot.interview.reading import plain
from bot.rehearsals.play import End
from bot.rehearsals.report import PEOPLE, Report, rehearse
from tests.bot.interview.test_properties import questionnaires


@settings(max_examples=5, deadline=None)  # each is twenty whole conversations
@given(questionnaires())
def test_everybody_comes_to_an_end_and_no_answer_is_lost(questionnaire: Questionnaire) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (report,) = (each for each in rehearse(plain(questionnaire), Path(folder)) if isinstance(each, Report))
    assert [each.person for each in report.people] == list(PEOPLE)
    ends = {each.person: each.end for each in report.people}
    assert not {End.LOOPED, End.UNFINISHED} & set(ends.values()), ends
    assert {each.person: each.lost for each in report.people if each.lost} == {}
    assert not {each.code for each in report.findings} & {"danger_missed", "unmasked"}
