from __future__ import annotations

import pytest
from conftest import unmark


def test_unmark_gives_text_and_spans():
    assert unmark("商户【1900余家】，惠及【2.2万余人】") == (
        "商户1900余家，惠及2.2万余人",
        [(2, 8), (11, 17)],
    )


def test_unmark_of_a_text_without_marks():
    assert unmark("第三届会议") == ("第三届会议", [])


@pytest.mark.parametrize("marked", ["商户【1900余家", "商户1900余家】", "商户【19【00】余家】", "】【"])
def test_an_unpaired_bracket_is_an_error(marked):
    with pytest.raises(ValueError, match="unpaired"):
        unmark(marked)
