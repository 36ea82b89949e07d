"""Entities of one document: mentions that name one thing, and definite forms that stand for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import IDX, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractor import paths
from extractor.components import state
from extractor.components._definite import Antecedents, find_references, make_definite
from extractor.components._entity_ids import clean, code_of, coded_id, entity_id, fold
from extractor.components._name_model import NameModel, load_name_model
from extractor.components._place_chains import Chains
from extractor.components._place_codes import load_chains, place_entities, resolve_places, with_codes
from extractor.components._same_entity import Endings, Form, Groups, group_forms
from extractor.components.state import EntityRow, MentionRow
from extractor.errors import RuleError
from extractor.text.rules import one_of
from extractor.text.script import to_shadow

_CLOSER = ("n", "b", "a", "m", "q", "vn", "j", "l", "i", "r", "u", "f", "t", "s")  # tags of the segmenter


class EntityLinker:
    """Component: groups mentions into entities and resolves definite forms."""

    def __init__(self, rules: Mapping[str, Any], names: NameModel, chains: Chains) -> None:
        self.chains = chains
        organizations = rules["organizations"]
        self.endings = Endings(
            units=tuple(rules["places"]["units"]),
            whole=tuple(organizations["whole"]),
            called=tuple(organizations["called"]),
            inner=tuple(organizations["inner"]),
            highest=frozenset(rules["places"]["highest"]),
        )
        self.names = names
        self.definite = make_definite(rules)
        self.introduced = re.compile(
            rf"[(（][^()（）]{{0,6}}?{one_of(organizations['introduced'])}[为:：]?[“\"「『《]?([^”\"」』》()（）,，。]{{2,12}})"
        )

    def __call__(self, doc: Doc) -> Doc:
        """Write entity rows and references; number the entity of each mention."""
        shadow = state.shadow(doc)
        mentions = state.mentions(doc)
        resolved = resolve_places(mentions, shadow, self.chains, to_shadow(state.publisher(doc)))
        mentions = with_codes(mentions, resolved)
        edges = _token_edges(doc, len(shadow))
        text = state.text(doc)
        texts = [clean(text[row.start : row.end]) for row in mentions]
        forms, of_mention = _forms(mentions, shadow, edges)
        groups = group_forms(forms, self.endings, self.names)
        self._join_introduced(shadow, mentions, of_mention, forms, groups)
        self._join_bare(mentions, of_mention, forms, groups)
        roots = [groups.root(form) for form in of_mention]
        order = {root: number for number, root in enumerate(dict.fromkeys(roots))}
        numbered = [row._replace(entity=order[root]) for row, root in zip(mentions, roots, strict=True)]
        entities = place_entities(_entity_rows(numbered, texts, len(order)), numbered, resolved, self.chains)
        state.write_rows(doc, "mentions", numbered)
        state.write_rows(doc, "entities", entities)
        keys = [fold(entity.name) for entity in entities]
        known = Antecedents(shadow, numbered, entities, keys, self.definite.dateline)
        taken = [(row.start, row.end) for row in numbered]
        state.write_rows(doc, "references", find_references(shadow, edges, self.definite, taken, known))
        return doc

    def _join_bare(
        self, mentions: Sequence[MentionRow], of_mention: Sequence[int], forms: Sequence[Form], groups: Groups
    ) -> None:
        """A mention that is a noun alone (基金会) is the last thing named before it whose name ends so."""
        last: dict[tuple[str, str], int] = {}
        nouns = self.definite.nouns
        for row, number in zip(mentions, of_mention, strict=True):
            form = forms[number]
            noun = nouns.get(form.key)
            if noun is not None and noun.label == row.label and len(form.key) > 1:
                ends = ((row.label, end) for end in noun.ends)
                owners = [last[end] for end in ends if end in last]
                if owners:
                    groups.join(max(owners, key=lambda owner: forms[owner].first), number)
                continue
            for size in range(2, min(len(form.key), 5)):
                last[(row.label, form.key[-size:])] = number

    def _join_introduced(
        self,
        shadow: str,
        mentions: Sequence[MentionRow],
        of_mention: Sequence[int],
        forms: Sequence[Form],
        groups: Groups,
    ) -> None:
        """某某股份有限公司（以下简称“某某”）: the name in brackets is the one before them."""
        by_end = {row.end: form for row, form in zip(mentions, of_mention, strict=True) if not row.nested}
        keys = {(form.label, form.key): place for place, form in enumerate(forms)}
        for match in self.introduced.finditer(shadow):
            owner = by_end.get(match.start())
            if owner is None:
                continue
            short = keys.get((forms[owner].label, fold(match[1])))
            if short is not None:
                groups.join(owner, short)


def _token_edges(doc: Doc, length: int) -> bytes:
    """1 where a token starts, 2 where one starts after a word that says more of it (a noun, a number)."""
    edges = np.zeros(length + 1, dtype=np.uint8)
    columns = doc.to_array([IDX, TAG]).reshape(len(doc), 2)
    tags, index = np.unique(columns[:, 1], return_inverse=True)
    strings = doc.vocab.strings
    closer = np.array([strings[tag].startswith(_CLOSER) for tag in tags.tolist()], dtype=np.uint8)[index]
    edges[columns[:, 0].astype(np.int64)] = 1 + np.concatenate(([0], closer[:-1]))
    edges[length] = 1
    return edges.tobytes()


def _forms(mentions: Sequence[MentionRow], shadow: str, edges: bytes) -> tuple[list[Form], list[int]]:
    """The different written forms in order of appearance, and the form of each mention."""
    places = _places_at_start(mentions)
    numbers: dict[tuple[str, str], int] = {}
    rows: list[list[MentionRow]] = []
    of_mention = []
    for row in mentions:
        key = (row.label, "".join(shadow[row.start : row.end].split()))
        number = numbers.setdefault(key, len(numbers))
        if number == len(rows):
            rows.append([])
        rows[number].append(row)
        of_mention.append(number)
    forms = [
        _form(label, key, found, shadow, edges, places)
        for (label, key), found in zip(numbers, rows, strict=True)
    ]
    return forms, of_mention


def _form(
    label: str,
    key: str,
    rows: Sequence[MentionRow],
    shadow: str,
    edges: bytes,
    places: Mapping[int, set[int]],
) -> Form:
    first = rows[0]
    cuts = [first.start, *(p for p in range(first.start + 1, first.end) if edges[p]), first.end]
    words = tuple(shadow[low:high] for low, high in pairwise(cuts))
    kind = next((row.kind for row in rows if row.kind), "")
    ident = next((row.id for row in rows if row.id), "")
    lengths = sorted({size for row in rows for size in places.get(row.start, ()) if size < len(key)})
    return Form(key, label, kind, ident, first.start, len(rows), words, tuple(lengths))


def _places_at_start(mentions: Iterable[MentionRow]) -> dict[int, set[int]]:
    """For each start the lengths of the places named there, nested ones too, joined where they adjoin."""
    found: dict[int, set[int]] = {}
    for row in sorted(
        (row for row in mentions if row.label == "LOC"), key=lambda row: row.start, reverse=True
    ):
        size = row.end - row.start
        further = {size + more for more in found.get(row.end, ())}
        found.setdefault(row.start, set()).update({size}, further)
    return found


def _entity_rows(mentions: Sequence[MentionRow], texts: Sequence[str], count: int) -> list[EntityRow]:
    members: list[list[int]] = [[] for _ in range(count)]
    for place, row in enumerate(mentions):
        members[row.entity].append(place)
    return [
        _entity_row([mentions[place] for place in group], [texts[place] for place in group])
        for group in members
    ]


def _entity_row(rows: Sequence[MentionRow], texts: Sequence[str]) -> EntityRow:
    forms = list(dict.fromkeys(texts))
    name = max(forms, key=len)
    label = rows[0].label
    fullest = rows[texts.index(name)]
    kind = fullest.kind or next((row.kind for row in rows if row.kind), "")
    coded = (code_of(row.id) for row in (fullest, *rows) if row.label == "LOC")
    scheme, code = next((pair for pair in coded if pair[0]), ("", ""))
    ident = coded_id(scheme, code) if code else entity_id(label, name)
    aliases = tuple(form for form in forms if form != name)
    return EntityRow(ident, label, kind, name, aliases, code, scheme, (), ())


def read_rules(path: Path) -> dict[str, Any]:
    """A rule file of plain tables; RuleError names the file when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: cannot be read ({error}); check the file") from error


@Language.factory("extractor_linking", default_config={"folder": "", "user": ""})
def create_linking(nlp: Language, name: str, folder: str, user: str) -> EntityLinker:
    """The component with the rules of a pipeline folder (default: the shipped one)."""
    place = Path(folder) if folder else paths.default_model()
    rules = read_rules(place / "rules" / "linking.toml")
    return EntityLinker(rules, load_name_model(place), load_chains(place))
