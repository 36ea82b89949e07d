from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import RuleError
from extractor.text.rules import failing_examples, load_rules, one_of

FILE = """
[slots]
approx = ["约", "大约"]
unit = { codelist = "units" }
number = { pattern = "[0-9]+" }
count = { pattern = "{number}{unit}" }

[[rule]]
id = "approx"
form = "{approx}{number}{unit?}"
modifier = "approx"
matches = ["约30", { text = "大约5平方公里", number = "5", unit = "平方公里", value = 5 }]
rejects = ["人约黄昏后"]

[[rule]]
id = "range"
form = "{count}至{count}"
matches = ["3人至5人"]
rejects = ["3至5人"]
"""
UNITS = {"units": ["人", "平方", "平方公里"]}


def write(folder: Path, content: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_rule_is_compiled_with_its_slots_as_groups(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path, FILE), UNITS)
    found = rules.rule("approx").pattern.search("面积大约30平方公里")
    assert found is not None
    assert found.groupdict() == {"approx": "大约", "number": "30", "unit": "平方公里"}
    assert rules.rule("approx").fields == {"modifier": "approx"}
    assert [rule.id for rule in rules.rules] == ["approx", "range"]
    assert failing_examples(rules) == []


def test_examples_that_do_not_hold_are_named(tmp_path: Path) -> None:
    content = FILE.replace('["人约黄昏后"]', '["约3人"]').replace('number = "5"', 'number = "6"')
    faults = failing_examples(load_rules(write(tmp_path, content), UNITS))
    assert len(faults) == 2
    assert "rule approx: reads ['number'] of '大约5平方公里' as ['5']" in faults[0]
    assert "rule approx: must not match '约3人'" in faults[1]


def test_a_rule_needs_both_kinds_of_example(tmp_path: Path) -> None:
    faults = failing_examples(load_rules(write(tmp_path, '[[rule]]\nid = "x"\nform = "x"\n')))
    assert len(faults) == 1
    assert "at least one example" in faults[0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[slots", "is not TOML"),
        ("[slots]\nx = 3", "slot x: give a list"),
        ('[slots]\nx = { codelist = "none" }', "there is no codelist 'none'"),
        ('[[rule]]\nid = "a"', "id and form must be given"),
        ('[[rule]]\nid = "a"\nform = "{b}"', "there is no slot 'b'"),
        ('[[rule]]\nid = "a"\nform = "("', "is no regular expression"),
        ('[[rule]]\nid = "a"\nform = "x"\nmatches = [3]', "an example is a text"),
        ('[[rule]]\nid = "a"\nform = "x"\n[[rule]]\nid = "a"\nform = "y"', "given twice"),
    ],
)
def test_a_faulty_file_says_what_is_wrong(tmp_path: Path, content: str, problem: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(RuleError, match=re.escape(problem)) as error:
        load_rules(path)
    assert str(error.value).startswith(str(path))


def test_a_missing_or_foreign_file_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load_rules(tmp_path / "none.toml")
    foreign = tmp_path / "foreign.toml"
    foreign.write_bytes("[规则]".encode("gbk"))
    with pytest.raises(RuleError, match="is not UTF-8"):
        load_rules(foreign)
    with pytest.raises(RuleError, match="there is no rule 'x'"):
        load_rules(write(tmp_path, "")).rule("x")


@given(st.sets(st.text("人名位个()|·", min_size=1, max_size=4), min_size=1, max_size=12))
def test_one_of_takes_the_longest_word(words: set[str]) -> None:
    pattern = re.compile(one_of(words))
    for word in words:
        assert pattern.fullmatch(word)
        for other in words:
            found = pattern.match(word + other)
            assert found is not None
            assert found[0] == max((w for w in words if (word + other).startswith(w)), key=len)
