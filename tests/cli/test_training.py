"""``extractor train``: labelled texts in, a model folder out; errors are one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.app import run

ROW = {"text": "昨天祥瑞九号发布公告。", "entities": [{"start": 2, "end": 6, "type": "ORG"}]}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def write(path: Path, rows: list[object]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_model_folder_is_written_and_what_it_gained_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = write(tmp_path / "own.jsonl", [ROW] * 20), tmp_path / "model"
    assert run(["train", data, "--out", str(out), "--epochs", "1"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].startswith(f"{out}: learned 18 texts; F1 on 2 texts held out")
    assert [line.split()[0] for line in shown.out.splitlines()[1:]] == ["micro", "PERSON", "ORG", "LOC"]
    assert "epoch 1 of 1" in shown.err
    assert (out / "tagger" / "weights.npz").is_file()
    assert (out / "config.cfg").is_file()


def test_a_folder_that_exists_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path / "own.jsonl", [ROW])
    assert run(["train", data, "--out", str(tmp_path)]) == 3
    assert "exists already" in capsys.readouterr().err


def test_data_at_fault_are_status_1_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(tmp_path / "own.jsonl", [ROW, {"text": "无标注"}])
    assert run(["train", data, "--out", str(tmp_path / "model")]) == 1
    assert f"{data}:2: is no labelled text" in capsys.readouterr().err
