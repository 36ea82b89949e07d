"""Texts in which mentions are written out: ``"[O:青山市教育局]局长[P:赵小川]介绍"``."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.entities import EntityResolver
from extractor.components.linking import EntityLinker, create_linking
from extractor.components.roles import RoleMatcher, create_roles
from extractor.components.state import Candidate
from extractor.components.tokenizer import JiebaTokenizer

_MARK = re.compile(r"\[([POL])(?:/([a-z]+))?:([^\]]+)\]")
_LABELS = {"P": "PERSON", "O": "ORG", "L": "LOC"}


@cache
def tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab())


@cache
def linker() -> EntityLinker:
    return create_linking(None, "linking", "", "")


@cache
def roles() -> RoleMatcher:
    return create_roles(None, "roles", "", "")


def mentioned(marked: str) -> Doc:
    """The text with its mentions decided; ``[L/city:青山]`` gives a mention its kind."""
    parts: list[str] = []
    found: list[Candidate] = []
    last = length = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        length, last = start + len(match[3]), match.end()
        parts += [before, match[3]]
        found.append(Candidate(start, length, _LABELS[match[1]], match[2] or "", "test", 1.0, 60))
    assert found or "[" not in marked, f"no mention is marked in {marked!r}"
    doc = tokenizer()("".join([*parts, marked[last:]]))
    state.add_candidates(doc, found)
    return EntityResolver()(doc)


def linked(marked: str) -> Doc:
    """The text with its entities and references."""
    return linker()(mentioned(marked))


def titled(marked: str) -> list[str]:
    """The roles of the text as ``person|role|org``."""
    return [
        "|".join((row.person_text, row.role, row.org_text)) for row in state.roles(roles()(linked(marked)))
    ]
