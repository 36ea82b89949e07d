"""What a line of a dictionary says, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_TERM = 100
_LABEL = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")


class Entry(NamedTuple):
    """A term of a dictionary and what is known of it; ``file`` and ``line`` say where it stands.

    A label in upper case makes mentions, one in lower case is a class of cues.  ``context`` says that the
    term counts only with support, since it is also a common word.  ``id`` is a code; where a form stands for
    several things of one label, the codes are joined by "|".  ``parent`` is the code of the place around it.
    """

    term: str
    label: str
    kind: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()
    context: bool = False
    priority: int = 0
    note: str = ""
    parent: str = ""
    user: bool = False
    file: str = ""
    line: int = 0


def is_name(label: str) -> bool:
    """Whether a label makes mentions; the others are classes of cues."""
    return label[:1].isupper()


def term_fault(term: str) -> str:
    """What is wrong with a term, "" when nothing is."""
    if not term:
        return "the term is empty; give one or delete the line"
    if len(term) > LONGEST_TERM:
        return f"the term {term[:12]!r}… has {len(term)} characters; give at most {LONGEST_TERM}"
    if len(term.splitlines()) > 1:
        return f"the term {term!r} holds a line break; write it in one line"
    return ""


def label_fault(label: str) -> str:
    """What is wrong with a label, "" when nothing is."""
    if _LABEL.fullmatch(label):
        return ""
    return f"the label {label!r} is unknown; use PERSON, ORG, LOC, never, or capitals for one of your own"


def written_forms(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Every form that a dictionary lists, aliases too, with its entry."""
    for entry in entries:
        yield entry.term, entry
        for alias in entry.aliases:
            yield alias, entry
