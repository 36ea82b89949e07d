"""Which words of the dictionaries say that a name stands before or after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from extractor.components._name_evidence import Cues, make_cues


class Terms(Protocol):
    """A lexicon as far as it is needed here: the words of a cue class, folded to the shadow."""

    def terms(self, label: str) -> frozenset[str]:
        """The words with that label."""
        ...


def name_cues(lexicon: Terms, settings: Mapping[str, Any]) -> Cues:
    """The cues of the dictionaries, with the signs that ``[settings.signs]`` groups."""
    signs = {f"sign.{name}": tuple(chars) for name, chars in settings.get("signs", {}).items()}
    identity = lexicon.terms("name_before")
    follows = lexicon.terms("name_after")
    honorific = lexicon.terms("honorific")
    before = {
        "particle": _short(identity),
        "identity": _long(identity),
        "title": lexicon.terms("title"),
        "byline": lexicon.terms("byline"),
    }
    after = {
        "particle": _short(follows),
        "identity": _long(follows),
        "act": lexicon.terms("person_verb"),
        "time": lexicon.terms("time_after"),
        "speech": lexicon.terms("speech_verb"),
        "title": lexicon.terms("title"),
        "short-honorific": _short(honorific),
        "honorific": _long(honorific),
    }
    return make_cues({**before, **signs}, {**after, **signs}, honorific, lexicon.terms("no_name"))


def _short(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) == 1]


def _long(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) > 1]
