"""Every example of the rule files of quantities, with its value."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from extractor.paths import default_model
from extractor.text._units import read_units
from extractor.text.quantities import find_left_out, find_quantities
from extractor.text.rules import Rule, RuleFile, load_rules
from extractor.text.script import to_shadow

RULES = default_model() / "rules"
UNITS = {"units": tuple(read_units([default_model() / "codelists" / "units.tsv"]))}


def rules_of(name: str) -> RuleFile:
    return load_rules(RULES / name, UNITS)


def exact(number: Any) -> Fraction | None:
    return None if number is None else Fraction(Decimal(str(number)))


@pytest.mark.parametrize("rule", rules_of("quantities_countable.toml").rules, ids=lambda rule: rule.id)
def test_a_cue_beside_an_amount_is_read_on_its_side(rule: Rule) -> None:
    assert rule.matches
    assert rule.rejects
    before = rule.fields["side"] == "before"
    pattern = re.compile(rf"(?:{rule.pattern.pattern})\Z") if before else rule.pattern
    read = pattern.search if before else pattern.match
    assert [each.text for each in rule.matches if not read(to_shadow(each.text))] == []
    assert [text for text in rule.rejects if read(to_shadow(text))] == []


@pytest.mark.parametrize("rule", rules_of("quantities.toml").rules, ids=lambda rule: rule.id)
def test_a_modifier_is_read_with_its_number(rule: Rule) -> None:
    assert rule.matches
    for example in rule.matches:
        shadow = to_shadow(example.text)
        found = [each for each in find_quantities(shadow) if each.rule == rule.id]
        assert len(found) == 1, example.text
        wanted = example.expected
        assert shadow[found[0].start : found[0].end] == to_shadow(wanted["span"])
        assert exact(found[0].value) == exact(wanted["value"])
        assert (found[0].unit, found[0].modifier) == (wanted["unit"], rule.fields["modifier"])
    for text in rule.rejects:
        assert rule.id not in [each.rule for each in find_quantities(to_shadow(text))], text


@pytest.mark.parametrize("rule", rules_of("quantities_tables.toml").rules, ids=lambda rule: rule.id)
def test_a_unit_apart_reaches_its_figures(rule: Rule) -> None:
    assert rule.matches
    for example in rule.matches:
        last = find_quantities(to_shadow(example.text))[-1]
        assert last.rule == rule.id
        assert (exact(last.value), last.unit) == (exact(example.expected["value"]), example.expected["unit"])
    for text in rule.rejects:
        assert rule.id not in [each.rule for each in find_quantities(to_shadow(text))], text


@pytest.mark.parametrize("rule", rules_of("quantities_left_out.toml").rules, ids=lambda rule: rule.id)
def test_what_is_no_statistic_is_left_out(rule: Rule) -> None:
    assert rule.matches
    for example in rule.matches:
        classes = [found[2] for found in find_left_out(to_shadow(example.text))]
        assert rule.id in classes, example.text
    for text in rule.rejects:
        assert rule.id not in [found[2] for found in find_left_out(to_shadow(text))], text
