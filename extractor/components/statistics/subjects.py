"""Whose figure it is."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.components import state
from extractor.components.statistics.drafts import Draft
from extractor.components.statistics.vocabulary import Vocabulary


class SubjectFinder:
    """Finds the entity that each figure belongs to."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary) -> None:
        self._mentions = state.mentions(doc)

    def find_all(self, drafts: Sequence[Draft]) -> None:
        """Set ``subject`` of every draft."""
        for draft in drafts:
            if draft.owner >= 0:
                mention = self._mentions[draft.owner]
                draft.subject, draft.subject_span = mention.entity, (mention.start, mention.end)
