"""How firm a figure is, and how far the words that say so reach."""

from __future__ import annotations

import pytest

from extractor.components.statistics.vocabulary import load_vocabulary
from extractor.paths import default_model

from .marked import read


@pytest.mark.parametrize(
    ("marked", "statuses"),
    [
        ("收入【3亿元】。", ["normal"]),
        (
            "初步核算，产值【3亿元】，利润【2亿元】。税收【1亿元】。\n人口【3万人】。",
            ["provisional"] * 3 + ["normal"],
        ),
        ("预计增长【3%】，达到【5亿元】。", ["forecast"] * 2),
        ("工厂将于明年投产，产量达到【3万吨】。", ["normal"]),
        ("产量将达到【3万吨】。", ["forecast"]),
        ("在【20个】城市将拥有【3万】职工。", ["forecast"] * 2),
        ("厂方将【3吨】原料运走。", ["normal"]),
        ("债务估计为【3亿元】，其中【90%】是外债。", ["estimated", "normal"]),
        ("力争产量达到【3万吨】，利润【2亿元】。", ["target"] * 2),
        ("计划发行【2亿元】，但实际只有【1亿元】。", ["target", "normal"]),
        ("第十二条 每组设【3名】组长。", ["target"]),
        ("主要产品【3万吨】。", ["normal"]),
        ("到期后可续期不超过【2年】。", ["target"]),
        ("产量将提高，同时还能供应【3吨】原料，安置【20人】。", ["forecast"] * 2),
        ("公司將擴建，今年用工【90人】。", ["normal"]),
        ("短頭少鬚（平均低於【160厘米】）。", ["normal"]),
        ("公布减持计划，在未来【6个月】内减持【3%】。", ["target"] * 2),
        ("开始扩军计划，在这段时间里增加【9艘】战舰。", ["normal"]),
    ],
)
def test_status(marked, statuses):
    assert [row.status for row in read(marked)] == statuses


def cue_examples(kind: str) -> list[tuple[str, str]]:
    import tomllib

    data = tomllib.loads((default_model() / "rules" / "statistics.toml").read_text(encoding="utf-8"))
    return [(row["id"], text) for row in data["status"] for text in row[kind]]


@pytest.mark.parametrize(("cue", "text"), cue_examples("matches"))
def test_cue_matches_its_examples(cue, text):
    (found,) = [each for each in load_vocabulary(default_model()).cues if each.id == cue]
    assert found.pattern.search(text)


@pytest.mark.parametrize(("cue", "text"), cue_examples("rejects"))
def test_cue_rejects_its_counter_examples(cue, text):
    (found,) = [each for each in load_vocabulary(default_model()).cues if each.id == cue]
    assert not found.pattern.search(text)
