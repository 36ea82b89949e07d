"""DictionaryMatcher: what the dictionaries know, as hits for the components after it."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import Hit
from extractor.lexicon.lexicon import Lexicon, load_lexicon
from extractor.paths import default_model


class DictionaryMatcher:
    """Writes a hit for every term that the dictionaries find in the shadow; decides nothing.

    Hits overlap freely.  Those of the user's own terms become mentions whatever else was proposed
    (``extractor.components.entities``), those with the label ``never`` silence what they cover.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """The document with its dictionary hits, by start and then longest first."""
        found = self.lexicon.find(state.shadow(doc))
        rows = [
            Hit(start, end, entry.label, entry.kind, entry.id, entry.user, entry.context)
            for start, end, entry in found
        ]
        state.write_rows(doc, "hits", rows)
        return doc


@Language.factory("extractor_dictionary", default_config={"folder": "", "user": ""})
def create_dictionary(nlp: Language, name: str, folder: str, user: str) -> DictionaryMatcher:
    """The component for a pipeline; ``folder`` is the pipeline's folder, ``user`` the user's lexicon."""
    place = Path(folder) if folder else default_model()
    return DictionaryMatcher(load_lexicon(place, Path(user) if user else None))
