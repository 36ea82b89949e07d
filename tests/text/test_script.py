from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.script import script_of, to_shadow


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("縣區衛生局長說，今年增長１２．５％", "县区卫生局长说,今年增长12.5%"),
        ("２０２１年（含）～３０萬餘人", "2021年(含)~30万余人"),
        ("「同心」與『聯誼』", "“同心”与‘联谊’"),
        ("⻄南⻔有⼈", "西南门有人"),
        ("見\u3000面\xa0禮", "见 面 礼"),
        ("裏裡綫線羣峯為爲说說衞着", "里里线线群峰为为说说卫着"),
        ("規畫瞭解隨著回覆，著名的乾隆", "规划了解随着回复,著名的乾隆"),
        ("有著名学者，有著深意", "有著名学者,有着深意"),
        ("〈短評〉約翰‧史密斯、珍・李", "《短评》约翰·史密斯、珍·李"),
        ("一\r\n二\u2028三", "一\n\n二\n三"),
        ("二〇二一，○㎡①℃……——", "二〇二一,○㎡①℃……——"),
        ("￥30，HK＄5；比分3∶1", "¥30,HK$5;比分3:1"),
        ("陶喆、朱镕基", "陶喆、朱镕基"),
    ],
)
def test_shadow_reads(written: str, read: str) -> None:
    assert to_shadow(written) == read


@given(st.text(st.characters(max_codepoint=0xFFFF)) | st.text("計畫瞭解乾隆著有名，１（⻄\u3000"))
def test_shadow_keeps_every_position(text: str) -> None:
    shadow = to_shadow(text)
    assert len(shadow) == len(text)
    assert to_shadow(shadow) == shadow


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("這個社區有許多居民", "traditional"),
        ("这个社区有许多居民", "simplified"),
        ("這個社區有許多居民。这个社区有许多居民", "mixed"),
        ("人口一千二百", "simplified"),
        ("", "simplified"),
        ("于是社區里有2.2萬余人，關係到發展", "traditional"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script
