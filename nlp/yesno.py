"""Yes or no as typed: "ใช่ค่ะ", "ม่ายช่าย", "เคยไปครั้งนึง", "ยังไม่ได้ลงทะเบียน" → True, False, or None.

Thai answers by repeating the verb, so with the question at hand its own words count ("สะดวกไหม" – "ไม่สะดวก"). Doubt, a
condition, a question back, a double negation, or a yes with a no in it are None: asking again costs less than a wrong
answer.
"""

import re
from functools import cache

from nlp.typed import alternation, as_thai_keys, courteous, flat, fold, squash, table

_LONGEST_ANSWER = 120
_LONGEST_OBJECT = 24
_SHORTEST_OBJECT = 4
_NEGATED = re.compile(r"^(?:ยัง)?(?:ไม่|ไม|ม่าย|บ่)(?:ได้|เคย)?")
_NEGATION = re.compile(r"ไม่|บ่(?![าอ])|มิได้|ยังไม่|\bnot\b|n't\b|\bno\b|ບໍ່|មិន|អត់")
_BUT = re.compile(r"(?<!ใช้)(?<!ตั้ง)แต่(?![งล])|ແຕ່|ប៉ុន្តែ")
_BOUNDARY = re.compile(r"^[\s,.!;:~()-]+")
_CONTINUES = re.compile("^[ะ-ฺ็-๎ັ-ູົ-ຼ່-ໍ]")
_REASON = re.compile(r"(?<=[ก-๙a-z ])(?:เพราะ|เนื่องจาก|because).*$")
# A yes of long ago, or of seldom, is a yes.
_LIMITED = re.compile(
    r"[\s,]*แต่(?:ก็|ว่า)?\s*(?:นาน(?:มาก|มา|ๆ)?\s*(?:แล้ว|ที|ครั้ง)|ไม่(?:ค่อย)?(?:บ่อย|เยอะ|มาก)|ไม่กี่ครั้ง"
    r"|(?:แค่)?(?:ครั้ง|หน)เดียว|หลายปี(?:มา)?แล้ว|ไม่(?:ใช่)?ทุกวัน)$"
)
_TWO_WAYS = ("ไม่มีปัญหา", "no problem")
_AUXILIARY = re.compile(r"(?:เคย|ได้|จะ|สามารถ|ยัง|คุณ|ท่าน)$")
_DONE_YET = re.compile(r"(?:แล้ว)?(?:หรือยัง|รึยัง|ยัง\?|หรือไม่)")
_LOOKALIKES = re.compile(r"^(?:มีด|มีน|มีนา|มีชัย|เป็ด|ได้ยิน|เอาจริง|ถูกใจ|ถูกกว่า|จริงใจ|จริงจัง|เคยชิน|มีแต่|ไปรษณีย์|อยู่ที่)")


def read_yes_no(text: str, question: str | None = None) -> bool | None:
    """True for yes, False for no, None when the text is neither or unsure. `question`: the words of the question
    asked."""
    folded = fold(text)
    if not folded or len(folded) > _LONGEST_ANSWER:
        return None
    answer = _one_picture(folded)
    value = _read(answer, squash(fold(question or "")))
    if value is None and (limited := _LIMITED.search(courteous(answer))):
        value = _read(courteous(answer)[: limited.start()], squash(fold(question or ""))) or None
    if value is None and answer.isascii():
        typed = courteous(as_thai_keys(text), soft=False)
        return _exact().get(flat(squash(typed))) if len(typed) > 1 else None
    return value


def _read(answer: str, question: str) -> bool | None:
    claim = _REASON.sub("", answer)
    doubt = _unsure().search(claim)
    if "?" in answer or _BUT.search(answer) or (doubt and not (doubt[0] in _TWO_WAYS and "ปัญหา" in question)):
        return None
    if squash(answer) in _polite():
        return True
    if question and _asked_negatively(question):
        return {"ไช": True, "ถูกตอง": True, "yes": True, "ไมไช": False}.get(flat(squash(courteous(answer))))
    if squash(answer) in table("yesno")["lookalikes"]:
        return None
    polite = _without_opener(courteous(answer, soft=False))
    plain = polite if flat(squash(polite)) in _exact() else _without_opener(courteous(answer))
    value = _exact().get(flat(squash(plain)))
    if value is not None:
        return value if _fits(squash(plain), question) else None
    done = squash(plain).removesuffix("แล้ว") if squash(plain).endswith("แล้ว") else None
    if done is not None and done in question and len(done) != 1 and _DONE_YET.search(question):
        return None if _NEGATION.search(done) else True
    echoed = _echo(plain, question)
    return echoed if echoed is not None else _leading(plain, question)


def _fits(plain: str, question: str) -> bool:
    """Whether ไม่ + verb denies the question's own verb: "ไม่สะดวก" does not answer "ลำบากไหม" with no."""
    verb = _NEGATED.sub("", plain) if plain.startswith("ไม่") else plain
    return not question or verb not in table("yesno")["echo"] or flat(verb) in flat(question)


@cache
def _exact() -> dict[str, bool]:
    words = table("yesno")
    known = {flat(squash(fold(word)) or fold(word)): True for word in (*words["yes"], *words["yes_verbs"])}
    known |= {flat(squash(fold(word)) or fold(word)): False for word in (*words["no"], *words["no_verbs"])}
    doubled = {word * 2: value for word, value in known.items() if len(word) > 1}
    return doubled | known


@cache
def _polite() -> frozenset[str]:
    return frozenset(squash(fold(word)) for word in table("yesno")["polite_yes"])


@cache
def _unsure() -> re.Pattern[str]:
    words = table("yesno")["unsure"]
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    local = alternation(tuple(word for word in words if not word.isascii()))
    return re.compile(rf"{local}|ไม่รู้(?!จัก)|(?<!เ)อาจ(?![้า])|หรอ(?!ก)|\b(?:{latin})\b")


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternation(tuple(table('yesno')['openers']))}[\s,.…-]*)")


def _without_opener(answer: str) -> str:
    for _ in range(3):
        shorter = _opener().sub("", answer)
        if not shorter or shorter == answer or flat(squash(answer)) in _exact() or _CONTINUES.match(shorter):
            break
        answer = shorter
    return answer


@cache
def _signs() -> dict[str, bool]:
    words = table("yesno")
    marks = dict.fromkeys(words["yes"], True) | dict.fromkeys(words["no"], False)
    return {mark: value for mark, value in marks.items() if not squash(mark)}


def _one_picture(folded: str) -> str:
    """An emoji that answers by itself becomes its word; other emoji are dropped, unless they show doubt."""
    meant = {value for sign, value in _signs().items() if sign in folded}
    bare = re.sub(
        "[\u2190-\u2753\u2755-\u2bff\U0001f000-\U0001f913\U0001f915-\U0001f936\U0001f938-\U0001faff]+", " ", folded
    ).strip()
    if bare or len(meant) != 1:
        return bare if len(meant) < 2 else "?"
    return "yes" if meant.pop() else "no"


def _asked_negatively(question: str) -> bool:
    return "ใช่" in question and "ไม่" in question.replace("ใช่หรือไม่", "").replace("หรือไม่", "")


def _echo(plain: str, question: str) -> bool | None:
    """The question's own verb, affirmed or denied."""
    negated = _NEGATED.match(plain)
    verb = squash(plain[negated.end() :] if negated else plain)
    if not 2 <= len(verb) <= 30 or _NEGATION.search(verb):
        return None
    known = verb in table("yesno")["echo"]
    if not question:
        return False if negated and known and verb in _safe_alone() else None
    verb = verb if verb in question else verb.replace("พึงพอใจ", "พอใจ")
    known = verb in table("yesno")["echo"]
    head = next((word for word in _echo_verbs() if len(word) > 2 and verb.startswith(word)), None)
    verb = verb if head is None or verb in question else head
    place = question.find(verb)
    if place < 0 or (_NEGATION.search(question[max(0, place - 6) : place])):
        return None
    return not negated if known or head or _AUXILIARY.search(question[:place]) else None


@cache
def _echo_verbs() -> tuple[str, ...]:
    return tuple(sorted(table("yesno")["echo"], key=len, reverse=True))


@cache
def _safe_alone() -> frozenset[str]:
    return frozenset(("สะดวก", "ต้องการ", "สนใจ", "เห็นด้วย", "ยินดี", "ยินยอม", "ใช้", "รู้จัก", "เข้าร่วม"))


@cache
def _leads() -> re.Pattern[str]:
    words = table("yesno")
    every = [word for key in ("yes", "no", "yes_verbs", "no_verbs") for word in words[key] if squash(fold(word))]
    return re.compile(f"^{alternation(tuple(every))}")


@cache
def _tail() -> re.Pattern[str]:
    words = table("yesno")
    soft = alternation((*words["softeners"], *table("typed")["polite"], *table("typed")["soft"]))
    return re.compile(rf"^(?:[\s,.!~]*{soft})+")


def _leading(plain: str, question: str) -> bool | None:
    """An answer at the head with more words after it: a reason, an object, the same answer again."""
    lead = _leads().match(plain)
    if lead is None or _LOOKALIKES.match(plain):
        return None
    value, rest = _exact()[flat(squash(lead[0]))], plain[lead.end() :]
    tail = _tail().match(rest)
    apart = bool(tail)
    rest = rest[tail.end() :] if tail else rest
    if _CONTINUES.match(rest):
        return None
    apart = apart or bool(_BOUNDARY.match(rest)) or rest.startswith(tuple(table("yesno")["reasons"]))
    if _exact().get(flat(squash(rest))) is value and (value or apart):
        return value
    if not apart and rest and question and not _same_verb(lead[0], question) and not _same_object(rest, question):
        return None
    return value if _agrees(value, lead[0], rest, apart) else None


def _same_verb(lead: str, question: str) -> bool:
    """Whether a verb with an object is the question's own: "ไม่มีลูก" does not answer "ฉีดวัคซีนครบไหม"."""
    return _NEGATED.sub("", squash(lead)).removeprefix("ยัง") in question


def _same_object(rest: str, question: str) -> bool:
    """Whether what follows a verb is named by the question: "ไม่มีบัตรทอง" answers "ได้รับสิทธิบัตรทองไหม"."""
    named = squash(courteous(rest))
    return len(named) >= _SHORTEST_OBJECT and named in question


def _agrees(value: bool, lead: str, rest: str, apart: bool) -> bool:
    words = table("yesno")
    takes_object = squash(lead) in {squash(fold(word)) for word in (*words["yes_verbs"], *words["no_verbs"])}
    body = _BOUNDARY.sub("", rest)
    if not body:
        return True
    if not apart and not (takes_object and len(body) <= _LONGEST_OBJECT):
        return False
    again = _leads().match(body) if apart else None
    if again and not body.startswith("ใช้") and _exact()[flat(squash(again[0]))] != value:
        return not value and takes_object and _is_other_clause(lead, body, again.end())
    reason = body.startswith(tuple(words["reasons"]))
    return reason or not _NEGATION.search(body) or bool(not value and apart and again)


def _is_other_clause(lead: str, body: str, verb_end: int) -> bool:
    """Whether a yes after a no is of another thing: "ไม่เคย มีรถเอง", but not "ไม่มี มีค่ะ"."""
    verb, rest = squash(body[:verb_end]), _tail().sub("", body[verb_end:])
    return len(squash(rest)) > 1 and verb not in squash(lead) and not _NEGATION.search(rest)
