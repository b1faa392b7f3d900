"""Drafts: kept revision by revision on both databases, compared, brought together, and shown however unfinished."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import surveys
from bot.errors import Refused
from bot.interview import reading
from bot.seed import sample
from bot.store.audit import By
from bot.store.base import Store
from bot.store.projects import StepName, project_by_slug
from bot.store.revisions import revisions_of
from bot.store.surveys import SurveyState, survey_by_slug
from bot.surveys import starters, writing
from bot.surveys.comparing import Manner, compare
from bot.surveys.merging import merge
from bot.surveys.showing import show
from tests.conftest import SetClock

ROAD = sample("surveys/road-safety-needs.yaml")
TODAY = date(2026, 11, 21)


def titled(title: str) -> dict[str, Any]:
    return {**deepcopy(ROAD), "title": {"th": title, "en": title}}


def test_every_sitting_is_one_revision_and_any_can_be_taken_up_again(store: Store, clock: SetClock) -> None:
    somchai, malee = "account:1", "account:2"
    with store.transaction() as session:
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey
        writing.write(session, survey, titled("หนึ่ง"), 0, By(somchai, clock()))
        clock.pass_by(minutes=3)
        writing.write(session, survey, titled("สอง"), 1, By(somchai, clock()))
        writing.write(session, survey, titled("สาม"), 2, By(malee, clock()))
        clock.pass_by(minutes=11)
        writing.write(session, survey, titled("สี่"), 3, By(malee, clock()))
        kept = [(each.number, each.by, each.draft["title"]["th"]) for each in revisions_of(session, survey.id)]
        assert kept == [(4, malee, "สี่"), (3, malee, "สาม"), (2, somchai, "สอง"), (0, "", "เรื่องบนถนนของคุณ")]
        writing.restore(session, survey, 0, 4, By(somchai, clock()))
    with store.reading() as session:
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey and (survey.revision, survey.draft) == (5, ROAD)
        assert survey.title == ROAD["title"]  # what citizens see is what was published


def test_who_saves_second_is_refused_and_nothing_is_overwritten(store: Store, clock: SetClock) -> None:
    by = By("account:1", clock())
    with store.transaction() as session:
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey
        writing.write(session, survey, titled("ก่อน"), 0, by)
        with pytest.raises(Refused, match=r"survey\.changed"):
            writing.write(session, survey, titled("หลัง"), 0, by)
        with pytest.raises(Refused, match=r"survey\.changed"):
            surveys.publish_seen(session, survey, 0, by)
        assert survey.draft["title"]["th"] == "ก่อน"


def test_what_was_published_stays_in_the_history_as_it_was(store: Store, clock: SetClock) -> None:
    by = By("account:1", clock())
    with store.transaction() as session:
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey
        writing.write(session, survey, titled("รุ่นสอง"), 0, by)
        version = surveys.publish_seen(session, survey, 1, by)
        writing.write(session, survey, titled("ต่อ"), 1, By("account:1", clock() + timedelta(seconds=5)))
        assert (version.number, version.revision, survey.title["th"]) == (2, 1, "รุ่นสอง")
        assert [each.number for each in revisions_of(session, survey.id)] == [2, 1, 0]


def test_an_imperfect_draft_is_kept_and_refused_only_when_published(store: Store, clock: SetClock) -> None:
    by = By("account:1", clock())
    with store.transaction() as session:
        project = project_by_slug(session, "water-app")
        assert project
        survey = writing.begin(session, project, starters.blank(), by)
        writing.write(session, survey, {"title": 7, "questions": "none", "slug": "stolen"}, 1, by)
        assert (survey.slug, survey.draft["slug"], survey.draft["title"]) == ("water-app-1", "water-app-1", 7)
        with pytest.raises(Refused, match=r"survey\.invalid"):
            surveys.publish_seen(session, survey, 2, by)
        assert survey.state == SurveyState.DRAFT
        assert writing.begin(session, project, starters.blank(), by).slug == "water-app-2"


@pytest.mark.parametrize("slug", ["new", "bank", "Water", "a--b", "x" * 61, "road-safety-needs"])
def test_a_name_that_cannot_be_is_refused(store: Store, clock: SetClock, slug: str) -> None:
    with store.transaction() as session:
        project = project_by_slug(session, "water-app")
        assert project
        with pytest.raises(Refused, match=r"survey\.slug"):
            writing.begin(session, project, starters.blank(), By("account:1", clock()), slug)


def nested(levels: int) -> dict[str, Any]:
    return {"in": nested(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "survey.no_mapping"),
        (None, "survey.no_mapping"),
        ({"title": "ก" * 200_000}, "survey.too_large"),
        (nested(40), "survey.too_deep"),
    ],
)
def test_what_is_out_of_bounds_is_refused(data: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        writing.bounded(data)
    assert refused.value.code == code


def test_it_is_archived_once_and_comes_back_as_a_draft(store: Store, clock: SetClock) -> None:
    by = By("account:1", clock())
    with store.transaction() as session:
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey
        surveys.archive(session, survey, by)
        with pytest.raises(Refused):
            surveys.archive(session, survey, by)
        surveys.bring_back(session, survey, by)
        assert survey.state == SurveyState.DRAFT
        with pytest.raises(Refused):
            surveys.bring_back(session, survey, by)


# Comparing and bringing together


def test_differences_are_told_question_by_question() -> None:
    after = deepcopy(ROAD)
    gone = after["questions"].pop(0)
    after["questions"][0]["label"]["th"] = "กี่วัน"
    after["questions"].insert(3, {"name": "extra", "kind": "yes_no", "label": {"th": "เพิ่ม", "en": "More"}})
    after["questions"].append(after["questions"].pop(1))
    told = {(each.manner, each.where, each.after or each.before) for each in compare(ROAD, after)}
    assert told == {
        (Manner.CHANGED, "questions[0].label.th", "กี่วัน"),
        (Manner.ADDED, "questions[2]", "เพิ่ม"),
        (Manner.MOVED, "questions[10]", ROAD["questions"][2]["label"]["th"]),
        (Manner.REMOVED, "questions[0]", gone["label"]["th"]),
    }
    assert compare(ROAD, ROAD) == []


NAMES = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=6)
WORDS = st.dictionaries(st.sampled_from(["th", "en"]), st.sampled_from(["x", "y", "z"]))
QUESTIONS = NAMES.flatmap(lambda names: st.tuples(*(st.builds(dict, name=st.just(n), label=WORDS) for n in names)))
DRAFTS = st.builds(dict, title=WORDS, questions=QUESTIONS.map(list))


@given(DRAFTS, DRAFTS, DRAFTS)
def test_two_drafts_together_hold_what_both_did(base: Any, mine: Any, theirs: Any) -> None:
    assert merge(base, mine, base).draft == mine
    assert merge(base, base, theirs).draft == theirs
    assert merge(base, mine, mine).draft == mine
    both = merge(base, mine, theirs)
    names = [each["name"] for each in both.draft["questions"]]
    started = {each["name"] for each in base["questions"]}
    added = {each["name"] for draft in (mine, theirs) for each in draft["questions"]} - started
    assert len(set(names)) == len(names) and added <= set(names)


def test_what_both_wrote_differently_is_told_and_mine_stands() -> None:
    mine, theirs = deepcopy(ROAD), deepcopy(ROAD)
    mine["questions"][1]["label"]["th"] = "ของฉัน"
    theirs["questions"][1]["label"]["th"] = "ของเขา"
    theirs["questions"][2]["label"]["en"] = "Theirs"
    both = merge(ROAD, mine, theirs)
    assert both.clashes == ["questions[1].label.th"]
    assert both.draft["questions"][1]["label"]["th"] == "ของฉัน"
    assert both.draft["questions"][2]["label"]["en"] == "Theirs"


def test_a_question_that_one_changed_is_not_lost_when_the_other_takes_it_out() -> None:
    mine, theirs = deepcopy(ROAD), deepcopy(ROAD)
    del mine["questions"][1]
    theirs["questions"][1]["label"]["th"] = "ของเขา"
    both = merge(ROAD, mine, theirs)
    assert "ของเขา" in [each["label"]["th"] for each in both.draft["questions"]] and both.clashes


# What citizens would see


def test_the_preview_is_what_the_bot_says() -> None:
    shown = show(ROAD, 8, TODAY)
    assert list(shown) == ["th", "en"]
    assert shown["en"][0]["text"].splitlines()[1] == "How safe do you feel when you travel on the road?"
    labels = [each["action"]["label"] for each in shown["th"][0]["quickReply"]["items"]]
    assert labels[:5] == ["1 ไม่ปลอดภัยเลย", "2", "3", "4", "5 ปลอดภัยมาก"]


def test_a_question_with_a_condition_is_shown_whatever_was_answered() -> None:
    assert ROAD["questions"][5]["label"]["th"] in show(ROAD, 5, TODAY)["th"][0]["text"]


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 20) | st.sampled_from(["", "th", "select_one", "rating", "date", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "kind", "label", "choices", "scale", "constraint", "th", "least", "most", "hint"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"questions": st.lists(DATA, min_size=1, max_size=3)}), st.integers(0, 2))
def test_any_draft_at_all_can_be_looked_at(draft: dict[str, Any], at: int) -> None:
    assert list(show(draft, at, TODAY)) == ["th"]


# What labs begin with


@pytest.mark.parametrize("step", list(StepName))
def test_templates_can_be_published_as_they_are(step: StepName) -> None:
    told = {**starters.template(step), "slug": "it", "project": "water-app"}
    assert (reading.problems(told), reading.warnings(told)) == ([], [])
    assert set(told["languages"]) == {"th", "en"}


@pytest.mark.parametrize("group", starters.bank(), ids=lambda group: group.title["en"])
def test_questions_of_the_bank_can_be_asked_as_they_are(group: starters.Group) -> None:
    told = {**starters.template(StepName.UNDERSTAND), "slug": "it", "project": "it", "questions": list(group.questions)}
    assert (reading.problems(told), reading.warnings(told)) == ([], [])
