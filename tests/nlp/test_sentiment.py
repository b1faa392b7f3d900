import pytest

from nlp import tag

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
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_judges_by_the_products_rule(text: str, label: str) -> None:
    assert tag(text).sentiment.label == label


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_scores_are_chances(text: str) -> None:
    assert 1 / 3 <= tag(text).sentiment.score <= 1
