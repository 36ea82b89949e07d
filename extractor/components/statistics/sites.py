"""Where a figure's item may stand, and which of the noun phrases there will do."""

from __future__ import annotations

import re

from extractor.components.statistics import phrases
from extractor.components.statistics.bare import verb_before
from extractor.components.statistics.drafts import MEASURES, PERSON_UNITS, Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.phrases import Phrase
from extractor.components.statistics.vocabulary import Vocabulary

_PERSONS = frozenset({"people", "members", "residents"})
_COUNTED = _PERSONS | {"households", "organizations", "places"}
_POINTING = frozenset({"这", "此", "上述", "该"})
_PREDICATE = re.compile("[avd]{0,3}u")
_AFTERWARDS = frozenset({"后", "之后", "以后", "前", "之前", "时"})
_WIDEST = 8  # words between a measure word and the head of what is counted


class PhraseSites:
    """Looks for the noun phrase that a figure counts at one place after the other.

    A phrase that is nothing but a name or a word of reckoning (全国, 人均) is no item; a name is then kept
    as the owner of the figure.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists, self._endings = vocabulary.lists, vocabulary.endings
        self._heads = vocabulary.heads
        self._words, self._units = vocabulary.words, vocabulary.units

    def behind(self, draft: Draft) -> Phrase | None:
        """12家|民营企业: the noun phrase after the figure, when it can be what is counted."""
        nodes, index = draft.nodes, draft.index
        if draft.quantity.unit in self._lists["self_counting"]:
            return None
        found = phrases.after(nodes, index + self._inner(draft))
        measured = draft.quantity.dimension not in ("count", "bare")
        if found is not None:
            if self._hollow(draft, found, measured):
                return None
            if measured:
                return found
            if self._leads_on(draft, found):
                return self._head_behind(nodes, index) or found
            return self._to_head(draft, found)
        if measured or draft.quantity.unit in ("人", "户"):
            return None
        found = phrases.after_verb(nodes, index) or self._far_head(draft, index + 1)
        if found is not None and draft.quantity.unit in PERSON_UNITS and not self._persons(nodes, found):
            found = None
        if found is None or nodes.classes[found.high : found.high + 1] == "u":
            return self._head_behind(nodes, index) or found
        return found

    def _to_head(self, draft: Draft, found: Phrase) -> Phrase:
        """120个村级养老|服务站点: a phrase without a known head goes on to the head that is known."""
        nodes = draft.nodes
        if draft.quantity.dimension == "bare" or found.rule != "item.after":
            return found
        if set(nodes.classes[found.low : found.high]) <= {"E"}:
            verbal = phrases.after_verb(nodes, found.high - 1)
            return Phrase(found.low, verbal.high, found.rule) if verbal is not None else found
        if nodes.classes[found.high : found.high + 1] not in ("v", "g", "x"):
            return found
        known = bool(self._heads.find(nodes.text(found.low, found.high)))
        far = self._far_head(draft, found.high if known else found.low)
        if far is None or (known and nodes.words[far.high - 1] not in self._lists["attributed"]):
            return found
        return Phrase(found.low, far.high, found.rule)

    def _far_head(self, draft: Draft, low: int) -> Phrase | None:
        """8000名某症|儿童: the head behind words that the segmenter does not know."""
        nodes, fits = draft.nodes, self._fitting(draft.quantity.unit)
        for high in range(low, min(low + _WIDEST, len(nodes.words))):
            letter = nodes.classes[high]
            if letter not in "ansgER" and not self._describes(nodes.words[high], letter):
                return None
            if letter in "ns" and self._heads.find(nodes.text(low, high + 1)) in fits:
                while nodes.classes[high + 1 : high + 2] in ("n", "s"):
                    high += 1
                return Phrase(low, high + 1, "item.after")
        return None

    def _describes(self, word: str, letter: str) -> bool:
        """Whether a word that is no noun may belong to one: an unknown word, or 服务 of 服务站."""
        if word in self._words:
            return word in self._lists["compounding"]
        return letter in "dx" or (letter == "v" and len(word) > 1)

    def _fitting(self, unit: str) -> frozenset[str]:
        """What may be counted by a unit."""
        if unit in PERSON_UNITS:
            return _PERSONS
        return frozenset({"organizations"}) if self._units.get(unit) == "organizations" else _COUNTED

    def performed(self, draft: Draft) -> Phrase | None:
        """进行了4次重大修改, 这两次叛乱: an act that is counted."""
        nodes, index = draft.nodes, draft.index
        if self._units.get(draft.quantity.unit) != "frequency":
            return None
        if verb_before(draft) in self._lists["performing"]:
            return phrases.performed(nodes, index)
        if index and nodes.words[index - 1] in _POINTING:
            found = phrases.pointed(nodes, index)
            return found if found is not None and nodes.words[found.low] not in self._words else None
        return None

    def staked(self, draft: Draft, found: Phrase) -> bool:
        """某公司的34%股权: what is held, not whose it is."""
        return draft.nodes.words[found.high - 1] in self._lists["stakes"]

    def ranging(self, draft: Draft) -> Phrase | None:
        """资产在|100亿元至150亿元的银行: the quantity that lies between two bounds."""
        nodes, index = draft.nodes, draft.index
        if index < 2 or nodes.words[index - 1] not in self._lists["ranging"]:
            return None
        found = phrases.adjacent(nodes, index - 1)
        if found is None:
            return None
        text = nodes.text(found.low, found.high)
        money = draft.quantity.dimension == "money" and text.endswith(self._endings["money_nouns"])
        return self.usable(draft, found) if money or self.indicates(text) else None

    def _hollow(self, draft: Draft, found: Phrase, measured: bool) -> bool:
        """Whether the phrase behind says something else than what is counted: 6万亿元|台阶, 3人|会场."""
        nodes = draft.nodes
        if nodes.words[found.high - 1] in self._lists["hollow"] or self._acts(nodes, found):
            return True
        if measured and (
            set(nodes.classes[found.low : found.high]) <= {"E"} or nodes.words[found.low] == "处"
        ):
            return True
        return draft.quantity.unit == "人" and not self._persons(nodes, found)

    def _acts(self, nodes: Nodes, found: Phrase) -> bool:
        """其中12万辆|出口到…: a noun that is a verb here."""
        alone = found.high - found.low == 1 and nodes.words[found.low] in self._lists["verbal"]
        return alone and nodes.classes[found.high : found.high + 1] in ("L", "o", "p", "E")

    def _head_behind(self, nodes: Nodes, index: int) -> Phrase | None:
        """20个类似某地的|基层工作实践基地: the head behind a clause, with the verbs that belong to it."""
        found = phrases.after_clause(nodes, index)
        if found is None:
            return None
        high = phrases.continued(nodes, found.high)
        if any(word in self._words for word in nodes.words[found.high : high - 1]):
            return found
        return Phrase(found.low, high, found.rule)

    def named_before(self, draft: Draft) -> Phrase | None:
        """成员18人的团伙, 固定资产500万的企业: the noun before that fits the figure comes first."""
        bare = draft.quantity.dimension == "bare"
        if not bare and draft.quantity.unit != "人":
            return None
        found = self.adjacent(draft)
        if found is None:
            return None if bare else self._acting(draft)
        text = draft.nodes.text(found.low, found.high)
        if bare:
            return found if text.endswith(self._endings["money_nouns"]) else None
        return found if self._heads.find(text) in _PERSONS else self._acting(draft)

    def _acting(self, draft: Draft) -> Phrase | None:
        """农村劳动力|转移就业200万人: who does or gets what stands before the figure."""
        nodes, high, clause = draft.nodes, draft.index, draft.clause()
        while high > clause and nodes.words[high - 1] in self._lists["personal"]:
            high -= 1
        found = phrases.adjacent(nodes, high) if high < draft.index else None
        return found if found is not None and self._persons(nodes, found) else None

    def _inner(self, draft: Draft) -> int:
        """3个亿元以上城市: one more figure between the measure word and the noun."""
        rest = draft.nodes.classes[draft.index + 1 : draft.index + 3]
        if (
            rest[:1] != "Q"
            or rest[1:] not in ("n", "a", "u", "g")
            or draft.quantity.dimension not in ("count", "bare")
        ):
            return 0
        return 1 if draft.inner in MEASURES | {"age"} else 0

    def _leads_on(self, draft: Draft, found: Phrase) -> bool:
        """3名动作|灵活的队员, 20个类似某地|的基地: the phrase only opens a clause before the head."""
        rest = draft.nodes.classes[found.high : found.high + 4]
        if found.rule == "item.after" and _PREDICATE.match(rest) and self._headless(draft, found):
            return True
        if draft.nodes.classes[found.high - 1] == "E" and found.high - found.low > 1:
            return rest.startswith("u")
        person = draft.quantity.unit in ("名", "位")
        return person and "u" in rest and rest[0] in "avdu" and not self._persons(draft.nodes, found)

    def _headless(self, draft: Draft, found: Phrase) -> bool:
        """上百家建筑风格各异的|宾馆: the phrase has no known head, but the one behind 的 has."""
        nodes = draft.nodes
        fits, head = self._fitting(draft.quantity.unit), self._heads.find(nodes.text(found.low, found.high))
        if draft.quantity.dimension == "bare" or (head and (fits is _COUNTED or head in fits)):
            return False
        behind = phrases.after_clause(nodes, draft.index)
        if behind is None:
            return False
        return self._heads.find(nodes.text(behind.low, behind.high)) in fits

    def adjacent(self, draft: Draft) -> Phrase | None:
        """商户|1900余家: the noun phrase right before the figure."""
        nodes = draft.nodes
        found = phrases.adjacent(nodes, draft.index)
        if found is None:
            return self._property(draft)
        alone = len(nodes.classes[found.low : found.high].strip("ER")) == 1
        if self._no_person(draft, found):
            return None
        if (alone and self.property_alone(draft)) or draft.quantity.unit in self._lists["after_only"]:
            return None
        return self.usable(draft, self._widened(nodes, found))

    def _property(self, draft: Draft) -> Phrase | None:
        """桥面高18米: a noun with its property."""
        index = draft.index - 1
        if index < 1 or draft.nodes.words[index] not in self._lists["bare_properties"]:
            return None
        found = self.usable(draft, phrases.adjacent(draft.nodes, index))
        return Phrase(found.low, index + 1, found.rule) if found is not None else None

    def property_alone(self, draft: Draft) -> bool:
        """Whether only a property (长, 宽) or a distance stands before the figure."""
        before = draft.nodes.words[draft.index - 1] if draft.index else ""
        return before in self._lists["bare_properties"] or any(
            word in self._lists["distance"] for word in draft.nodes.words[draft.clause() : draft.index]
        )

    def linked(self, draft: Draft) -> Phrase | None:
        """财政收入|达到5亿元: the noun phrase before a verb that links."""
        found = phrases.linked(draft.nodes, draft.index)
        if found is None or any(word in _AFTERWARDS for word in draft.nodes.words[found.high : draft.index]):
            return None
        each = found.low and draft.nodes.words[found.low - 1] in self._lists["each"]
        if (
            (each and draft.quantity.unit == "人")
            or self._no_person(draft, found)
            or (self.property_alone(draft) and draft.quantity.dimension == "length")
        ):
            return None
        return self.usable(draft, self._widened(draft.nodes, found))

    def _no_person(self, draft: Draft, found: Phrase) -> bool:
        """车内共有|4人: persons are counted, and what stands before is none."""
        if draft.quantity.unit not in self._lists["personal_units"]:
            return False
        head = self._heads.find(draft.nodes.text(found.low, found.high))
        strict = draft.quantity.unit != "人"
        return head not in _PERSONS and (strict or bool(head))

    def origin(self, draft: Draft) -> Phrase | None:
        """人数由|20人增加到30人: what goes from one figure to another."""
        found = phrases.origin(draft.nodes, draft.index)
        return self.usable(draft, self._widened(draft.nodes, found)) if found is not None else None

    def changing(self, draft: Draft) -> Phrase | None:
        """减少|书费140元: the object of growing or falling."""
        found = phrases.changing(draft.nodes, draft.index)
        return self.usable(draft, self._widened(draft.nodes, found)) if found is not None else None

    def changed(self, draft: Draft) -> Phrase | None:
        """What grew or fell; not what it is compared with: 比常规品种|增产20%."""
        found = phrases.changed(draft.nodes, draft.index)
        if found is None or "b" in draft.nodes.classes[max(draft.clause(), found.low - 3) : found.low]:
            return None
        return self.usable(draft, self._widened(draft.nodes, found))

    def achieved(self, draft: Draft) -> Phrase | None:
        """农业|实现了5%的增长."""
        found = phrases.happened(draft.nodes, draft.index)
        if found is None or found[1] not in self._lists["joining"]:
            return None
        return self.usable(draft, found[0])

    def verbal_object(self, draft: Draft) -> Phrase | None:
        """收到|投诉300件: a verb that is the object of another."""
        low = draft.index - 1
        if low < 1 or draft.nodes.classes[low] != "v":
            return None
        if draft.nodes.classes[low - 1] in "ng":
            return self._organised(draft, low)
        if draft.nodes.classes[low - 1] not in "vo":
            return None
        word = draft.nodes.words[low]
        named = len(word) == 2 and word not in self._words
        return Phrase(low, low + 1, "item.before") if named else None

    def _organised(self, draft: Draft, low: int) -> Phrase | None:
        """组织骨干教师培训|2000人次: the act that a verb before has as its object."""
        words = draft.nodes.words[draft.clause() : low]
        if draft.quantity.unit == "人" or not any(word in self._lists["performing"] for word in words):
            return None
        found = phrases.adjacent(draft.nodes, low)
        return Phrase(found.low, low + 1, "item.before") if found is not None else None

    def clause_before(self, draft: Draft) -> Phrase | None:
        """是一座大桥，全国只有两座: what the clause before ends with."""
        nodes, clause = draft.nodes, draft.clause()
        if (
            clause < 2
            or nodes.words[draft.index - 1] not in self._lists["only"]
            or draft.quantity.unit == "人"
        ):
            return None
        words = nodes.words[clause : draft.index]
        if any(
            nodes.classes[clause + i] in "ngsvE" and word not in self._lists["reckoning"]
            for i, word in enumerate(words)
        ):
            return None
        return self.usable(draft, phrases.ending(nodes, clause - 1))

    def predicate(self, draft: Draft) -> Phrase | None:
        """其中90人是|学生: what the counted ones are."""
        nodes, index = draft.nodes, draft.index
        found = phrases.predicate(nodes, index)
        if found is None or not any(
            word in self._lists["predicates"] for word in nodes.words[index + 1 : found.low]
        ):
            return None
        return found

    def usable(self, draft: Draft, found: Phrase | None) -> Phrase | None:
        """The phrase, unless it is nothing but a name or a word of reckoning (全国, 人均)."""
        if found is None:
            return None
        nodes, reckoning = draft.nodes, self._lists["reckoning"]
        if (
            found.low < draft.index
            and nodes.classes[found.high - 1] == "E"
            and not self._common(draft, found)
        ):
            draft.owner = nodes.source[found.high - 1]
            return None
        if draft.quantity.dimension == "money" and self._persons(nodes, found):
            return None
        for index in range(found.low, found.high):
            if (nodes.classes[index] not in "ERkc" or self._common(draft, found)) and nodes.words[
                index
            ] not in reckoning:
                return found
        if nodes.classes[found.low] == "E" and found.low < draft.index:
            draft.owner = nodes.source[found.low]
        return None

    def _common(self, draft: Draft, found: Phrase) -> bool:
        """居民委员会3个: a body that was taken for a name, counted."""
        name = draft.nodes.words[found.high - 1]
        return draft.quantity.unit in ("个", "家", "所") and self._heads.find(name) == "organizations"

    def _widened(self, nodes: Nodes, found: Phrase) -> Phrase:
        """捕捞 + 总产量, 平均 + 水深: a verb or adverb before an indicator belongs to it."""
        low, head = found.low, nodes.text(found.low, found.high)
        if len(head) == 1 and nodes.classes[low] == "s":
            low = phrases.suffixed(nodes, low)
        while low and nodes.classes[low - 1] == "v" and self._compounds(nodes, low - 1, head):
            low -= 1
            while low > 0 and nodes.classes[low - 1] in "angsfER":
                low -= 1
        if low > 1 and nodes.words[low - 1] == "年" and not nodes.words[low - 2].isdigit():
            low -= 1
        if low and nodes.classes[low - 1] == "d" and nodes.words[low - 1] in self._lists["averaging"]:
            low -= 1
        return Phrase(low, found.high, found.rule)

    def _compounds(self, nodes: Nodes, verb: int, head: str) -> bool:
        word = nodes.words[verb]
        if word in self._lists["compounding"]:
            body = self._heads.find(head) in ("places", "organizations")
            return self.indicates(head) or (body and word not in self._lists["transitive"])
        inside = nodes.classes[max(0, verb - 1) : verb] in ("n", "g", "a", "E", "R")
        fits = self.indicates(head) or head in self._lists["attributed"]
        return inside and len(word) > 1 and word not in self._words and fits

    def indicates(self, word: str) -> bool:
        """Whether a word ends as indicators do (…额, …率)."""
        return word.endswith(self._endings["indicator_heads"])

    def _persons(self, nodes: Nodes, found: Phrase) -> bool:
        return self._heads.find(nodes.text(found.low, found.high)) in _PERSONS
