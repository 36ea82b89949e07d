"""Counts of what gold and output share, part by part.

A row of gold has ``id``, ``text`` and any of ``entities``, ``roles``, ``statistics``; only the parts it
has are scored.  A row of output is one line of the machine output.  What counts as the same is defined
in the annotation guideline: entities by span and label, roles by person, role and organisation,
statistics by span and then field by field; an organisation or subject may be written in any form that
the output's entities list for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
LABELS = ("PERSON", "ORG", "LOC")
FIELDS = ("value", "unit", "modifier", "category", "item", "subject", "direction", "status", "time_period")
STAGES = {
    "span": (),
    "quantity": ("value", "unit", "modifier"),
    "record": ("value", "unit", "modifier", "category"),
    "full": ("value", "unit", "modifier", "category", "item", "subject"),
}


@dataclass(slots=True)
class Count:
    """Items found right, items given out, items in the gold; zero where nothing was counted."""

    right: int = 0
    out: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of what was given out that is right."""
        return self.right / self.out if self.out else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.out + self.gold) if self.out + self.gold else 0.0

    def add(self, right: int, out: int, gold: int) -> None:
        """Count further items."""
        self.right, self.out, self.gold = self.right + right, self.out + out, self.gold + gold


@dataclass(slots=True)
class Scores:
    """What ``score`` counted; ``fields`` holds, for statistics whose span is right, [right, all]."""

    entities: Count = field(default_factory=Count)
    labels: dict[str, Count] = field(default_factory=lambda: {label: Count() for label in LABELS})
    roles: Count = field(default_factory=Count)
    stages: dict[str, Count] = field(default_factory=lambda: {stage: Count() for stage in STAGES})
    fields: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in FIELDS})

    def as_floors(self) -> dict[str, float]:
        """One number a part: F1 of entities, roles and the stages of statistics, accuracy of single fields.

        Accuracy is the share of right fields where the span is right; 0 where the gold has no such field.
        """
        return {
            "entities": self.entities.f1,
            "roles": self.roles.f1,
            **{f"statistics.{stage}": count.f1 for stage, count in self.stages.items()},
            **{f"statistics.{name}": right / max(of, 1) for name, (right, of) in self.fields.items()},
        }


def score(gold: Iterable[Row], output: Iterable[Row]) -> Scores:
    """Compare output with gold, paired by ``id``; a text that has no output counts as empty."""
    given = {row["id"]: row for row in output}
    scores = Scores()
    for row in gold:
        out = given.get(row["id"], {})
        if "entities" in row:
            _score_entities(row, out, scores)
        if "roles" in row:
            _score_roles(row, out, scores)
        if "statistics" in row:
            _score_statistics(row, out, scores)
    return scores


def _inside(gold: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows that start in the body, where the gold says which part of the text that is."""
    meta = gold.get("meta", {})
    low, high = meta.get("body_start", 0), meta.get("body_end", math.inf)
    return [row for row in rows if low <= row["start"] < high]


def _score_entities(gold: Row, out: Row, scores: Scores) -> None:
    wanted = {(e["start"], e["end"], e["type"]) for e in gold["entities"]}
    outermost = [m for m in out.get("mentions", ()) if m["label"] in LABELS and not m.get("nested")]
    given = {(m["start"], m["end"], m["label"]) for m in _inside(gold, outermost)}
    scores.entities.add(len(wanted & given), len(given), len(wanted))
    for label, count in scores.labels.items():
        ours = {e for e in given if e[2] == label}
        theirs = {e for e in wanted if e[2] == label}
        count.add(len(ours & theirs), len(ours), len(theirs))


def _score_roles(gold: Row, out: Row, scores: Scores) -> None:
    names = _names(out)
    rest = _inside(gold, out.get("roles", ()))
    given, right = len(rest), 0
    for role in gold["roles"]:
        for candidate in rest:
            if _same_role(candidate, role, names):
                rest.remove(candidate)
                right += 1
                break
    scores.roles.add(right, given, len(gold["roles"]))


def _score_statistics(gold: Row, out: Row, scores: Scores) -> None:
    names = _names(out)
    wanted = {(s["start"], s["end"]): s for s in gold["statistics"]}
    given = {(s["start"], s["end"]): s for s in _inside(gold, out.get("statistics", ()))}
    right: Counter[str] = Counter()
    for span in wanted.keys() & given.keys():
        same = {name: _same_field(name, given[span], wanted[span], names) for name in FIELDS}
        for name in FIELDS:
            if name in wanted[span]:
                scores.fields[name][0] += same[name]
                scores.fields[name][1] += 1
        right.update(stage for stage, needed in STAGES.items() if all(same[name] for name in needed))
    for stage, count in scores.stages.items():
        count.add(right[stage], len(given), len(wanted))


def _names(out: Row) -> dict[str, set[str]]:
    """Every written form of each entity of the output."""
    return {e["entity_id"]: {e["name"], *e["aliases"]} for e in out.get("entities", ())}


def _same_role(out: Row, gold: Row, names: Mapping[str, set[str]]) -> bool:
    forms = names.get(out.get("org_id", ""), set())
    titles = out["person"] == gold["person"] and out["role"] == gold["role"]
    return titles and _same_name(out["org"], gold["org"], forms)


def _same_field(name: str, out: Row, gold: Row, names: Mapping[str, set[str]]) -> bool:
    if name == "value":
        return all(_same_number(out[bound], gold[bound]) for bound in ("value", "low", "high"))
    if name == "subject":
        return _same_name(out["subject"], gold["subject"], names.get(out.get("subject_id", ""), set()))
    return bool((out.get(name) or "") == gold.get(name, ""))


def _same_name(out: str, gold: str, forms: set[str]) -> bool:
    """The form of the gold, another form of the same entity, or a chain of places that ends in it."""
    if not (out and gold):
        return out == gold
    chain = min(len(out), len(gold)) > 1 and (out.endswith(gold) or gold.endswith(out))
    return out == gold or gold in forms or chain


def _same_number(out: float | None, gold: float | None) -> bool:
    """Equal to one part in 100,000: gold writes a third as 0.333333."""
    if out is None or gold is None:
        return out is gold
    return math.isclose(out, gold, rel_tol=1e-5, abs_tol=1e-12)
