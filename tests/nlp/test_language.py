import pytest

from nlp import language

CASES = [
    ("สวัสดีครับ", "th"),
    ("ระบบ online ล่ม", "th"),
    ("wifi ช้า", "th"),
    ("แอป ThaID เข้าไม่ได้", "th"),
    ("โหลดจาก https://example.go.th/app/index.html แล้วค้าง", "th"),
    ("hello", "en"),
    ("The road near the school is full of holes", "en"),
    ("Overcrowded", "en"),
    ("very slow", "en"),
    ("ok", "en"),
    ("I want to ถามเรื่อง visa ค่ะ", "mixed"),
    ("ขอบคุณค่ะ thank you very much", "mixed"),
    ("สวัสดี မင်္ဂလာပါ", "mixed"),
    ("မင်္ဂလာပါ", "my"),
    ("အလုပ်ရှင်က ပတ်စပို့ သိမ်းထားတယ်", "my"),
    ("សួស្តី ខ្ញុំត្រូវការជំនួយ", "km"),
    ("ສະບາຍດີ ຂ້ອຍຢາກຖາມ", "lo"),
    ("你好", "other"),
    ("Bonjour, je voudrais savoir où se trouve le bureau", "other"),
    ("Selamat pagi, saya mau bertanya soal izin kerja", "other"),
    ("12345", "other"),
    ("😀👍", "other"),
    ("", "other"),
    ("l;ylfu8iy[", "th"),
    ("thx", "en"),
    ("pls", "en"),
    ("๕", "th"),
    ("៥", "km"),
    ("໕", "lo"),
    ("၅", "my"),
]


@pytest.mark.parametrize(("text", "name"), CASES)
def test_names_the_language(text: str, name: str) -> None:
    assert language(text) == name
