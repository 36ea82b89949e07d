"""NameTagger: the learned layer; proposes the names that the linear chain sees."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components._words import words_of
from extractor.components.state import Candidate
from extractor.paths import default_model
from extractor.tagger.features import Texts
from extractor.tagger.reading import TermHit, read_text
from extractor.tagger.tagger import Tagged, Tagger

FOLDER = "tagger"
PRIORITY = 90  # above every rule and dictionary, below a name of the user (100)


class NameTagger:
    """Adds a candidate, rule ``tagger``, for every name of the best sequence, with its probability."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """The document with the tagger's candidates added."""
        state.mark_learned(doc)
        if not len(doc):
            return doc
        shadow = state.shadow(doc)
        found = self.tagger.tag(read_doc(doc, self.tagger.parts), shadow)
        state.add_candidates(doc, (_candidate(one) for one in found if _is_trim(shadow, one)))
        return doc


def _is_trim(shadow: str, one: Tagged) -> bool:
    """Whether a span begins and ends with a visible character."""
    return not shadow[one.start].isspace() and not shadow[one.end - 1].isspace()


def _candidate(one: Tagged) -> Candidate:
    return Candidate(one.start, one.end, one.label, "", "tagger", one.confidence, PRIORITY)


def read_doc(doc: Doc, parts: Mapping[str, int]) -> Texts:
    """What the tagger reads of a tokenized Doc with dictionary hits; ``parts`` numbers the word classes."""
    words = words_of(doc)
    starts = [0, *words.starts[1:]]
    hits = [TermHit(hit.start, hit.end, hit.label, hit.kind, hit.context) for hit in state.hits(doc)]
    return read_text(state.shadow(doc), (starts, words.tags), hits, parts)


@Language.factory("extractor_tagger", default_config={"folder": ""})
def create_tagger(nlp: Language, name: str, folder: str) -> NameTagger:
    """The component of a pipeline folder ("": the shipped one); ModelError where its weights fail."""
    place = Path(folder) if folder else default_model()
    return NameTagger(Tagger.load(place / FOLDER))
