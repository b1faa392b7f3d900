import json
from pathlib import Path

import pytest

from nlp import tag
from nlp.sentiment import WEIGHTS, model
from nlp.training.judging import evaluate
from nlp.training.reading import JUDGING, Unreadable, messages, read_examples

# The rule: neg reports a problem, pain, lack or displeasure, a bare fault too; pos is satisfied with something
# specific; neu is a question, statement or suggestion without complaint.
CASES = [
    ("ถนนหน้าบ้านพังมาก รถผ่านไม่ได้", "neg"),
    ("น้ำประปาไม่ไหลสองวันแล้ว", "neg"),
    ("ไฟถนนดับทั้งซอย", "neg"),
    ("รอคิวตั้งแต่ตีห้า ได้ตรวจตอนบ่าย", "neg"),
    ("ไม่มีล่ามเลย คุยกับหมอไม่รู้เรื่อง", "neg"),
    ("เจ้าหน้าที่ไม่สุภาพ", "neg"),
    ("บริการดีแต่รอนานมาก", "neg"),
    ("แย่มากกกกก", "neg"),
    ("โทรไปก็ไม่มีคนรับสาย", "neg"),
    ("แอปเข้าไม่ได้ ค้างตลอด", "neg"),
    ("ค่านายหน้าแพงเกินไป", "neg"),
    ("เมื่อไหร่จะซ่อมสักที", "neg"),
    ("ถนนพังที่หาดใหญ่ โทร 0812345678", "neg"),
    ("ถนนสุขุมวิทเป็นหลุม", "neg"),
    ("เจ้าหน้าที่ยิ้มแย้ม บริการดีมาก", "pos"),
    ("ไม่ต้องรอนานเหมือนเมื่อก่อน สะดวกมาก", "pos"),
    ("ซ่อมเสร็จไวมาก ขอบคุณค่ะ", "pos"),
    ("ไม่แพง คุ้มค่า", "pos"),
    ("แอปใช้ง่ายมาก ชอบ", "pos"),
    ("หมออธิบายละเอียด ใจดี", "pos"),
    ("เปิดทำการกี่โมงคะ", "neu"),
    ("ต้องใช้เอกสารอะไรบ้างครับ", "neu"),
    ("อยากให้มีภาษาพม่าในแอป", "neu"),
    ("ผมทำนา 15 ไร่ อยู่นอกเขตชลประทาน", "neu"),
    ("ขอบคุณครับ", "neu"),
    ("อยู่แถวอุดมสุข", "neu"),
    ("", "neu"),
    # A life in danger is never neutral.
    ("พี่ชายโดนกระบะชนเลือดออกเยอะมาก ช่วยด้วย", "neg"),
    ("หนูไม่อยากมีชีวิตอยู่แล้ว", "neg"),
    ("ไฟไหม้ป่าหลังหมู่บ้าน ลามมาใกล้บ้านแล้ว", "neg"),
    # Not knowing how is a question, not a complaint.
    ("ขายของในเฟซบุ๊กแล้วไม่รู้จะเสียภาษียังไง", "neu"),
    # Nothing specific of a service is praised.
    ("วันนี้อากาศดี", "neu"),
    # What is wrong outweighs a kind word beside it, in either order.
    ("รอนานมาก แต่หมอใจดี", "neg"),
    ("หมอใจดี แต่รอนานมาก", "neg"),
]
NAMES = ["นายสมชาย ใจดี", "นางสาวพอใจ ยิ้มแย้ม", "อ.สุขสำราญ จ.ระนอง", "อยู่เขตบางรัก กรุงเทพ"]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_judges_by_the_products_rule(text: str, label: str) -> None:
    assert tag(text).sentiment.label == label


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_scores_are_chances(text: str) -> None:
    assert 1 / 3 <= tag(text).sentiment.score <= 1


@pytest.mark.parametrize("text", NAMES)
def test_names_are_evidence_of_nothing(text: str) -> None:
    tags = tag(text)
    assert tags.places or tags.personal_data
    assert (tags.sentiment.label, tags.topics, tags.qualities) == ("neu", (), ())


def test_messages_kept_for_judging_are_not_learned_from() -> None:
    kept = {message.text for message in read_examples(JUDGING)}
    assert len(kept) >= 300
    assert not kept & {message.text for message in messages()}


def test_evaluating_shows_four_classes_three_and_the_tags(tmp_path: Path) -> None:
    rows = [("ดีมากเลย ชอบ", "pos"), ("แย่มาก รอนาน", "neg"), ("ซื้อที่ไหน ราคาเท่าไหร่คะ", "q"), ("ไปมาแล้ว", "neu")]
    lines = [json.dumps({"texts": text, "category": label}) for text, label in rows]
    (tmp_path / "test.jsonl").write_text("\n".join(lines), encoding="utf-8")
    titles = [report.title for report in evaluate(tmp_path)]
    assert [sum(word in title for title in titles) for word in ("4 classes", "3 classes", "as tagged")] == [1, 1, 1]
    (tmp_path / "test.jsonl").rename(tmp_path / "own.jsonl")
    with pytest.raises(Unreadable):
        evaluate(tmp_path)


def test_the_card_is_of_the_model_in_use() -> None:
    card = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    assert card["model"] == model().version
    assert WEIGHTS.stat().st_size <= 2_000_000
    assert {name for name in card["figures"] if name.startswith("own")} >= {"own_messages_for_judging_macro_f1"}
