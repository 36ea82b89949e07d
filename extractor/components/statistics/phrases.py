"""A small grammar of noun phrases over word classes.

Patterns read the class string of a sentence (``Nodes.classes``): n noun, s suffix noun, g verbal noun,
a modifier, E mention, R reference, k 、, c 和, u 的, L 达 / 为, I and D verbs of growth and decline,
Q quantity, w comma, d adverb, t time, b 比, F 由.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.components.statistics.nodes import Nodes

_REACH = 28  # nodes to the left of a figure that are read at most

_PHRASE = (
    "(?:r(?=[ER]))?(?:a+k)*(?>(?:m(?=n))?(?:[ansER]|v(?=s)|g(?=[angsER]))*[nsER])(?:g(?=[wukceZLQFbp]|$))?"
)
_NO_FIGURE = "(?![Qm]|[dLID]+Q)"
_MORE = f"(?:[kc]+(?=[^E]){_PHRASE}{_NO_FIGURE})*"
_AFTER = re.compile(f"(?:A[^ZQ]*(?:Q[^ZQ]*)*Z)?(?P<of>u?)(?P<phrase>{_PHRASE}{_MORE})")
_AFTER_OF = re.compile(f"(?:A[^ZQ]*(?:Q[^ZQ]*)*Z)?u(?P<phrase>[vg]{{1,2}}{_PHRASE}{_MORE})")
_AFTER_VERB = re.compile(f"(?P<phrase>a*[vg]{{1,2}}{_PHRASE}{_MORE})")
_AFTER_CLAUSE = re.compile(f"[^wQuAZ]{{1,7}}u(?P<phrase>{_PHRASE}{_MORE})")
_UNIT = "(?:[angsER]|v(?=s)|f(?=[nga]))"
_LEFT = f"(?:{_UNIT}+[kc]+)*{_UNIT}*[nsgER]"
_BRACKET = "(?:A[^ZQ]*Z)?"
_ADJACENT = re.compile(rf"(?P<phrase>{_LEFT})\Z")
_LINKED = re.compile(
    rf"(?P<phrase>{_LEFT})(?:(?<!g)|(?!L)){_BRACKET}[dtomrfe]*(?:[IDvfg]?L|d|v(?=p\Z))[dLotmr]*p?\Z"
)
_CHANGED = re.compile(rf"(?P<phrase>{_LEFT}){_BRACKET}(?:[dtomrf]|b[^wQIDLEu]{{1,8}})*[ID][ID]?[odmr]*\Z")
_CHANGING = re.compile(rf"[ID]o?(?P<phrase>{_LEFT})\Z")
_OF = re.compile(rf"(?P<phrase>{_LEFT})[rf]*u\Z")
_FROM = re.compile(rf"(?P<phrase>{_LEFT})[dtr]*F[^wQ]{{0,8}}\Z")
_COMPARED = re.compile(rf"(?P<phrase>{_LEFT})[dt]*L[^wQ]{{1,8}}u?\Z")
_HAPPENED = re.compile(rf"(?P<phrase>{_LEFT})[dta]*(?P<verb>[vg])o?\Z")
_SUFFIXED = re.compile("[angER]*[vadxg]{1,2}\\Z")
_PERFORMED = re.compile("(?P<phrase>[ang]*[vgn]{1,2})(?=[wZu]|$)")
_POINTED = re.compile("(?P<phrase>v)[dLvo]")
_CONTINUED = re.compile("[vg]{1,2}[ansg]*[ns](?=[wZ]|$)")
_PREDICATE = re.compile(f"[dL]*[Lv](?P<phrase>{_PHRASE}(?:[kc]+{_PHRASE})*)(?=[wZ]|$)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Nodes from ``low`` up to ``high`` that name what a figure counts; ``rule`` says where they stand."""

    low: int
    high: int
    rule: str


def _found(match: re.Match[str] | None, rule: str) -> Phrase | None:
    return Phrase(match.start("phrase"), match.end("phrase"), rule) if match is not None else None


def _before(pattern: re.Pattern[str], nodes: Nodes, index: int, rule: str) -> Phrase | None:
    return _found(pattern.search(nodes.classes, max(0, index - _REACH), index), rule)


def after(nodes: Nodes, index: int) -> Phrase | None:
    """12家|民营企业, 40平方米的|教室: the noun phrase that follows the figure."""
    match = _AFTER.match(nodes.classes, index + 1)
    if match is None:
        return _found(_AFTER_OF.match(nodes.classes, index + 1), "item.after-of")
    return _found(match, "item.after-of" if match["of"] else "item.after")


def after_verb(nodes: Nodes, index: int) -> Phrase | None:
    """16种|受保护植物: a verb that belongs to the noun."""
    return _found(_AFTER_VERB.match(nodes.classes, index + 1), "item.after-verb")


def after_clause(nodes: Nodes, index: int) -> Phrase | None:
    """3名动作灵活的|队员: the head behind a clause of its own."""
    return _found(_AFTER_CLAUSE.match(nodes.classes, index + 1), "item.after-clause")


def adjacent(nodes: Nodes, index: int) -> Phrase | None:
    """商户|1900余家: the noun phrase right before the figure."""
    return _before(_ADJACENT, nodes, index, "item.before")


def linked(nodes: Nodes, index: int) -> Phrase | None:
    """财政收入|达到5亿元: the noun phrase before a verb that links, or before an adverb."""
    return _before(_LINKED, nodes, index, "item.across")


def ending(nodes: Nodes, index: int) -> Phrase | None:
    """是一座|大桥，全国只有两座: the noun phrase with which the clause before ends."""
    return _before(_ADJACENT, nodes, index, "item.clause-before")


def changed(nodes: Nodes, index: int) -> Phrase | None:
    """工效|提高47%: what grew or fell."""
    return _before(_CHANGED, nodes, index, "item.changed")


def changing(nodes: Nodes, index: int) -> Phrase | None:
    """减少|书费140元: the object of growing or falling."""
    return _before(_CHANGING, nodes, index, "item.changing")


def base(nodes: Nodes, index: int) -> Phrase | None:
    """选票的|54%: the whole that a share is taken of."""
    return _before(_OF, nodes, index, "item.of")


def compared(nodes: Nodes, index: int) -> Phrase | None:
    """产量|是上年的3倍: what is a multiple of another."""
    return _before(_COMPARED, nodes, index, "item.compared")


def origin(nodes: Nodes, index: int) -> Phrase | None:
    """人数由|20人增加到30人: what goes from one figure to another."""
    return _before(_FROM, nodes, index, "item.from")


def happened(nodes: Nodes, index: int) -> tuple[Phrase, str] | None:
    """房屋|倒塌30间: the thing before a verb without an object; with the verb."""
    match = _HAPPENED.search(nodes.classes, max(0, index - _REACH), index)
    found = _found(match, "item.happened")
    return (found, nodes.words[match.start("verb")]) if match is not None and found is not None else None


def continued(nodes: Nodes, high: int) -> int:
    """基层工作|实践创新基地: where the phrase that ends at ``high`` ends with the verbs in its midst."""
    match = _CONTINUED.match(nodes.classes, high)
    return match.end() if match is not None else high


def suffixed(nodes: Nodes, low: int) -> int:
    """儿童发育迟缓|率: where the words begin that a suffix belongs to."""
    match = _SUFFIXED.search(nodes.classes, max(0, low - 6), low)
    return match.start() if match is not None else low


def performed(nodes: Nodes, index: int) -> Phrase | None:
    """进行了4次|重大修改: what is done, as a verb that nothing follows."""
    return _found(_PERFORMED.match(nodes.classes, index + 1), "item.performed")


def pointed(nodes: Nodes, index: int) -> Phrase | None:
    """这两次|叛乱共造成…: a verb that other verbs follow."""
    return _found(_POINTED.match(nodes.classes, index + 1), "item.performed")


def predicate(nodes: Nodes, index: int) -> Phrase | None:
    """其中90人是|学生: what the counted ones are."""
    return _found(_PREDICATE.match(nodes.classes, index + 1), "item.predicate")
