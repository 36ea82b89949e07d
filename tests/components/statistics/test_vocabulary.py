"""The data of the component, and faults in it."""

from __future__ import annotations

import shutil

import pytest

from extractor.components.statistics.vocabulary import Endings, load_vocabulary
from extractor.errors import RuleError
from extractor.paths import default_model


@pytest.fixture
def model(tmp_path):
    shutil.copytree(default_model() / "codelists", tmp_path / "codelists")
    shutil.copytree(default_model() / "rules", tmp_path / "rules")
    return tmp_path


def test_the_longest_ending_wins():
    endings = Endings({"村": "places", "村民": "residents", "民": "people"}, 2)
    assert [endings.find(word) for word in ("山村", "本村村民", "人民", "树")] == [
        "places",
        "residents",
        "people",
        "",
    ]


def test_a_word_added_by_the_user_is_read(model):
    path = model / "codelists" / "item_heads.tsv"
    path.write_text(path.read_text(encoding="utf-8") + "飞船\tplaces\n", encoding="utf-8")
    assert load_vocabulary(model).heads.find("载人飞船") == "places"


def test_an_unknown_class_is_named(model):
    path = model / "codelists" / "word_classes.tsv"
    path.write_text(path.read_text(encoding="utf-8") + "飞快\tadverbial\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"word_classes\.tsv: unknown class 'adverbial'"):
        load_vocabulary(model)


def test_a_broken_rule_file_is_named(model):
    (model / "rules" / "statistics.toml").write_text("[lists", encoding="utf-8")
    with pytest.raises(RuleError, match=r"statistics\.toml: cannot be read"):
        load_vocabulary(model)
