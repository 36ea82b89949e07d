"""Which of the proposed spans become mentions: the one place where overlaps are decided.

1. A span that a ``never`` row covers or crosses is dropped (a shipped row spares the user's names), and so is
   one that is just a ``bare`` word (市委, 基金会).
2. A span inside a quantity is dropped (美 of 100万美元), and so is a weak span that touches a quantity
   with a unit.
3. Of the rest, those spans are kept that do not overlap and weigh most together; a span weighs its length
   times its priority.  Characters that a nested place or organisation covers weigh that one's priority
   where it is higher, so that 四川省委统战部 is never less than 四川省.
4. A user's name weighs more than anything else; an outer span that may hold it (an organisation its place,
   or any strong span of the same label) takes that weight over.
5. Where the learned layer has read the document, only its names and those of trusted rules weigh anything;
   a rule's name that begins with one of these counts as a whole (远山|董事会, a chain cut in two), two bodies
   that were read as one (甲局和乙局) stay two, and where a label is in doubt, that of a trusted rule counts.
6. Inside an accepted span the same is done again among its strong parts: these are nested mentions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.components.state import Candidate, Hit, QuantityRow

USER_PRIORITY = 100
_LONGEST = 64  # characters; the longest of 22,000 labelled names in news has fewer than 50
STRONG = 50
# Rules whose names count where they begin with a learned or trusted name: 远山 | 董事会, 某县 | 某镇.  On the
# development sentences the whole is then right three times as often as the part by itself.
_WHOLES = ("place.chain", "place.name.completed", "place.head.", "org.head.", "org.suffix.")
_USER_WEIGHT = 1_000_000  # no sum of other weights in one stretch of text comes near
_LABELS = ("ORG", "LOC", "PERSON")
_NESTED = {"ORG": ("LOC", "ORG", "PERSON"), "LOC": ("LOC", "PERSON", "ORG")}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A candidate that became a mention; ``nested`` when it lies inside another."""

    candidate: Candidate
    nested: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """Which candidates may become outermost mentions.

    Those of the rule ``learned`` and of the trusted rules (a name that ends in a dot stands for all that
    begin with it); all candidates when ``learned`` is "".  A learned label of less confidence than ``doubt``
    yields to that of a trusted rule.  No person ends with a character of ``not_last``.
    """

    learned: str = ""
    trusted: tuple[str, ...] = ()
    doubt: float = 0.0
    not_last: str = ""

    def counts(self, one: Candidate) -> bool:
        """Whether the candidate may stand by itself."""
        if not self.learned or one.priority >= USER_PRIORITY:
            return True
        return one.rule == self.learned or any(
            one.rule == name or (name.endswith(".") and one.rule.startswith(name)) for name in self.trusted
        )


RULES_ALONE = Policy()


def decide(
    candidates: Iterable[Candidate],
    hits: Iterable[Hit] = (),
    quantities: Sequence[QuantityRow] = (),
    policy: Policy = RULES_ALONE,
) -> list[Accepted]:
    """The accepted spans by start, outermost first; independent of the order of the candidates."""
    hits = list(hits)
    never = [hit for hit in hits if hit.label == "never"]
    bare = {(hit.start, hit.end) for hit in hits if hit.label == "bare"}
    proposed = [one for one in _distinct(candidates) if not _is_bare(one, bare) and not _is_endless(one)]
    if never:
        proposed = _unsilenced(proposed, never)
    if quantities:
        proposed = _beside_quantities(proposed, quantities)
    if policy.learned:
        proposed = _reconsidered(proposed, policy)
    accepted: list[Accepted] = []
    for stretch in _stretches(proposed):
        _accept(stretch, accepted, policy)
    return sorted(accepted, key=lambda one: (one.candidate.start, -one.candidate.end, one.nested))


def kept_quantities(quantities: Sequence[QuantityRow], accepted: Iterable[Accepted]) -> list[QuantityRow]:
    """The quantities that no accepted mention touches."""
    outer = [one.candidate for one in accepted if not one.nested]
    starts, ends = [one.start for one in outer], [one.end for one in outer]
    return [row for row in quantities if bisect_right(ends, row.start) >= bisect_left(starts, row.end)]


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for a span and label, the one of highest priority; by start, longest first.

    It has the kind of another where it knows none itself.
    """
    best: dict[tuple[int, int, str], Candidate] = {}
    for one in candidates:
        key = (one.start, one.end, one.label)
        had = best.get(key)
        if had is None:
            best[key] = one
            continue
        first, second = (one, had) if _rank(one) > _rank(had) else (had, one)
        best[key] = first if first.kind else first._replace(kind=second.kind)
    return sorted(best.values(), key=lambda one: (one.start, -one.end, one.label))


def _is_endless(one: Candidate) -> bool:
    """Longer than any name; with it spans that grow on one another would nest without end."""
    return one.end - one.start > _LONGEST and one.priority < USER_PRIORITY


def _is_bare(one: Candidate, bare: set[tuple[int, int]]) -> bool:
    return (one.start, one.end) in bare and one.priority < USER_PRIORITY


def _reconsidered(candidates: list[Candidate], policy: Policy) -> list[Candidate]:
    """Without the learned names that the rules speak against.

    A label in doubt, two bodies read as one, one-letter places (中美) read as one.
    """
    letters = {one.start for one in candidates if _is_letter(one) and one.rule != policy.learned}
    spans: dict[tuple[int, int], list[Candidate]] = {}
    ends: dict[tuple[int, str], list[int]] = {}
    for one in candidates:
        spans.setdefault((one.start, one.end), []).append(one)
        if one.rule != policy.learned:
            ends.setdefault((one.start, one.label), []).append(one.end)
    kept, halves = [], []
    for one in candidates:
        if one.rule == policy.learned:
            rivals = spans[one.start, one.end]
            if one.label == "LOC" and not _is_letter(one) and letters.issuperset(range(one.start, one.end)):
                continue
            if one.confidence < policy.doubt and any(_is_rival(other, policy) for other in rivals):
                continue
            middle = _middle(one, ends)
            if middle:
                halves += [one._replace(end=middle), one._replace(start=middle + 1)]
                continue
        kept.append(one)
    return _distinct([*kept, *halves]) if halves else kept


def _is_letter(one: Candidate) -> bool:
    return one.label == "LOC" and one.end - one.start == 1


def _is_rival(one: Candidate, policy: Policy) -> bool:
    return one.rule != policy.learned and policy.counts(one)


def _middle(one: Candidate, ends: Mapping[tuple[int, str], list[int]]) -> int:
    """Where the first of two bodies ends that rules see in the span with one character between; else 0."""
    if one.label != "ORG":
        return 0
    firsts = [end for end in ends.get((one.start, "ORG"), ()) if end < one.end]
    return next((end for end in firsts if one.end in ends.get((end + 1, "ORG"), ())), 0)


def _rank(one: Candidate) -> tuple[int, float, str]:
    return one.priority, one.confidence, one.rule


def _unsilenced(candidates: list[Candidate], never: list[Hit]) -> list[Candidate]:
    rows = sorted((hit.start, hit.end, hit.user) for hit in never)
    starts = [row[0] for row in rows]
    longest = max(end - start for start, end, _ in rows)
    return [
        one
        for one in candidates
        if not any(
            _silences(row, one)
            for row in rows[bisect_left(starts, one.start - longest) : bisect_left(starts, one.end)]
        )
    ]


def _silences(row: tuple[int, int, bool], one: Candidate) -> bool:
    start, end, user = row
    if one.priority >= USER_PRIORITY and not user:
        return False
    covers = start <= one.start and one.end <= end
    crosses = start < one.end and one.start < end and not (one.start <= start and end <= one.end)
    return covers or (crosses and one.priority < USER_PRIORITY)


def _beside_quantities(candidates: list[Candidate], quantities: Sequence[QuantityRow]) -> list[Candidate]:
    starts, ends = [row.start for row in quantities], [row.end for row in quantities]
    kept = []
    for one in candidates:
        touched = quantities[bisect_right(ends, one.start) : bisect_left(starts, one.end)]
        if one.priority >= USER_PRIORITY or not any(_beats(row, one) for row in touched):
            kept.append(one)
    return kept


def _beats(row: QuantityRow, one: Candidate) -> bool:
    inside = row.start <= one.start and one.end <= row.end
    if inside and one.end - one.start < row.end - row.start:
        return True
    return one.priority < STRONG and row.unit != ""


def _stretches(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Runs of candidates that overlap; each run is decided by itself."""
    run: list[Candidate] = []
    reach = -1
    for one in candidates:
        if one.start >= reach and run:
            yield run
            run = []
        run.append(one)
        reach = max(reach, one.end)
    if run:
        yield run


def _accept(run: list[Candidate], accepted: list[Accepted], policy: Policy, nested: bool = False) -> None:
    starts = [one.start for one in run]
    for outer in _heaviest(run, policy):
        accepted.append(Accepted(outer, nested))
        near = run[bisect_left(starts, outer.start) : bisect_left(starts, outer.end)]
        inner = [one for one in near if _inside(one, outer) and _nests(outer, one)]
        for stretch in _stretches(inner):
            _accept(stretch, accepted, RULES_ALONE, nested=True)


def _nests(outer: Candidate, part: Candidate) -> bool:
    if part.priority >= USER_PRIORITY:
        return True
    return part.priority >= STRONG and part.label in _NESTED.get(outer.label, ())


def _heaviest(run: list[Candidate], policy: Policy) -> list[Candidate]:
    """The candidates without overlap that weigh most together (weighted intervals, dynamic programming)."""
    if len(run) == 1:
        return run if policy.counts(run[0]) else []
    ordered, starts = sorted(run, key=_by_end), [one.start for one in run]
    ends = [one.end for one in ordered]
    best: list[tuple[int, int]] = [(0, 0)]  # weight, less the number of spans: fewer spans break a tie
    taken: list[bool] = []
    before = [bisect_right(ends, one.start, 0, place) for place, one in enumerate(ordered)]
    for place, one in enumerate(ordered):
        weight, spans = best[before[place]]
        with_it, without = (weight + _weight(one, run, starts, policy), spans - 1), best[place]
        taken.append(with_it > without)
        best.append(max(with_it, without))
    return _traced(ordered, before, taken)


def _by_end(one: Candidate) -> tuple[int, int, int, int, float, str]:
    order = _LABELS.index(one.label) if one.label in _LABELS else -1
    return one.end, one.start, -one.priority, order, -one.confidence, one.label


def _traced(ordered: list[Candidate], before: list[int], taken: list[bool]) -> list[Candidate]:
    chosen, place = [], len(ordered)
    while place:
        if taken[place - 1]:
            chosen.append(ordered[place - 1])
            place = before[place - 1]
        else:
            place -= 1
    return chosen[::-1]


def _weight(one: Candidate, run: list[Candidate], starts: list[int], policy: Policy) -> int:
    """Length times priority, each character at the priority of the best part that this span may hold."""
    alone = policy.counts(one)
    if not alone and (one.priority < STRONG or not one.rule.startswith(_WHOLES)):
        return 0
    if one.priority >= USER_PRIORITY:
        return (one.priority + _USER_WEIGHT) * (one.end - one.start)
    weights = [one.priority] * (one.end - one.start)
    for part in run[bisect_left(starts, one.start) : bisect_left(starts, one.end)]:
        if part.priority > one.priority and _inside(part, one) and _may_hold(one, part):
            alone = alone or (part.start == one.start and policy.counts(part))
            weight = part.priority + (_USER_WEIGHT if part.priority >= USER_PRIORITY else 0)
            for place in range(part.start - one.start, part.end - one.start):
                weights[place] = max(weights[place], weight)
    return sum(weights) if alone else 0


def _inside(part: Candidate, outer: Candidate) -> bool:
    """Whether ``part`` lies in ``outer`` and is shorter."""
    return (
        outer.start <= part.start
        and part.end <= outer.end
        and part.end - part.start < outer.end - outer.start
    )


def _may_hold(outer: Candidate, part: Candidate) -> bool:
    if part.label == outer.label:
        return outer.priority >= STRONG
    return outer.label == "ORG" and part.label == "LOC"
