"""Routing to projects that nothing was trained on: some of the samples, and new ones."""

from dataclasses import replace

import pytest

import nlp
from nlp.document import read
from nlp.records import Match, Project
from nlp.similarity import route, sure

ROADS = Project(
    "road-safety",
    "โครงการลดอุบัติเหตุการจราจรทางบก",
    "ดูว่าคนเจ็บและตายบนถนนเพราะอะไร เช่น รถชนที่ทางแยก คนเมาแล้วขับ",
    ("อุบัติเหตุ", "มอเตอร์ไซค์", "หมวกกันน็อก", "ทางม้าลาย", "ขับเร็ว"),
)
WATER = Project(
    "water-app",
    "โครงการแก้ปัญหาด้านการเกษตร : การบริหารจัดการน้ำผ่านแอปพลิเคชัน",
    "ชาวนาและชาวสวนรู้ล่วงหน้าว่าน้ำจะมาเมื่อใด แบ่งน้ำกันอย่างเป็นธรรม",
    ("ชลประทาน", "น้ำทำนา", "เขื่อน", "ภัยแล้ง"),
)
CASES = Project(
    "damrongdhama",
    "โครงการระบบการรายงานผลและการติดตามการดำเนินการของศูนย์ดำรงธรรม",
    "คนที่ร้องเรียนรู้ว่าเรื่องของตนไปถึงไหน",
    ("ร้องเรียน", "ร้องทุกข์", "ติดตามเรื่อง", "1567"),
)
GUIDES = Project("guide-job-orders", "การอำนวยความสะดวกให้แก่มัคคุเทศก์ในการตรวจสอบใบสั่งงานมัคคุเทศก์")
SCHOOLS = Project("human-capital", "การพัฒนาการเรียนการสอนให้สอดคล้องกับการพัฒนาทุนมนุษย์ตามกรอบ Thailand 4.0")
SHOPS = Project("sme-internet", "การยกระดับธุรกิจ SMEs สู่การเป็น Internet Entrepreneur", "", ("ขายออนไลน์",))
PROJECTS = (ROADS, WATER, CASES, GUIDES, SCHOOLS, SHOPS)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("มอไซค์ล้มตรงโค้งหน้าวัดทุกอาทิตย์", "road-safety"),
        ("รถสิบล้อวิ่งเร็วมากหน้าโรงเรียน เด็กข้ามถนนน่ากลัว", "road-safety"),
        ("helmet rules are never enforced in my village", "road-safety"),
        ("ข้าวจะตายอยู่แล้ว เมื่อไหร่จะปล่อยน้ำ", "water-app"),
        ("ท้ายคลองไม่เคยได้น้ำ ต้นคลองสูบหมด", "water-app"),
        ("ร้องไปสามเดือนแล้วเรื่องเงียบ", "damrongdhama"),
        ("เขาบอกส่งเรื่องให้อำเภอแล้ว อำเภอบอกไม่เคยได้รับ", "damrongdhama"),
        ("ต้องพกกระดาษตลอดเวลาพาลูกทัวร์", "guide-job-orders"),
        ("ลูกเรียนแต่ท่องจำ จบมาทำอะไรไม่เป็น", "human-capital"),
        ("อยากขายของในเน็ตแต่ยิงแอดไม่เป็น", "sme-internet"),
    ],
)
def test_the_project_is_found_without_its_own_words(text: str, slug: str) -> None:
    assert route(read(text), PROJECTS)[0].slug == slug


@pytest.mark.parametrize(
    "text",
    [
        "ไฟถนนในซอยดับ",
        "หมาจรจัดเห่าทั้งคืน",
        "ค่าไฟเดือนนี้แพงจัง",
        "ภาษีที่ดินคิดยังไง",
        "รถขยะไม่มาเก็บเลย",
        "สวัสดีค่ะ",
        "",
        "น้ำประปาไม่ไหล",
    ],
)
def test_what_belongs_elsewhere_gets_no_project(text: str) -> None:
    assert route(read(text), PROJECTS) == ()


@pytest.mark.parametrize(
    ("project", "text"),
    [
        (Project("strays", "แอปแจ้งสุนัขจรจัดและทำหมัน"), "มีหมาโดนทิ้งแถวตลาดเยอะ"),
        (Project("lights", "ซ่อมไฟถนนด้วยการแจ้งผ่านไลน์"), "โคมในซอยดับมืดมาก"),
        (Project("waste", "โครงการจัดการขยะในชุมชน"), "รถขยะไม่มาเก็บสองอาทิตย์แล้ว"),
        (Project("buses", "พัฒนาบริการรถโดยสารประจำทาง", keywords=("รถเมล์",)), "รถเมล์สาย 8 ไม่มาสักที"),
    ],
)
def test_a_new_project_is_found_at_once(project: Project, text: str) -> None:
    assert route(read(text), PROJECTS) == ()
    assert route(read(text), (*PROJECTS, project))[0].slug == project.slug


def test_scores_are_chances_best_first_and_leave_the_chance_of_none() -> None:
    for text in ("มอไซค์ล้มตรงโค้ง", "นักเรียนขี่มอไซค์ไปโรงเรียน", "แจ้งเรื่องน้ำไปแล้วเงียบ"):
        scores = [match.score for match in route(read(text), PROJECTS)]
        assert scores == sorted(scores, reverse=True)
        assert 0 < sum(scores) <= 1.001


def test_the_order_of_projects_does_not_matter() -> None:
    document = read("ท้ายคลองไม่เคยได้น้ำ")
    assert route(document, PROJECTS) == route(document, tuple(reversed(PROJECTS)))


def test_no_projects_no_match() -> None:
    assert route(read("รถชนกัน"), ()) == ()


def test_an_edited_project_counts_as_edited() -> None:
    document = read("น้ำท่วมซอยทุกครั้งที่ฝนตก")
    assert route(document, (SHOPS,)) == ()
    assert route(document, (replace(SHOPS, title="แก้น้ำท่วมและท่อระบายน้ำ", keywords=()),))


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [((), False), ((0.9,), True), ((0.5,), False), ((0.62, 0.36), True), ((0.61, 0.38), False), ((0.75, 0.2), True)],
)
def test_sure_asks_for_a_good_score_and_a_lead(scores: tuple[float, ...], wanted: bool) -> None:
    assert sure([Match(str(number), score) for number, score in enumerate(scores)]) is wanted


@pytest.mark.parametrize("text", ["", "ถนนมืดมาก รถชนกันบ่อย", "นาย สมชาย ใจดี โทร 081-234-5678 น้ำไม่มานา", "ดีมากค่ะ"])
def test_matching_alone_finds_what_a_whole_reading_does(text: str) -> None:
    assert nlp.match(text, PROJECTS) == nlp.tag(text, PROJECTS).projects
