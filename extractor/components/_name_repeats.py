"""What a whole document says of a candidate: the same string elsewhere, or one a character shorter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.components._name_evidence import Scored


def weigh_together(shadow: str, scored: Iterable[Scored], settings: Mapping[str, Any]) -> list[Scored]:
    """The candidates with what their repetition adds.

    A string that is a candidate in several places gains.  Three characters lose where their first two are a
    likely name elsewhere without the third (张明如 beside 张明), two where they are one only with it.
    """
    least = float(settings["threshold_in_list"]) - float(settings["repeat_most"])
    candidates = [one for one in scored if one.score >= least]
    places: dict[str, set[int]] = {}
    best: dict[str, float] = {}
    likely = float(settings["threshold"])
    gain, most = float(settings["repeat_gain"]), float(settings["repeat_most"])
    alone: set[tuple[str, str]] = set()
    for one in candidates:
        text = shadow[one.start : one.end]
        places.setdefault(text, set()).add(one.start)
        best[text] = max(one.score, best.get(text, one.score))
        if len(text) == 2 and one.score >= likely:
            alone.add((text, shadow[one.end : one.end + 1]))
    followers: dict[str, set[str]] = {}
    for text, after in alone:
        followers.setdefault(text, set()).add(after)
    weighed = []
    for one in candidates:
        text = shadow[one.start : one.end]
        more = min(most, gain * math.log2(len(places[text])))
        if len(text) == 3 and followers.get(text[:2], set()) - {text[2]}:
            more -= float(settings["shorter_elsewhere"])
        longer = shadow[one.start : one.end + 1]
        if len(text) == 2 and best.get(longer, -99.0) >= likely and len(followers.get(text, ())) < 2:
            more -= float(settings["shorter_elsewhere"])
        weighed.append(one._replace(score=one.score + more))
    return weighed
