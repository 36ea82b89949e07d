"""The file of weights: int8 tables and transitions with one scale, and what they were made for."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError
from extractor.tagger.features import STREAMS
from extractor.tagger.labels import TAGS

FILE_NAME = "weights.npz"
_FORMAT = 2
_LEVELS = 127


@dataclass(frozen=True, slots=True)
class TaggerWeights:
    """``tables`` (rows, offsets x tags) in the order of the streams; a weight is an integer times ``scale``.

    ``parts`` are the part-of-speech tags, ``rules`` the rules that were known in training, by number from 1.
    ``calibration`` pairs the probability that the chain gives with how often such names were right.
    """

    tables: tuple[NDArray[np.int8], ...]
    transitions: NDArray[np.int16]
    scale: float
    parts: tuple[str, ...]
    rules: tuple[str, ...]
    calibration: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))


def signature() -> str:
    """What weights depend on: the streams, their windows, the tags."""
    described = repr([(stream.name, stream.bits, stream.offsets) for stream in STREAMS]) + repr(TAGS)
    return hashlib.blake2b(described.encode(), digest_size=8).hexdigest()


def quantize(
    columns: NDArray[np.float32],
    transitions: NDArray[np.float32],
    parts: tuple[str, ...],
    rules: tuple[str, ...],
) -> TaggerWeights:
    """Float weights as integers of one scale; ``columns`` as ``training.column_numbers`` numbers them."""
    scale = float(np.abs(columns).max()) / _LEVELS or 1.0
    whole = np.round(columns / scale).astype(np.int8)
    tables, base = [], 0
    for stream in STREAMS:
        rows = 1 << stream.bits
        blocks = [whole[base + n * rows : base + (n + 1) * rows] for n in range(len(stream.offsets))]
        tables.append(np.concatenate(blocks, axis=1))
        base += rows * len(stream.offsets)
    moves = np.clip(np.round(transitions / scale), -9999, 9999).astype(np.int16)
    return TaggerWeights(tuple(tables), moves, scale, parts, rules)


def columns_of(weights: TaggerWeights) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Columns and transitions as they were before ``quantize``, to go on training from."""
    tags, scale = len(TAGS), np.float32(weights.scale)
    parts = [
        table[:, place * tags : (place + 1) * tags]
        for stream, table in zip(STREAMS, weights.tables, strict=True)
        for place in range(len(stream.offsets))
    ]
    return np.concatenate(parts).astype(np.float32) * scale, weights.transitions.astype(np.float32) * scale


def write_weights(weights: TaggerWeights, folder: Path) -> None:
    """Write ``weights.npz`` into ``folder``, the same bytes for the same weights."""
    head = {
        "format": _FORMAT,
        "signature": signature(),
        "scale": weights.scale.hex(),
        "parts": weights.parts,
        "rules": weights.rules,
        "calibration": weights.calibration,
    }
    arrays: dict[str, Any] = {
        f"table_{stream.name}": t for stream, t in zip(STREAMS, weights.tables, strict=True)
    }
    arrays["transitions"] = weights.transitions
    arrays["head"] = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / FILE_NAME, **arrays)


def read_weights(folder: Path) -> TaggerWeights:
    """The weights of a folder; ModelError when they are missing, damaged, foreign or of another version."""
    path = folder / FILE_NAME
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            head = json.loads(bytes(file["head"]))
            _check(path, head)
            weights = _unpacked(file, head)
    except FileNotFoundError as error:
        raise ModelError(
            f"{path}: the weights of the tagger are missing; train them or install again"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(
            f"{path}: is damaged or holds no tagger weights; train them or install again"
        ) from error
    if not _fits(weights):
        raise ModelError(f"{path}: holds tables of another size; train them or install again")
    return weights


def _unpacked(file: Mapping[str, Any], head: Mapping[str, Any]) -> TaggerWeights:
    return TaggerWeights(
        tables=tuple(file[f"table_{stream.name}"] for stream in STREAMS),
        transitions=file["transitions"],
        scale=float.fromhex(head["scale"]),
        parts=tuple(head["parts"]),
        rules=tuple(head["rules"]),
        calibration=tuple((float(given), float(right)) for given, right in head["calibration"]),
    )


def _fits(weights: TaggerWeights) -> bool:
    shapes = [(1 << stream.bits, len(stream.offsets) * len(TAGS)) for stream in STREAMS]
    found = [table.shape for table in weights.tables]
    return found == shapes and weights.transitions.shape == (len(TAGS), len(TAGS))


def _check(path: Path, head: dict[str, Any]) -> None:
    if head["format"] != _FORMAT or head["signature"] != signature():
        raise ModelError(f"{path}: was made for another version of the tagger; train it again with this one")
