"""Rule files: named forms with slots, their meaning, and examples that must and must not match.

    [slots]
    approx = ["大约", "约"]                     # a list of words, longest first wherever it matters
    unit   = { codelist = "units" }            # the words of a codelist, handed in by the caller
    number = { pattern = "[0-9]+" }            # a regular expression; may name slots above it

    [[rule]]
    id      = "quantity.approx.before"
    form    = "{approx?}{number}{unit}"        # {slot} is a named group, {slot?} an optional one
    modifier = "approx"                        # every other key goes to ``fields``
    matches = ["约30人", { text = "大约5家", value = 5 }]
    rejects = ["人约黄昏后"]

Around the slots a form is a regular expression.  A slot that a form names twice is a group the first
time and plain the second.  Forms are read over the shadow, so words are written in simplified characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.errors import RuleError

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)(\??)\}")
_RESERVED = frozenset({"id", "form", "matches", "rejects"})
_NO_CODELISTS: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must find, and what the file says of it (``value``, ``unit``, …) beside the text."""

    text: str
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled form; ``fields`` holds every key of the rule that the loader does not read itself."""

    id: str
    form: str
    pattern: re.Pattern[str]
    fields: Mapping[str, Any]
    matches: tuple[Example, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of a file in order; ``slots`` as regular expressions without groups of their own name."""

    path: Path
    rules: tuple[Rule, ...]
    slots: Mapping[str, str]

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id; RuleError when the file has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise RuleError(f"{self.path}: there is no rule {rule_id!r}")


def load_rules(path: Path, codelists: Mapping[str, Sequence[str]] = _NO_CODELISTS) -> RuleFile:
    """Read a rule file and compile its forms.

    ``codelists`` are the word lists that slots may name.  Raises RuleError, which names file, rule and
    fault, when the file is unreadable, a slot is unknown, an id is missing or twice there, or a form
    does not compile.
    """
    data = _read_toml(path)
    slots: dict[str, str] = {}
    for name, value in data.get("slots", {}).items():
        slots[name] = _slot_pattern(path, name, value, slots, codelists)
    rules = tuple(_compile_rule(path, table, slots) for table in data.get("rule", []))
    _refuse_twins(path, rules)
    return RuleFile(path, rules, MappingProxyType(slots))


def one_of(words: Iterable[str]) -> str:
    """A regular expression that takes the longest of ``words``, as a tree, so that it is read in one go."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _tree_pattern(tree)


def failing_examples(rules: RuleFile) -> list[str]:
    """One line for each example of the file that its rule does not bear out; empty when all hold.

    A group that an example names (``approx = "约"``) must have that text; other keys are for the reader
    of the rules to check.  A rule without an example of either kind is a fault too.
    """
    faults: list[str] = []
    for rule in rules.rules:
        where = f"{rules.path}: rule {rule.id}"
        if not rule.matches or not rule.rejects:
            faults.append(f"{where}: needs at least one example that matches and one that is rejected")
        faults += [f"{where}: {fault}" for example in rule.matches if (fault := _fault(rule, example))]
        faults += [f"{where}: must not match {text!r}" for text in rule.rejects if rule.pattern.search(text)]
    return faults


def _fault(rule: Rule, example: Example) -> str:
    found = rule.pattern.search(example.text)
    if found is None:
        return f"must match {example.text!r}"
    groups = found.groupdict()
    wrong = [key for key, value in example.expected.items() if key in groups and groups[key] != value]
    return f"reads {wrong} of {example.text!r} as {[groups[key] for key in wrong]}" if wrong else ""


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror}); check that the file is there") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: is not TOML: {error}") from error


def _slot_pattern(
    path: Path, name: str, value: Any, slots: Mapping[str, str], codelists: Mapping[str, Sequence[str]]
) -> str:
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        return one_of(value)
    if isinstance(value, dict) and isinstance(value.get("pattern"), str):
        return f"(?:{_expand(path, name, value['pattern'], slots, set(slots))})"
    if isinstance(value, dict) and "codelist" in value:
        words = codelists.get(value["codelist"])
        if not words:
            raise RuleError(f"{path}: slot {name}: there is no codelist {value['codelist']!r}")
        return one_of(words)
    raise RuleError(f"{path}: slot {name}: give a list of words, a codelist or a pattern")


def _compile_rule(path: Path, table: Mapping[str, Any], slots: Mapping[str, str]) -> Rule:
    name, form = table.get("id"), table.get("form")
    if not isinstance(name, str) or not isinstance(form, str):
        raise RuleError(f"{path}: rule {name!r}: id and form must be given as text")
    try:
        pattern = re.compile(_expand(path, name, form, slots, set()))
    except re.error as error:
        raise RuleError(f"{path}: rule {name}: {form!r} is no regular expression: {error}") from error
    fields = MappingProxyType({key: value for key, value in table.items() if key not in _RESERVED})
    matches = tuple(_example(path, name, entry) for entry in table.get("matches", []))
    return Rule(name, form, pattern, fields, matches, tuple(table.get("rejects", [])))


def _expand(path: Path, name: str, form: str, slots: Mapping[str, str], used: set[str]) -> str:
    """``form`` with its slots filled in; a slot in ``used`` gets no group of its name."""

    def fill(found: re.Match[str]) -> str:
        slot, optional = found.groups()
        if slot not in slots:
            raise RuleError(f"{path}: {name}: there is no slot {slot!r} before it")
        head = "(?:" if slot in used else f"(?P<{slot}>"
        used.add(slot)
        return f"{head}{slots[slot]}){optional}"

    return _SLOT.sub(fill, form)


def _example(path: Path, name: str, entry: Any) -> Example:
    if isinstance(entry, str):
        return Example(entry, MappingProxyType({}))
    if isinstance(entry, dict) and isinstance(entry.get("text"), str):
        expected = {key: value for key, value in entry.items() if key != "text"}
        return Example(entry["text"], MappingProxyType(expected))
    raise RuleError(f"{path}: rule {name}: an example is a text or a table with the key text")


def _refuse_twins(path: Path, rules: Sequence[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"{path}: rule {rule.id}: the id is given twice")
        seen.add(rule.id)


def _tree_pattern(tree: Mapping[str, Any]) -> str:
    """Words that end after one character form a class; where a word may end, the rest is optional."""
    leaves = [char for char, rest in tree.items() if char and set(rest) == {""}]
    longer = [char for char, rest in tree.items() if char and set(rest) != {""}]
    branches = [re.escape(char) + _tree_pattern(tree[char]) for char in longer]
    if len(leaves) == 1:
        branches.append(re.escape(leaves[0]))
    elif leaves:
        branches.append("[" + "".join(map(re.escape, leaves)) + "]")
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return body + "?" if "" in tree else body
