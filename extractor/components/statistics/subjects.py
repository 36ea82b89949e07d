"""Whose figure it is: by syntax first, then by what the sentence, paragraph and document are about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from extractor.components import state
from extractor.components.statistics.anchors import Anchor, AnchorFinder, Dominance
from extractor.components.statistics.drafts import Draft, Sentence
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.vocabulary import Vocabulary

_TOPIC = 48  # characters from the first name of a sentence that show whether it is the subject
_CERTAIN = 4.0  # mentions of a name that may own figures before it is first named
_NEAR = 30  # names on either side of a figure that may be its subject
_PERSONS = frozenset({"people", "members", "residents"})
_UNNAMED = re.compile(r"[dtc]*(?P<noun>[ang]{0,2}n(?=[dt]*[vpL])|r)")
_UNOWNED = frozenset({"duration", "temperature", "age"})
_OFFICIAL = frozenset({"government", "party", "police", "media"})
_OWNER_BEHIND = re.compile(r"[^wAZ]{0,9}?u[na]*(?P<owner>E)(?![n])")
_FORMED = re.compile(r"[angEkc]*v[dn]*(?P<owner>E)")
_AGED = re.compile(r"u?[anEukcg]*?(?P<owner>E)")


class SubjectFinder:
    """Finds the entity that each figure belongs to, sentence after sentence."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary, nodes: Callable[[int, int], Nodes]) -> None:
        mentions, references, entities = (
            state.mentions(doc),
            state.references(doc),
            state.entities(doc),
        )
        self._mentions = mentions
        self._entities = entities
        self._lists, self._organs = vocabulary.lists, vocabulary.endings["organs"]
        self._heads = vocabulary.heads
        self._going_on = vocabulary.endings["going_on"]
        self._officials = vocabulary.endings["officials"]
        self._anchors = AnchorFinder(
            mentions,
            references,
            entities,
            state.roles(doc),
            vocabulary.lists,
            state.shadow(doc),
        )
        self._spans = _first_spans(doc)
        self._dominance = Dominance(mentions, references, entities, state.shadow(doc))
        self._nodes = nodes
        self._named = sorted([row.start for row in mentions] + [row.start for row in references])
        self._passed: list[tuple[int, int]] = []
        self._known: Anchor | None = None
        self._paragraph = -1
        self._opened = False

    def pass_over(self, sentence: Sentence) -> None:
        """Note a sentence without figures; it is read only if a later figure asks what it was about."""
        self._enter(sentence.paragraph)
        place = bisect_left(self._named, sentence.low)
        if place < len(self._named) and self._named[place] < sentence.high:
            self._passed.append((sentence.low, min(sentence.high, self._named[place] + _TOPIC)))
            if not self._opened:
                self._look_back()

    def read(self, sentence: Sentence, drafts: Sequence[Draft]) -> None:
        """Set the subject of the drafts of one sentence, and remember what it is about."""
        self._enter(sentence.paragraph)
        anchors = self._anchors.find(sentence.drafts[0].nodes)
        places = [anchor.node for anchor in anchors]
        for draft in drafts:
            place = bisect_left(places, draft.index)
            self._set(draft, self._of(draft, anchors[max(0, place - _NEAR) : place + _NEAR]))
        self._remember(anchors)

    def _enter(self, paragraph: int) -> None:
        if paragraph != self._paragraph:
            self._paragraph, self._known = paragraph, None
            self._passed.clear()

    def _topic(self) -> Anchor | None:
        """What the paragraph is about at this place."""
        self._look_back()
        return self._known

    def _look_back(self) -> None:
        while self._passed:
            if self._remember(self._anchors.find(self._nodes(*self._passed.pop()))):
                self._passed.clear()

    def _remember(self, anchors: Sequence[Anchor]) -> bool:
        named = [anchor for anchor in anchors if anchor.role == "subject"]
        subjects = [anchor for anchor in named if anchor.lasting()]
        subjects = subjects or [anchor for anchor in anchors if anchor.role == "head"]
        if not subjects:
            return False
        if not self._opened:
            self._opened = True
            self._dominance.add(subjects[0].entity, 2.0)
        several = len({anchor.entity for anchor in named if anchor.label == "LOC"}) > 2
        self._known = None if several else subjects[0]
        self._passed.clear()
        return True

    def _of(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | int | None:
        if draft.quantity.dimension == "age":
            return self._aged(draft, anchors)
        if self._unowned(draft):
            return None
        if draft.rule in ("item.carried", "item.part", "item.topic"):
            found = self._nearest(draft, anchors)
            if found is not None:
                return found
        if draft.owner >= 0:
            start = self._mentions[draft.owner].start
            found = next((a for a in anchors if a.start == start), None)
            if found is not None and self._holds(found, draft, anchors):
                return found
        found = (
            self._bracketed(draft, anchors)
            or self._origin(draft, anchors)
            or self._in_clause(draft, anchors)
            or self._behind(draft, anchors)
            or self._in_sentence(draft, anchors)
        )
        if found is not None:
            return None if self._displaced(draft, found) else found
        return self._from_afar(draft, anchors)

    def _unowned(self, draft: Draft) -> bool:
        """30年前, 短短13小时内, 遭2名歹徒: time frames and the ones who do something to the subject."""
        nodes, behind = (
            draft.nodes,
            draft.nodes.words[draft.index + 1 : draft.index + 2],
        )
        before = nodes.words[draft.index - 1] if draft.index else ""
        if draft.quantity.dimension == "duration":
            return (
                bool(behind) and behind[0] in self._lists["framing"] and before != "未来"
            ) or before in self._lists["lapsing"]
        return draft.family() == "person" and before in self._lists["suffering"]

    def _from_afar(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | int | None:
        """What the paragraph or the document is about; nothing for what happens rather than belongs."""
        topic = self._topic()
        if draft.quantity.dimension == "temperature":
            return None
        if topic is not None and self._may_own(draft, topic):
            return topic
        if draft.quantity.dimension in _UNOWNED or draft.category in (
            "frequency",
            "duration",
        ):
            return None
        if any(a.role == "aside" and draft.clause() <= a.node < draft.index for a in anchors):
            return None
        persons = draft.family() == "person" or draft.category in _PERSONS
        if persons and not draft.item and self._suffer(draft):
            return None
        best = self._dominance.best(person=not persons)
        named = best >= 0 and self._spans[best][0] < draft.quantity.start
        if best >= 0 and (named or self._dominance.weight(best) >= _CERTAIN):
            return best
        return next((a for a in anchors if a.role == "title" and a.node < draft.index), None)

    def _bracketed(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        """甲厂(240万元), 乙厂(80万元): the name before the bracket."""
        if draft.nodes.classes[max(0, draft.index - 2) : draft.index] != "EA":
            return None
        return next((a for a in anchors if a.node == draft.index - 2), None)

    def _origin(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        """来自某村的|四五位姑娘: where the counted ones are from."""
        low = draft.index - 3
        if low < 0 or draft.nodes.classes[low + 1 : draft.index] != "Eu":
            return None
        if draft.nodes.words[low] not in self._lists["coming"]:
            return None
        return next((a for a in anchors if a.node == low + 1), None)

    def _holds(self, owner: Anchor, draft: Draft, anchors: Sequence[Anchor]) -> bool:
        """Whether the name that opens the item owns it; not when a verb before the name has a subject."""
        if owner.role in ("listed", "aside"):
            return False
        if owner.role == "other" and draft.nodes.classes[owner.node - 1 : owner.node] in ("v", "b"):
            return False
        return owner.role != "other" or owner.node > draft.index or self._nearest(draft, anchors) is None

    def _suffer(self, draft: Draft) -> bool:
        """29人确定罹难: the victims of an event."""
        return any(
            word in self._lists["events"] for word in draft.nodes.words[draft.index + 1 : draft.index + 4]
        )

    def _may_own(self, draft: Draft, anchor: Anchor) -> bool:
        if anchor.label != "PERSON" or draft.family() not in ("person", "人次"):
            return True
        inside = draft.nodes.starts[0] <= anchor.start < draft.quantity.start
        return inside and draft.index > 0 and draft.nodes.classes[draft.index - 1] not in "ewk"

    def _in_clause(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        found = self._nearest(draft, anchors)
        return found if found is not None and found.node >= draft.clause() else None

    def _nearest(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        before = [a for a in anchors if a.node < draft.index and a.strong() and self._may_own(draft, a)]
        if not before:
            return None
        several = len({a.entity for a in before if a.label == "LOC"}) > 2
        shared = draft.family() == "person" and _of_places(before, draft.nodes)
        if (several or shared) and before[-1].node < draft.clause():
            return None
        if before[-1].role == "head" and before[-1].node < draft.clause() and self._goes_on(draft):
            before = [a for a in before if a.role != "head"] or before
        return _first_of_pair(before, draft.nodes)

    def _displaced(self, draft: Draft, anchor: Anchor) -> bool:
        """某家遭抢，警方|逮捕3人: whether a later clause has a subject without a name."""
        nodes, index = draft.nodes, draft.index
        while (index := nodes.classes.rfind("w", max(anchor.node, 0), index)) >= 0:
            match = _UNNAMED.match(nodes.classes, index + 1)
            if match is not None and match.end() <= draft.index:
                head = nodes.words[match.end("noun") - 1]
                if head in self._lists["pronouns"] or self._heads.find(head) == "people":
                    return True
        return False

    def _goes_on(self, draft: Draft) -> bool:
        """Whether the clause goes on with what the subject does: 并组建9支队伍."""
        start = draft.nodes.starts[min(draft.clause(), draft.index)]
        return draft.nodes.shadow.startswith(self._going_on, start)

    def _in_sentence(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        nearest = self._nearest(draft, anchors) or self._said(draft, anchors)
        if nearest is not None:
            return nearest
        found: list[Anchor] = []
        if self._topic() is None:
            found = [a for a in anchors if a.node < draft.index and a.role == "place"]
        if not found and draft.clause() == 0 and _since(draft):
            found = [a for a in anchors if a.node > draft.index and a.role == "subject"][:1]
        return found[-1] if found else None

    def _said(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        """某局表示，企业为甲公司，员工90人: what the speech named last, else the company that speaks."""
        before = [a for a in anchors if a.node < draft.index and a.label != "PERSON"]
        speaker = next((a for a in reversed(before) if a.role == "speaker"), None)
        if speaker is None:
            return None
        if speaker.node >= draft.clause():
            return speaker if self._claims(draft.nodes, speaker.node) else None
        named = [a for a in before if a.node > speaker.node and _named_there(draft.nodes, a.node)]
        if named:
            return named[-1]
        official = self._entities[speaker.entity].name.endswith(self._officials)
        return None if official or speaker.kind in _OFFICIAL else speaker

    def _claims(self, nodes: Nodes, speaker: int) -> bool:
        """甲党|称获得90席: what a speaker says to have done; not 协会公布90人参加."""
        for index in range(speaker + 1, min(speaker + 6, len(nodes.words))):
            if nodes.words[index] in self._lists["speech"]:
                return nodes.classes[index + 1 : index + 2] in ("v", "L")
        return False

    def _behind(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        classes = draft.nodes.classes
        match = _OWNER_BEHIND.match(classes, draft.index + 1)
        if match is None:
            match = _FORMED.match(classes, draft.index + 1)
            if match is None or not self._forms(draft.nodes, draft.index, match.start("owner")):
                return None
        return next((a for a in anchors if a.node == match.start("owner")), None)

    def _forms(self, nodes: Nodes, low: int, high: int) -> bool:
        return any(word in self._lists["forming"] for word in nodes.words[low:high])

    def _aged(self, draft: Draft, anchors: Sequence[Anchor]) -> Anchor | None:
        match = _AGED.match(draft.nodes.classes, draft.index + 1)
        if match is not None:
            found = [a for a in anchors if match.start("owner") <= a.node and a.label == "PERSON"]
            if found:
                return found[0]
        before = [a for a in anchors if a.node < draft.index]
        if draft.item:
            found = [a for a in before if a.label != "PERSON" and a.strong()]
            return found[-1] if found else None
        found = [a for a in before if a.label == "PERSON"]
        if found:
            return found[-1]
        topic = self._topic()
        return topic if topic is not None and topic.label == "PERSON" else None

    def _set(self, draft: Draft, found: Anchor | int | None) -> None:
        if found is None:
            return
        if isinstance(found, Anchor):
            draft.subject, draft.subject_span = found.entity, (found.start, found.end)
            if found.reference:
                draft.subject_span = self._spans.get(found.entity, draft.subject_span)
        else:
            draft.subject, draft.subject_span = found, self._spans[found]
        self._whole(draft)

    def _whole(self, draft: Draft) -> None:
        """A figure of the board is the company's."""
        name = self._entities[draft.subject].name
        if not name.endswith(self._organs):
            return
        for organ in self._organs:
            if name.endswith(organ):
                owner = self._spans_of(name[: -len(organ)])
                if owner is not None:
                    draft.subject, draft.subject_span = owner, self._spans[owner]

    def _spans_of(self, name: str) -> int | None:
        for index, entity in enumerate(self._entities):
            if index in self._spans and name in (entity.name, *entity.aliases):
                return index
        return None


def _since(draft: Draft) -> bool:
    """19年来: a time that reaches to the present."""
    if draft.quantity.dimension != "duration":
        return False
    return draft.nodes.shadow.startswith(("来", "以来"), draft.quantity.end)


def _of_places(before: Sequence[Anchor], nodes: Nodes) -> bool:
    """某州及某州各发生…: whether the last two names are places in one subject."""
    if len(before) < 2 or {a.label for a in before[-2:]} != {"LOC"}:
        return False
    return nodes.classes[before[-2].node : before[-1].node + 1] in ("EcE", "EkE")


def _named_there(nodes: Nodes, index: int) -> bool:
    """资料为某公司，: a name that completes a clause behind 是 or 为."""
    return nodes.classes[index - 1 : index] == "L" and nodes.classes[index + 1 : index + 2] in ("w", "")


def _first_of_pair(before: Sequence[Anchor], nodes: Nodes) -> Anchor:
    """甲公司与乙公司签约: a figure of both is given to the first."""
    place = len(before) - 1
    while place and before[place - 1].node == before[place].node - 2:
        if nodes.classes[before[place].node - 1] not in "kc":
            break
        place -= 1
    return before[place]


def _first_spans(doc: Doc) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for mention in state.mentions(doc):
        if not mention.nested:
            spans.setdefault(mention.entity, (mention.start, mention.end))
    return spans
