"""Questionnaires of every shape that an author may write, for properties that hold of any."""

from typing import Any

from hypothesis import strategies as st

from bot.interview.questionnaire import Kind, Questionnaire
from bot.interview.reading import plain, problems, read

LANGUAGES = ("th", "en", "my", "km", "lo")
_LETTERS = "กขคงจฉชซญดตถทนบปผพฟมยรลวศสหอฮะาิีึืุูเแโใไ่้๊๋์ ๆฯabcXYZ 019.,:;!?“”‘’'\"${}=+-@<>&#%()[]/\\|_*\n\tမြန်ខ្មែរລາວ"
_WORDS = st.text(_LETTERS, min_size=1, max_size=18).map(lambda text: text.replace("${", "$(")).filter(str.strip)
_EDGES = st.sampled_from(
    ["007", "true", "=1+1", "+66", "-5", "@x", "no", "1.0", "2026-01-31", "ก\nข", " ก", "a  b", "null", "#"]
)
WORDS = _WORDS | _EDGES
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
CHOICES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
_AMOUNTS = st.integers(-1000, 10**9) | st.floats(-1e6, 1e6, allow_nan=False)
_OFFERED = {"number": _AMOUNTS, "date": st.dates().map(str), "text": st.text("กขคabc 12", min_size=1).filter(str.strip)}
_DAYS = st.dates().map(str) | st.just("today")


@st.composite
def _texts(draw: st.DrawFn, languages: list[str]) -> dict[str, str]:
    return {each: draw(WORDS) for each in languages}


@st.composite
def _choices(draw: st.DrawFn, languages: list[str]) -> list[dict[str, Any]]:
    names = draw(st.lists(CHOICES, min_size=2, max_size=6, unique=True))
    listed: list[dict[str, Any]] = []
    for place, name in enumerate(names):
        # The number keeps labels apart: two choices of one label are refused.
        label = {each: f"{place}{draw(WORDS)}" for each in languages}
        listed.append({"name": name, "label": label} | ({"exclusive": True} if draw(st.booleans()) else {}))
    if draw(st.booleans()):
        draw(st.sampled_from(listed))["other"] = True
    return listed


@st.composite
def _ends(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> dict[str, Any]:
    ends = sorted(draw(st.lists(values, min_size=2, max_size=2)), key=str if values is _DAYS else None)
    return {name: end for name, end in zip(("least", "most"), ends, strict=True) if draw(st.booleans())}


@st.composite
def _constraint(draw: st.DrawFn, kind: str, languages: list[str], choices: int) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    match kind:
        case "number":
            bounds = draw(_ends(_AMOUNTS)) | ({"whole": True} if draw(st.booleans()) else {})
        case "date":
            bounds = draw(_ends(_DAYS))
        case "text" if draw(st.booleans()):
            bounds = {"longest": draw(st.integers(1, 5000))}
        case "select_multiple":
            counts = sorted(draw(st.lists(st.integers(1, choices), min_size=2, max_size=2)))
            bounds = {name: n for name, n in zip(("at_least", "at_most"), counts, strict=True) if draw(st.booleans())}
    if kind in ("number", "date", "text", "select_multiple") and draw(st.booleans()):
        bounds["message"] = draw(_texts(languages))
    return bounds


@st.composite
def _condition(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any]:
    kind, tests = question["kind"], {"answered": st.booleans()}
    if "choices" in question:
        names = st.sampled_from([each["name"] for each in question["choices"]])
        several = st.lists(names, min_size=1, max_size=3, unique=True)
        tests |= {"is": names, "is_not": names, "any_of": several, "none_of": several}
    elif kind == "yes_no":
        tests |= {"is": st.booleans(), "is_not": st.booleans()}
    elif kind in ("number", "rating", "date"):
        values = {"number": _AMOUNTS, "rating": st.integers(1, 3), "date": st.dates().map(str)}[kind]
        tests |= dict.fromkeys(("is", "is_not", "at_least", "at_most"), values)
        tests |= {each: st.lists(values, min_size=1, max_size=2) for each in ("any_of", "none_of")}
    asked = draw(st.lists(st.sampled_from(sorted(tests)), min_size=1, max_size=2, unique=True))
    return {"question": question["name"], **{each: draw(tests[each]) for each in asked}}


@st.composite
def _rule(draw: st.DrawFn, earlier: list[dict[str, Any]], deep: int = 0) -> dict[str, Any]:
    if deep < 2 and draw(st.integers(0, 2)) == 0:
        rules = [draw(_rule(earlier, deep + 1)) for _ in range(draw(st.integers(1, 3)))]
        return {draw(st.sampled_from(["all", "any"])): rules}
    return draw(_condition(draw(st.sampled_from(earlier))))


@st.composite
def _question(draw: st.DrawFn, name: str, languages: list[str], earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from([str(each) for each in Kind]))
    data: dict[str, Any] = {"name": name, "kind": kind, "label": draw(_texts(languages))}
    if kind != "note":
        data["required"] = draw(st.booleans())
    if kind in ("select_one", "select_multiple"):
        data["choices"] = draw(_choices(languages))
    if kind == "rating":
        least = draw(st.integers(0, 3))
        data["scale"] = {"least": least, "most": least + draw(st.integers(1, 11))}
        data["scale"] |= {end: draw(_texts(languages)) for end in ("low", "high") if draw(st.booleans())}
    if bounds := draw(_constraint(kind, languages, len(data.get("choices", ())))):
        data["constraint"] = bounds
    if kind in _OFFERED and draw(st.booleans()):
        data["default"] = draw(_OFFERED[kind])
    if draw(st.booleans()):
        data["hint"] = draw(_texts(languages))
    if draw(st.booleans()):
        data |= {"sensitive": True, "purpose": draw(_texts(languages))}
    asked = [each for each in earlier if each["kind"] != "note"]
    if asked and draw(st.booleans()):
        data["show_if"] = draw(_rule(asked))
    return data


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Any questionnaire that reads without a problem. What would make one question unreachable is left out."""
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    names = draw(st.lists(NAMES.filter(lambda name: name != "review"), min_size=1, max_size=5, unique=True))
    listed: list[dict[str, Any]] = []
    for name in names:
        listed.append(draw(_question(name, languages, listed)))
    listed.append({"name": "the_last_one", "kind": "text", "label": dict.fromkeys(languages, "ก")})
    data: dict[str, Any] = {
        "slug": draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)),
        "project": "road-safety",
        **{each: draw(_texts(languages)) for each in ("title", "purpose", "intro", "outro")},
        "languages": languages,
        "questions": listed,
    }
    for found in problems(data):
        place = int(found.where.partition("[")[2].partition("]")[0])
        wrong = next(each for each in ("default", "show_if", "constraint") if each in found.where)
        data["questions"][place].pop(wrong, None)
    if problems(data):  # what rested on what was left out
        for each in listed:
            each.pop("show_if", None)
    return settled(read(data))


def settled(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as it is kept once published: conditions without brackets around a single one."""
    again = read(plain(questionnaire))
    return again if again == questionnaire else settled(again)
