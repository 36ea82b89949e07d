"""The file of weights: read back as written; what is no file of ours gives one clear line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from extractor.errors import ModelError
from extractor.tagger.labels import TAGS
from extractor.tagger.tagger import Tagger
from extractor.tagger.training import column_count
from extractor.tagger.weights import FILE_NAME, TaggerWeights, quantize, read_weights, write_weights

CALIBRATION = ((0.0, 0.0), (0.5, 0.4), (1.0, 0.99))


@pytest.fixture(scope="module")
def weights() -> TaggerWeights:
    columns = np.zeros((column_count(), len(TAGS)), np.float32)
    columns[::1000] = np.linspace(-2, 3, len(TAGS), dtype=np.float32)
    moves = np.full((len(TAGS), len(TAGS)), 0.25, np.float32)
    made = quantize(columns, moves, ("n", "nr"), ("org.head:55",))
    return replace(made, calibration=CALIBRATION)


def test_weights_are_read_back_as_they_were_written(weights: TaggerWeights, tmp_path: Path) -> None:
    write_weights(weights, tmp_path)
    again = read_weights(tmp_path)
    assert len(again.tables) == len(weights.tables)
    assert all(np.array_equal(one, other) for one, other in zip(again.tables, weights.tables, strict=True))
    assert np.array_equal(again.transitions, weights.transitions)
    assert (again.scale, again.parts, again.rules) == (weights.scale, weights.parts, weights.rules)
    assert again.calibration == CALIBRATION


def test_the_same_weights_give_the_same_bytes(weights: TaggerWeights, tmp_path: Path) -> None:
    write_weights(weights, tmp_path / "one")
    write_weights(weights, tmp_path / "two")
    assert (tmp_path / "one" / FILE_NAME).read_bytes() == (tmp_path / "two" / FILE_NAME).read_bytes()


def test_integers_times_scale_are_the_weights_and_none_is_clipped(weights: TaggerWeights) -> None:
    highest = max(int(table.max()) for table in weights.tables)
    assert highest == 127
    assert highest * weights.scale == pytest.approx(3.0)
    assert int(weights.transitions[0, 0]) * weights.scale == pytest.approx(0.25, abs=weights.scale)


def failure(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        Tagger.load(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_missing_weights(tmp_path: Path) -> None:
    assert f"{tmp_path / FILE_NAME}: the weights of the tagger are missing" in failure(tmp_path)


@pytest.mark.parametrize("kept", [0, 1, 100, 0.5, 0.99])
def test_truncated_weights(weights: TaggerWeights, tmp_path: Path, kept: float) -> None:
    write_weights(weights, tmp_path)
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(whole[: int(kept if kept >= 1 else kept * len(whole))])
    assert "is damaged or holds no tagger weights" in failure(tmp_path)


def test_weights_with_a_flipped_byte(weights: TaggerWeights, tmp_path: Path) -> None:
    write_weights(weights, tmp_path)
    whole = bytearray((tmp_path / FILE_NAME).read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    (tmp_path / FILE_NAME).write_bytes(bytes(whole))
    assert "is damaged" in failure(tmp_path)


def test_a_foreign_file(tmp_path: Path) -> None:
    np.savez(tmp_path / FILE_NAME, embeddings=np.ones(3))
    assert "holds no tagger weights" in failure(tmp_path)


@pytest.mark.parametrize(("key", "value"), [("_FORMAT", 1), ("signature", lambda: "0" * 16)])
def test_weights_of_another_version(
    weights: TaggerWeights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: object
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"extractor.tagger.weights.{key}", value)
        write_weights(weights, tmp_path)
    assert "was made for another version of the tagger" in failure(tmp_path)


def test_tables_of_another_size(weights: TaggerWeights, tmp_path: Path) -> None:
    write_weights(replace(weights, tables=(weights.tables[0][:10], *weights.tables[1:])), tmp_path)
    assert "holds tables of another size" in failure(tmp_path)
