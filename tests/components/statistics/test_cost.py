"""No text takes more than linear time."""

from __future__ import annotations

import time

import pytest

from .marked import document, reader


def seconds(marked: str) -> float:
    doc = document(marked)
    start = time.process_time()
    reader()(doc)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["【3人】、", "【3吨】", "商户【3家】，", "增长【3%】和", "（【3元】", "将【3个】比", "分别【3%】的"],
)
def test_four_times_the_text_takes_about_four_times_as_long(unit):
    seconds(unit * 500)
    small, large = min(seconds(unit * 2000) for _ in range(2)), seconds(unit * 8000)
    assert large < 12 * small + 0.5
