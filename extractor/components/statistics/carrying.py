"""Items that a figure takes from the figures before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.components.statistics.drafts import MEASURES, SHARES, Draft
from extractor.components.statistics.nodes import Nodes

_LIST = re.compile(r"Q[kc]+\Z")
_PAIR = re.compile(r"Q\Z")
_BRACKET = re.compile(r"QA[dnL]{0,2}\Z")
_ELIDED = re.compile(r"[Qns][kw][dt]*vo?\Z")
_HEADLESS = re.compile(r"u[dL]*[dL]\Z")
_RANGE_END = re.compile(r"Qu?[ans]{0,2}[dntr]*[IDLv]+[omtdur]*\Z")
_LEVELS = frozenset({"change", "money", "percentage", "ratio", "mass_volume", "area", "length", "energy"})
_RECALL = 40  # figures that are looked back upon
_INDICATORS = 60  # nodes that are searched backwards for an indicator


def shared(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Take the item of the figure right before: 3.9%和5.7%, 30户99间, 1.5平方英里(4平方公里)."""
    if not earlier or earlier[-1].sentence != draft.sentence:
        return False
    classes, index, last = draft.nodes.classes, draft.index, earlier[-1]
    same = last.family() == draft.family() or "bare" in (last.quantity.dimension, draft.quantity.dimension)
    listed = same and _LIST.search(classes, max(0, index - 3), index)
    paired = _PAIR.search(classes, max(0, index - 1), index) and not last.rule.startswith("item.after")
    closing = same and _goes_on(draft)
    closed = classes[index + 1 : index + 2] in ("Z", "w", "")
    bracket = closed and _BRACKET.search(classes, max(0, index - 4), index)
    if not (listed or paired or closing or bracket):
        return False
    draft.take(last, "item.shared")
    if listed:
        draft.change, draft.category = last.change, last.category
    return True


def _goes_on(draft: Draft) -> bool:
    """由20人|增加到30人: between the two figures stands a verb of change, or one of reaching."""
    match = _RANGE_END.search(draft.nodes.classes, max(0, draft.index - 9), draft.index)
    if match is None:
        return False
    return (
        "I" in match[0]
        or "D" in match[0]
        or draft.nodes.words[draft.index - 1].endswith(("到", "至", "减为", "增为"))
    )


def part(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """其中3人, 5公里以上的有8条: take the item of the whole."""
    classes, index = draft.nodes.classes, draft.index
    clause = draft.clause()
    if _HEADLESS.search(classes, clause, index) or "P" in classes[clause:index]:
        return whole(draft, earlier)
    return False


def whole(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Take the item of the nearest earlier figure of the same family in the paragraph."""
    family = draft.family()
    for other in reversed(earlier[-_RECALL:]):
        if other.paragraph != draft.paragraph:
            break
        same = other.family() == ("person" if family == "岁" else family)
        if other.item and (same or (family == "share" and other.sentence == draft.sentence)):
            draft.take(other, "item.part")
            return True
    return False


def in_sentence(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Take the item of the last level or change in the sentence; an amount looks for its own unit first."""
    share = draft.quantity.dimension in SHARES
    recent = [other for other in earlier[-_RECALL:] if other.sentence == draft.sentence and other.item]
    alike = [other for other in recent if not share and other.family() == draft.family()]
    levels = [other for other in recent if share or other.category in _LEVELS]
    found = (alike or levels)[-1:]
    if not found:
        return False
    draft.take(found[0], "item.carried")
    both = draft.quantity.dimension == found[0].quantity.dimension == "percent"
    if both and not draft.change and bare_clause(draft):
        draft.change, draft.category = found[0].change, found[0].category
    return True


def repeated(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """新增35宗个案，累计2万宗: nothing but a total of the same unit."""
    last = earlier[-1] if earlier else None
    if (
        last is None
        or last.sentence != draft.sentence
        or last.quantity.unit != draft.quantity.unit
        or not last.item
    ):
        return False
    if (
        draft.clause() <= last.index
        or draft.clause() == draft.index
        or not bare_clause(draft)
        or draft.nodes.classes[draft.index - 1] == "v"
    ):
        return False
    draft.take(last, "item.carried")
    return True


def elided(draft: Draft, earlier: Sequence[Draft], verbs: frozenset[str]) -> bool:
    """建成农场12个、完工8个: what is finished of the same things."""
    last, nodes, index = earlier[-1] if earlier else None, draft.nodes, draft.index
    if last is None or last.nodes is not nodes or last.quantity.unit != draft.quantity.unit or not last.item:
        return False
    match = _ELIDED.search(nodes.classes, max(0, index - 6), index)
    if match is None or last.index < draft.clause() - 8:
        return False
    if not any(word in verbs for word in nodes.words[match.start() + 2 : index]):
        return False
    draft.take(last, "item.carried")
    return True


def in_paragraph(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Take the item of the last level or change in the paragraph."""
    for other in reversed(earlier[-_RECALL:]):
        if other.paragraph != draft.paragraph or draft.sentence - other.sentence > 2:
            break
        if other.item and other.category in _LEVELS:
            draft.take(other, "item.carried")
            return True
    return False


def indicator(nodes: Nodes, index: int, heads: tuple[str, ...]) -> int:
    """The last node before ``index``, after any figure, that is an indicator (…额, …率); -1 for none."""
    for node in range(index - 1, max(-1, index - _INDICATORS), -1):
        if nodes.classes[node] == "Q":
            break
        if nodes.classes[node] in "ns" and nodes.words[node].endswith(heads):
            return node
    return -1


def bare_clause(draft: Draft) -> bool:
    """Whether nothing in the clause before the figure could name an item: ，1994年突破500亿元."""
    return not re.search(r"[nsgaERQ]", draft.nodes.classes[draft.clause() : draft.index])


def only_named(draft: Draft) -> bool:
    """Whether the clause before the figure holds nothing but a name: 甲公司18日收报5元."""
    return not re.search(r"[nsgaRQv]", draft.nodes.classes[draft.clause() : draft.index])


def comparable(draft: Draft, others: Mapping[str, frozenset[str]]) -> bool:
    """比招股价高一倍, 高出全国十六个百分点: the figure compares what the sentence is about."""
    nodes, clause = draft.nodes, draft.clause()
    if draft.quantity.dimension not in SHARES | MEASURES | {"times"}:
        return False
    before = nodes.words[draft.index - 1 : draft.index]
    exceeding = others["exceeding"]
    if "b" in nodes.classes[clause : draft.index]:
        return bool(before) and before[0] in exceeding
    return any(len(word) > 1 and word in exceeding for word in nodes.words[clause : draft.index])
