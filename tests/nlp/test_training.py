import json
from pathlib import Path

import numpy as np
import pytest

from nlp.features import hashes
from nlp.linear import beside, keys, load, looked_up, packed, rounded, rows, save, spread, unpacked
from nlp.training import calls, fitting
from nlp.training.figures import accuracy, calibration_error, confusion, interval, macro_f1, per_label
from nlp.training.reading import Unreadable, messages, read_examples
from nlp.training.report import Guess, Report

TRUTH, GUESSES = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0])


def test_figures_are_those_of_the_textbook() -> None:
    table = confusion(TRUTH, GUESSES, 3)
    assert table.tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert [round(figures.f1, 3) for figures in per_label(table)] == [0.5, 0.8, 0.0]
    assert macro_f1(TRUTH, GUESSES, 3) == pytest.approx(1.3 / 3)
    assert accuracy(TRUTH, GUESSES) == pytest.approx(0.6)
    low, high = interval(TRUTH, GUESSES, 3)
    assert 0 <= low <= macro_f1(TRUTH, GUESSES, 3) <= high <= 1


def test_calibration_is_perfect_where_chances_are_kept() -> None:
    right = np.array([True] * 9 + [False])
    assert calibration_error(right, np.full(10, 0.9)) == pytest.approx(0)
    assert calibration_error(right, np.full(10, 0.5)) == pytest.approx(0.4)


def test_a_report_shows_figures_and_the_surest_mistake() -> None:
    guesses = [Guess("ดี", "pos", (0.1, 0.9)), Guess("แย่", "neg", (0.2, 0.8)), Guess("ช้า", "neg", (0.9, 0.1))]
    shown = "\n".join(Report("task", ("neg", "pos"), guesses).lines())
    assert "task (3 texts)" in shown
    assert "macro-F1 0.6667" in shown
    assert "neg → pos 0.80  แย่" in shown


def test_hashes_know_texts_apart_and_not_the_case_of_letters() -> None:
    assert keys(hashes(["ถนน", " ", "พัง"])).tolist() == keys(hashes(["ถนน", " ", "พัง"])).tolist()
    assert keys(hashes(["Road"])).tolist() == keys(hashes(["road"])).tolist()
    assert set(keys(hashes(["ถนน"])).tolist()) != set(keys(hashes(["นนถ"])).tolist())
    assert len(hashes([])) > 0


def test_models_are_the_same_after_saving(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    part = rounded(chance.normal(size=(50, 3)), np.array([0.1, 0.2, 0.3]))
    save(tmp_path / "m.npz", dict(packed("m", part)))
    again = unpacked("m", load(tmp_path / "m.npz"))
    known = np.arange(0, 100, 2, dtype=np.uint32)
    text = looked_up(known, np.array([2, 3, 98, 99], dtype=np.uint32))
    assert text.rows.tolist() == [1, 49]
    assert again.summed(text).tolist() == part.summed(text).tolist()
    wide = spread(part, np.arange(50), 60)
    assert beside([wide, wide]).summed(text).tolist() == [*part.summed(text), *part.summed(text)]


def test_unknown_features_have_no_row() -> None:
    known = np.array([5, 9], dtype=np.uint32)
    assert rows(known, np.array([1, 5, 7, 20], dtype=np.uint32)).tolist() == [0]


def test_own_messages_are_labelled_and_said_once() -> None:
    read = messages()
    assert {message.label for message in read} == {"neg", "neu", "pos"}
    assert len({message.text for message in read}) == len(read) > 800
    assert {message.fold for message in read} == set(range(5))


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.jsonl", '{"texts": "ดี"}'), ("a.jsonl", "no"), ("a.tsv", "ไม่มีแท็บ"), ("a.csv", "a,b\n1,2"), ("a.xml", "<a/>")],
)
def test_what_cannot_be_learned_from_is_told(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=name):
        read_examples(tmp_path / name, "destination")


def test_trains_and_judges_calls(tmp_path: Path) -> None:
    said = [("อินเทอร์เน็ตช้า เล่นเน็ตไม่ได้", "internet"), ("จ่ายบิลค่าบริการ ยอดเงิน", "billing")]
    lines = [f"{text} ครั้งที่ {n},{label}" for n in range(12) for text, label in said]
    (tmp_path / "train.csv").write_text("texts,destination\n" + "\n".join(lines), encoding="utf-8")
    (tmp_path / "test.csv").write_text("texts,destination\nเน็ตช้ามาก,internet\nจ่ายบิล,billing", encoding="utf-8")
    card = calls.train(tmp_path, tmp_path)
    assert json.loads((tmp_path / "calls.json").read_text(encoding="utf-8")) == card
    assert "known" in load(tmp_path / "calls.npz")
    assert calls.evaluate(tmp_path)[0].macro_f1 == 1.0
    (tmp_path / "test.csv").unlink()
    assert "cross-validation" in calls.evaluate(tmp_path)[0].title


def test_evening_lets_a_rare_label_be_chosen() -> None:
    labels = np.array(["a"] * 8 + ["b"] * 2)
    scores = np.array([[1.0, 0.0]] * 8 + [[1.0, 0.9]] * 2)
    bias = fitting.evened(scores, labels, ("a", "b"))
    assert (scores + bias).argmax(axis=1).tolist() == [0] * 8 + [1] * 2
