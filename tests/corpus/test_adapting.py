"""Labelled texts of one's own → a model folder that knows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.corpus.adapting import adapt
from extractor.corpus.training import Labelled, Measured, calibration, read_labelled
from extractor.errors import InputError, OutputError
from extractor.pipeline import load

TEXT = "昨天祥瑞九号在仓库发布公告。"
NAME = {"start": 2, "end": 6, "type": "ORG"}


def write(path: Path, rows: list[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def rows(count: int) -> list[object]:
    frames = ["昨天{}在仓库发布公告。", "据{}介绍,货已到齐。", "{}表示会按时送货。", "客户向{}订货。"]
    made: list[object] = []
    for number in range(count):
        before, after = frames[number % len(frames)].split("{}")
        one = {"start": len(before), "end": len(before) + 4, "type": "ORG"}
        made.append({"text": f"{before}祥瑞九号{after}", "entities": [one]})
    return made


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("adapted")
    result = adapt([write(folder / "own.jsonl", rows(40))], folder / "model", epochs=4)
    assert (result.learned, result.held_out) == (36, 4)
    assert result.after["ORG"] == 1.0
    return folder / "model"


def test_the_model_folder_finds_what_it_was_taught(adapted: Path) -> None:
    doc = load(adapted)("今年祥瑞九号表示会增加产量。")
    assert ("祥瑞九号", "ORG") in [(one.text, one.label_) for one in doc.ents]


def test_the_card_says_what_was_learned(adapted: Path) -> None:
    card = json.loads((adapted / "tagger" / "card.json").read_text(encoding="utf-8"))
    assert list(card["data"]) == ["own.jsonl"]
    assert len(card["adapted from"]) == 64


def test_nothing_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="exists already"):
        adapt([write(tmp_path / "own.jsonl", rows(20))], tmp_path)


def test_texts_without_a_name_teach_nothing(tmp_path: Path) -> None:
    data = write(tmp_path / "own.jsonl", [{"text": TEXT, "entities": []}])
    with pytest.raises(InputError, match="holds no name to learn from"):
        adapt([data], tmp_path / "out")


@pytest.mark.parametrize(
    "row",
    [
        [],
        {"text": TEXT},
        {"text": TEXT, "entities": [{"start": 2, "end": 6}]},
        {"text": TEXT, "entities": [{**NAME, "type": "SHIP"}]},
        {"text": TEXT, "entities": [{**NAME, "end": 99}]},
        {"text": TEXT, "entities": [{**NAME, "start": 6}]},
        {"text": TEXT, "entities": [NAME, {**NAME, "start": 5, "end": 7}]},
    ],
)
def test_a_line_at_fault_is_named(tmp_path: Path, row: object) -> None:
    path = write(tmp_path / "own.jsonl", [{"text": TEXT, "entities": [NAME]}, row])
    with pytest.raises(InputError) as caught:
        read_labelled(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert "\n" not in str(caught.value)


def test_labelled_lines_are_read_in_the_order_of_the_text(tmp_path: Path) -> None:
    later = {"start": 7, "end": 9, "type": "LOC"}
    path = write(tmp_path / "own.jsonl", [{"text": TEXT, "entities": [later, NAME]}])
    assert read_labelled(path) == [Labelled(TEXT, ((2, 6, "ORG"), (7, 9, "LOC")))]


def test_calibration_gives_the_share_that_was_right_and_rises() -> None:
    spans = [(number, (0, 1, "LOC")) for number in range(1000)]
    found = {one: number / 1000 for number, one in enumerate(spans)}
    gold = frozenset(one for number, one in enumerate(spans) if number % 4 and number >= 200)
    pairs = calibration([Measured(gold, found)])
    given, right = zip(*pairs, strict=True)
    assert given == tuple(sorted(given))
    assert right == tuple(sorted(right))
    assert [share for chance, share in pairs if 0.3 < chance < 0.9] == pytest.approx([0.75], abs=0.03)
    assert pairs[0] == (0.0, 0.0)


def test_few_names_are_not_calibrated() -> None:
    assert calibration([Measured(frozenset(), {})]) == ((0.0, 0.0), (1.0, 1.0))
