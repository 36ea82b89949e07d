"""Titles of people: what is written beside a name, and the organisation or place where it is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import IDX, LENGTH, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractor import paths
from extractor.components import state
from extractor.components._entity_ids import clean, entity_id
from extractor.components._name_cues import Terms
from extractor.components._role_frames import RoleFrames
from extractor.components._role_sites import Found, RoleText, Words, read_role_rules
from extractor.components._role_titles import RoleTitles
from extractor.components._titles import make_grammar
from extractor.components.state import EntityRow, RoleRow

_NOUNS = frozenset("njblsx")  # tags of the segmenter for words that names of bodies are made of


class RoleMatcher:
    """Component: one row for each title of each person in each organisation."""

    def __init__(self, rules: Mapping[str, Any], lexicon: Terms) -> None:
        grammar = make_grammar(lexicon, rules)
        frames = sorted(lexicon.terms("title_frame"), key=len, reverse=True)
        self.parts = frozenset(rules["words"]["parts"])
        self.beside = RoleTitles(grammar, rules, frames)
        self.framed = RoleFrames(grammar, rules, frames)

    def __call__(self, doc: Doc) -> Doc:
        """Write the role rows, and name people by their organisation in their ids."""
        shadow = state.shadow(doc)
        words = words_of(doc, len(shadow))
        rows = state.mentions(doc), state.entities(doc), state.references(doc)
        text = RoleText(shadow, words, *rows, self.parts)
        found = [*self.beside.find(text), *self.framed.find(text)]
        written = state.text(doc)
        titles = [_row(written, text, one) for one in _distinct(sorted(found), text)]
        state.write_rows(doc, "roles", titles)
        state.write_rows(doc, "entities", _named_by_organization(rows[1], titles))
        return doc


def words_of(doc: Doc, length: int) -> Words:
    """Where tokens start, and which of them are nouns."""
    edges = np.zeros(length + 1, dtype=np.uint8)
    columns = doc.to_array([IDX, LENGTH, TAG]).reshape(len(doc), 3)
    starts, ends = columns[:, 0].astype(np.int64), columns[:, :2].sum(axis=1).astype(np.int64)
    edges[starts] = 1
    edges[length] = 1
    tags, index = np.unique(columns[:, 2], return_inverse=True)
    nouns = np.array([doc.vocab.strings[tag][:1] in _NOUNS for tag in tags.tolist()], dtype=bool)[index]
    pairs = zip(ends[nouns].tolist(), starts[nouns].tolist(), strict=True)
    return Words(edges.tobytes(), dict(pairs))


def _distinct(found: Iterable[Found], text: RoleText) -> list[Found]:
    """Each title of a person in an organisation once; a guessed organisation yields to a written one."""
    kept: dict[tuple[str, str, int | str], Found] = {}
    for one in found:
        org = one.org if one.org >= 0 else text.shadow[one.body[0] : one.body[1]]
        key = (*text.key(one), org)
        kept.setdefault(key, one)
    sure = {text.key(one) for one in kept.values() if one.org >= 0 and not one.guessed}
    return [one for one in kept.values() if not one.guessed or text.key(one) not in sure]


def _row(source: str, text: RoleText, one: Found) -> RoleRow:
    person = text.mentions[one.person]
    start, end = min(one.start, person.start), max(one.end, person.end)
    role = clean(source[one.start : one.end])
    name = clean(source[person.start : person.end])
    low, high = one.body
    org_text = text.entities[one.org].name if one.org >= 0 else clean(source[low:high])
    return RoleRow(start, end, person.entity, name, role, one.org, org_text, one.rule)


def _named_by_organization(entities: list[EntityRow], rows: Iterable[RoleRow]) -> list[EntityRow]:
    """People get an id of name and first organisation, so that two of one name stay two."""
    orgs: dict[int, str] = {}
    for row in rows:
        if row.org >= 0:
            orgs.setdefault(row.person, row.org_text)
    return [
        entity._replace(entity_id=entity_id(entity.label, entity.name, orgs[number]))
        if number in orgs
        else entity
        for number, entity in enumerate(entities)
    ]


@Language.factory("extractor_roles", default_config={"folder": "", "user": ""})
def create_roles(nlp: Language, name: str, folder: str, user: str) -> RoleMatcher:
    """The component with the data of a pipeline folder (default: the shipped one)."""
    from extractor.lexicon.lexicon import load_lexicon

    place = Path(folder) if folder else paths.default_model()
    lexicon = load_lexicon(place, Path(user) if user else None)
    return RoleMatcher(read_role_rules(place / "rules" / "roles.toml"), lexicon)
