"""Learning from corrections: compared on texts that were not learned from, written aside, never switched."""

import json
from pathlib import Path

import pytest

from nlp import leaning
from nlp.__main__ import main
from nlp.document import read
from nlp.hearing import Hearing
from nlp.pieces import topic_pieces
from nlp.topics import topics
from nlp.training.citizens import fold
from nlp.training.corrections import compared, read_corrections, train_routing, train_topics
from nlp.training.reading import Unreadable

PROJECTS = [
    {"slug": "lanterns", "title": "โครงการโคมลอย"},
    {"slug": "kites", "title": "โครงการว่าวไทย"},
]


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def topic_rows() -> list[dict[str, object]]:
    """A field that the taxonomy knows nothing of, corrected 150 times: drones are now spoken of as noise."""
    return [{"kind": "topics", "text": f"โดรนบินวนเหนือหลังคาคืนที่ {n}", "right": ["city.pollution"]} for n in range(150)]


def test_topics_learn_a_new_word_and_say_by_how_much(tmp_path: Path) -> None:
    before = leaning.MODEL.read_bytes()
    answer = train_topics(written(tmp_path / "c.jsonl", topic_rows()), tmp_path / "out")
    assert answer["better"] == "candidate"
    assert answer["gain"] > 0.5
    assert 0 < answer["interval"][0] <= answer["gain"] <= answer["interval"][1]
    assert leaning.MODEL.read_bytes() == before
    candidate = leaning.load(Path(answer["written"]))
    text = "โดรนบินวนเหนือหลังคาอีกแล้ว"
    assert "city.pollution" not in [tag.tag for tag in topics(read(text))]
    (tag,) = topics(read(text), Hearing(candidate, topic_pieces()))
    assert tag.tag == "city.pollution"
    assert all("โดรนบินวนเหนือหลังคา".find(text[start:end]) >= 0 for start, end in tag.spans)


def test_routing_learns_words_that_no_description_holds(tmp_path: Path) -> None:
    projects = tmp_path / "projects.json"
    projects.write_text(json.dumps(PROJECTS, ensure_ascii=False), encoding="utf-8")
    rows: list[dict[str, object]] = [
        {"kind": "routing", "text": f"{what} ครั้งที่ {n}", "right": slug}
        for n in range(80)
        for what, slug in (("สายป่านขาดบ่อย", "kites"), ("ขี้ผึ้งกับเทียนไขหมด", "lanterns"))
    ]
    answer = train_routing(written(tmp_path / "c.jsonl", rows), projects, tmp_path / "out")
    assert answer["better"] == "candidate"
    assert answer["candidate"] > 0.9 > answer["present"]
    assert (tmp_path / "out" / "routing_corrections.npz").exists()


def test_few_texts_prove_nothing(tmp_path: Path) -> None:
    answer = train_topics(written(tmp_path / "c.jsonl", topic_rows()[:12]), tmp_path / "out")
    assert answer["better"] == "unknown"


def test_a_difference_within_chance_is_not_shown() -> None:
    before = [(1.0, 1.0), (0.0, 1.0)] * 20
    after = [(0.0, 1.0), (1.0, 1.0)] * 20
    assert compared(before, after, "accuracy")["better"] == "not shown"
    assert compared(after, [(0.0, 1.0)] * 40, "accuracy")["better"] == "present"


def test_the_split_hangs_on_the_text_alone(tmp_path: Path) -> None:
    rows = topic_rows()
    forward = read_corrections(written(tmp_path / "a.jsonl", rows), "topics")
    backward = read_corrections(written(tmp_path / "b.jsonl", rows[::-1]), "topics")
    assert {one.text for one in forward if one.judges} == {one.text for one in backward if one.judges}
    assert all(one.judges == (fold(one.text) == 0) for one in forward)


def test_the_last_correction_of_a_text_counts(tmp_path: Path) -> None:
    rows = [{"kind": "topics", "text": "ก", "right": ["a.b"]}, {"kind": "topics", "text": "ก", "right": []}]
    assert [one.right for one in read_corrections(written(tmp_path / "c.jsonl", rows), "topics")] == [()]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"kind": "topics", "text": "ก"}',
        '{"kind": "mood", "text": "ก", "right": []}',
        '{"kind": "topics", "text": " ", "right": []}',
        '{"kind": "routing", "text": "ก", "right": ["a", "b"]}',
        '{"kind": "topics", "text": "ก", "right": [1]}',
    ],
)
def test_what_cannot_be_learned_from_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"kind": "topics", "text": "ข", "right": []}\n' + line, encoding="utf-8")
    with pytest.raises(Unreadable, match="line 2"):
        read_corrections(path, "topics")


def test_the_command_writes_aside_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "c.jsonl", topic_rows())
    assert main(["train", "topics", "--from", str(path), "--out", str(tmp_path / "out")]) == 0
    assert json.loads(capsys.readouterr().out)["better"] == "candidate"
    assert main(["train", "topics", "--from", str(tmp_path / "none.jsonl")]) == 1
    with pytest.raises(SystemExit) as stopped:
        main(["train", "routing", "--from", str(path)])
    assert stopped.value.code == 2
