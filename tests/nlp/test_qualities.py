"""Service qualities with their direction: a table of what citizens write and what an official should see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.document import read
from nlp.qualities import QUALITIES
from nlp.serving import qualities

CASES = """
fast-                      รอนานมาก
fast-                      รอ 3 ชั่วโมง
fast-                      รอคิวตั้งแต่ตีห้า
fast-                      ไปมาสามรอบแล้วยังไม่ได้บัตร
fast-                      สองเดือนแล้วยังไม่ได้คำตอบ
fast-                      น่าจะเร็วกว่านี้
fast-                      ขอให้เร็วกว่านี้ได้ไหม
fast-                      ช้ากว่าที่อื่น
fast-                      ไม่ค่อยเร็วเท่าไหร่
fast-                      ที่อื่นเขาทำเสร็จภายในวันเดียว
fast-                      ร้องเรียนไปแล้วเรื่องเงียบ
fast-                      the queue is too long and slow
fast+                      ไม่ต้องรอเลย
fast+                      รอแค่ 5 นาที
fast+                      เร็วกว่าเดิม
fast+                      ไม่ได้ช้าอย่างที่คิด
fast+                      ไปทำบัตรไม่ถึงสิบนาทีก็ได้เลย
fast+                      เมื่อก่อนช้ามาก ตอนนี้เร็วขึ้นเยอะ
-                          ต้องรอนานไหมคะ
-                          ขับรถเร็วหน้าโรงเรียน
-                          ช้างป่าเข้าหมู่บ้าน
service_mind+              เจ้าหน้าที่พูดจาดี
service_mind+              ขอชมเจ้าหน้าที่ทะเบียน ใจดีมากค่ะ
service_mind+              เจ้าหน้าที่ก็ไม่ได้แย่นะ
service_mind+              the officer was very kind and helpful
service_mind-              เจ้าหน้าที่ไม่ค่อยสุภาพ
service_mind-              เจ้าหน้าที่พูดจาแย่มาก ไม่ให้เกียรติประชาชน
service_mind-              อยากให้เจ้าหน้าที่ยิ้มแย้มหน่อย
service_mind-              จนท.หน้าบึ้งตะคอกใส่
service_mind+ fast-        เจ้าหน้าที่ไม่ใช่ว่าไม่ดี แต่รอนาน
service_mind- fast-        staff were rude and I waited 3 hours
anywhere_anytime-          ต้องเดินทางไกล
anywhere_anytime-          เปิดแค่วันราชการ
anywhere_anytime-          อยากให้เปิดวันเสาร์
anywhere_anytime-          อยากให้เปิดวันอาทิตย์บ้าง คนงานจะได้ไม่ต้องลางาน
anywhere_anytime-          ทำออนไลน์ไม่ได้
anywhere_anytime-          ด่านอยู่ตั้งแปดสิบกิโล
anywhere_anytime+          ไม่ต้องเดินทางไปเอง
anywhere_anytime+          ร้องเรียนทางไลน์ได้ตลอด 24 ชั่วโมง
-                          เปิดวันเสาร์ไหม
cheap-                     ค่ารถไปกลับ 300
cheap-                     ค่าธรรมเนียมขึ้นทะเบียนสูงเกินไป
cheap-                     ขอลดค่าธรรมเนียมได้ไหม
cheap-                     นายหน้าเก็บหัวละสองหมื่น
cheap-                     they charge 500 baht extra for nothing
cheap+                     ฟรี
cheap+                     ไม่แพง
cheap+                     ไม่ได้แพงอย่างที่เขาว่า
cheap+                     ทำบัตรครั้งแรกไม่เสียตังค์
-                          สุนัขนอนข้างกำแพง
correct-                   ข้อมูลผิด
correct-                   กรอกชื่อผิด
correct-                   ตอบคำถามแต่ละคนไม่เหมือนกันเลย
correct-                   ควรตรวจสอบข้อมูลให้ถูกต้องก่อนออกเอกสาร
correct-                   they wrote my name wrong on the card
correct+                   ข้อมูลไม่ผิดเลย
correct+                   ออกใบเสร็จถูกต้องครบถ้วนทุกครั้ง
-                          รู้สึกผิดหวัง
-                          สวัสดีค่ะ
-
"""


def cases() -> list[tuple[str, str]]:
    rows = list(CASES.strip("\n").splitlines())
    return [(line[:27].strip(), line[27:]) for line in rows]


@pytest.mark.parametrize(("wanted", "text"), cases())
def test_qualities(wanted: str, text: str) -> None:
    found = {f"{one.tag}{'+' if one.direction > 0 else '-'}" for one in qualities(read(text))}
    assert found == set(wanted.replace(" - ", " ").split()) - {"-"}


@pytest.mark.parametrize("text", [text for wanted, text in cases() if wanted != "-"])
def test_every_quality_shows_the_words_that_earned_it(text: str) -> None:
    for one in qualities(read(text)):
        assert one.tag in QUALITIES
        assert 0 < one.score < 1
        assert all(text[start:end].strip() for start, end in one.spans)


def test_both_directions_stand_where_the_writer_turns() -> None:
    found = {(one.tag, one.direction) for one in qualities(read("ยื่นเรื่องเร็วมาก แต่ตอนรับบัตรรอนานมาก"))}
    assert found == {("fast", 1), ("fast", -1)}


@given(st.text(alphabet="รอนานไม่เร็ว 0123456789ค่าบาทเสีย\nกว่านี้อยากให้", max_size=80))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    document = read(text)
    assert qualities(document) == qualities(read(text))
    assert all(0 <= start < end <= len(text) for one in qualities(document) for start, end in one.spans)
