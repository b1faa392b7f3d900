"""Urgency: a crisis must not be missed, and what only sounds like one stays normal or soon."""

from pathlib import Path

import pytest

from nlp.document import read
from nlp.training.reading import read_examples
from nlp.urgency import urgency

CRISES = """
อยากตาย
ไม่อยากอยู่แล้ว
อยากตุย ไม่ไหวละจริงๆ
ถ้าผมไม่อยู่แล้วทุกคนคงสบายขึ้น
กินยานอนหลับไปสามสิบเม็ดแล้ว
คิดจะผูกคอตายหลายรอบแล้ว
โดนผัวตี
ผัวซ้อมหนูทุกวัน คืนนี้มันบอกจะฆ่า
ลูกสาวโดนล่วงละเมิดที่โรงเรียน
ข้างห้องร้องกรี๊ดๆ เหมือนโดนทำร้าย
ไฟไหม้
ไฟใหม้บ้านข้างๆ ชวยด้วย
มีคนเจ็บ
รถชนกันหน้าตลาด มีคนนอนอยู่
ตอนนี้มีรถคว่ำตรงโค้ง คนติดอยู่ข้างใน
หายใจไม่ออก
พ่อล้มในห้องน้ำ ปลุกไม่ตื่น ทำไงดี
แม่ปากเบี้ยวพูดไม่ชัด แขนยกไม่ขึ้น
เด็กจมน้ำที่คลอง
น้ำมาเร็วมาก ตอนนี้อยู่บนหลังคากันห้าคน
ถูกหลอกมาทำงานปอยเปต เขาไม่ให้กลับ ช่วยด้วย
นายจ้างล็อกห้องไว้ ยึดมือถือ ออกไปไหนไม่ได้
I want to die
my husband beats me
boss locked us inside the factory and took our phones
there is fire in my building
ကယ်ပါ မီးလောင်နေပြီ
သေချင်တယ်
ខ្ញុំចង់ស្លាប់
ជួយផង មានមនុស្សរបួស
ໄຟໄໝ້ເຮືອນ ຊ່ວຍແດ່
ນາຍຈ້າງຂັງຂ້ອຍໄວ້
"""

HARMLESS = """
ร้อนจะตาย
หิวจะตายอยู่แล้ว
ตายแล้วลืม
รอนานจนจะตาย
ฆ่าเวลา
ยิงมุก
ยิงแอดไปห้าพันไม่ได้อะไร
ไฟไหม้เมื่อปีที่แล้ว
ซ้อมหนีไฟ
ป้องกันไฟไหม้
ถ้าไฟไหม้รถดับเพลิงเข้าซอยไม่ได้
อุบัติเหตุบ่อย
รถชนกันบ่อยตรงแยกนี้
ตรงนี้เคยมีคนตายเมื่อสามปีก่อน อยากให้ติดไฟ
กลัวจะมีคนตายก่อนถึงจะแก้
ข้าวจะตายแล้ว
หมาโดนรถชนตายข้างทาง
แบตจะตาย
แจ้งตายให้พ่อที่อำเภอไหน
ตายายอยู่กันสองคน
รณรงค์ป้องกันการฆ่าตัวตาย
อยากตายตาหลับ ขอแค่ได้โฉนดให้ลูก
ไม่อยากอยู่บ้านเฉยๆ อยากทำงาน
ช่วยด้วยครับ กรอกฟอร์มไม่เป็น
ครูไม่ตีเด็กแล้วสมัยนี้
ไม่มีคนเจ็บ
คนเจ็บจากรถชนต้องมีประวัติแพ้ยาติดตัว
fire drill at school was good
killing time in the queue
"""

SOON = """
วีซ่าหมดพรุ่งนี้
สายไฟขาดห้อยลงมา
ยาหมดแล้วหมอนัดเดือนหน้า
ลูกไข้สูงสองวันแล้ว
ข้าวจะตายแล้ว
กลัวจะมีคนตายก่อนถึงจะแก้
the road is dangerous
"""


@pytest.mark.parametrize("text", CRISES.split("\n")[1:-1])
def test_a_life_in_danger_is_a_crisis_and_shows_why(text: str) -> None:
    found = urgency(read(text))
    assert found.level == "crisis"
    assert all(text[start:end].strip() for start, end in found.spans)
    assert found.spans


@pytest.mark.parametrize("text", HARMLESS.split("\n")[1:-1])
def test_what_only_sounds_like_danger_is_no_crisis(text: str) -> None:
    assert urgency(read(text)).level != "crisis"


@pytest.mark.parametrize("text", SOON.split("\n")[1:-1])
def test_hazards_needs_and_deadlines_are_soon(text: str) -> None:
    assert urgency(read(text)).level == "soon"


@pytest.mark.parametrize("text", ["", "สวัสดีค่ะ", "รอนานมาก", "ร้อนจะตาย", "ฆ่าเวลา", "🙏"])
def test_the_rest_is_normal_and_shows_nothing(text: str) -> None:
    found = urgency(read(text))
    assert (found.level, found.spans) == ("normal", ())


def test_spans_refer_to_the_text_as_typed() -> None:
    text = "​อยากตายยยย มากๆ"
    (start, end), *_ = urgency(read(text)).spans
    assert text[start:end].startswith("อยากตาย")


def test_held_out_messages_reach_the_marks() -> None:
    held_out = read_examples(Path(__file__).parent / "tables" / "urgency_held_out.tsv")
    answered = [(one.label == "crisis", urgency(read(one.text)).level == "crisis") for one in held_out]
    hits = sum(right and said for right, said in answered)
    assert hits / sum(right for right, _ in answered) >= 0.95
    assert hits / sum(said for _, said in answered) >= 0.85


def test_held_out_messages_are_not_learned_from() -> None:
    held_out = {one.text for one in read_examples(Path(__file__).parent / "tables" / "urgency_held_out.tsv")}
    learned = {one.text for one in read_examples(Path(__file__).parents[2] / "nlp" / "data" / "urgency.tsv")}
    assert not held_out & learned
