"""Themes: grouped by meaning, the same every time, and steady while texts are added."""

from nlp.themes import themes
from nlp.training.citizens import read_citizens
from nlp.training.tagging import adjusted_mutual_information

WATER = ["ชลประทานปล่อยน้ำช้า ข้าวแห้ง", "ท้ายคลองไม่เคยได้น้ำทำนา", "น้ำในเขื่อนเหลือน้อย ทำนาไม่ได้", "แย่งกันสูบน้ำเข้านา"]
QUEUES = ["รอคิวทำบัตรนานมาก", "รอคิวตั้งแต่ตีห้า", "ต่อคิวทั้งวันยังไม่ได้บัตร", "บัตรคิวหมดตั้งแต่เช้า"]
DOGS = ["หมาจรจัดไล่กัดเด็ก", "หมาจรจัดเห่าทั้งคืน", "สุนัขจรจัดเยอะมาก"]


def test_texts_of_one_meaning_come_together_whatever_their_order() -> None:
    texts = [text for three in zip(WATER, QUEUES, [*DOGS, "หมาจรจัดหน้าตลาด"], strict=True) for text in three]
    groups = {frozenset(number % 3 for number in theme.members) for theme in themes(texts)}
    assert groups == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_every_text_is_in_one_theme_at_most_and_quotes_are_members() -> None:
    texts = [*WATER, *QUEUES, *DOGS, "", "ๆ"]
    found = themes(texts)
    members = [number for theme in found for number in theme.members]
    assert len(members) == len(set(members)) >= len(texts) - 2
    assert all(set(theme.quotes) <= set(theme.members) and theme.name for theme in found)
    assert [len(theme.members) for theme in found] == sorted((len(theme.members) for theme in found), reverse=True)


def test_the_same_texts_give_the_same_themes() -> None:
    texts = [citizen.text for citizen in read_citizens()][:200]
    assert themes(texts) == themes(texts)


def test_names_are_thai_and_tell_the_matter() -> None:
    name = themes(WATER)[0].name
    assert name.startswith("น้ำเพื่อการเกษตร")


def test_themes_found_before_keep_their_ids_and_take_what_fits() -> None:
    before = themes([*WATER, *QUEUES])
    after = themes([*WATER, *QUEUES, "น้ำชลประทานไม่ถึงนา", *DOGS], before)
    kept = {theme.id: theme for theme in after}
    assert {theme.id for theme in before} <= set(kept)
    home = next(theme for theme in after if 0 in theme.members)
    assert len(WATER) + len(QUEUES) in home.members
    strangers = {theme.id for theme in after for number in theme.members if number > len(WATER) + len(QUEUES)}
    assert not strangers & {theme.id for theme in before}


def test_nothing_gives_nothing() -> None:
    assert themes([]) == ()
    assert themes(["", "  "]) == ()


def test_groups_agree_with_what_the_messages_are_about() -> None:
    citizens = [citizen for citizen in read_citizens() if citizen.project != "none"]
    group = dict.fromkeys(range(len(citizens)), -1)
    for number, theme in enumerate(themes([citizen.text for citizen in citizens])):
        group |= dict.fromkeys(theme.members, number)
    labels = [citizen.project for citizen in citizens]
    assert adjusted_mutual_information(labels, list(group.values())) > 0.5
