"""How firm a figure is: cues such as 预计, 力争, 初步核算 and how far they reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.components.statistics.drafts import Draft
from extractor.components.statistics.vocabulary import StatusCue


def set_status(drafts: Sequence[Draft], shadow: str, cues: Sequence[StatusCue]) -> None:
    """Set ``status`` of every draft."""
    for draft in drafts:
        draft.status = _status(draft, shadow, cues)


def _status(draft: Draft, shadow: str, cues: Sequence[StatusCue]) -> str:
    start = draft.quantity.start
    line = shadow.rfind("\n", 0, start) + 1
    sentence = draft.nodes.starts[0]
    clause = max(sentence, *(shadow.rfind(mark, sentence, start) + 1 for mark in ",，"))
    lows = {"paragraph": line, "sentence": sentence, "clause": clause}
    for cue in cues:
        if cue.pattern.search(shadow, lows[cue.scope], start):
            return cue.value
    return "normal"
