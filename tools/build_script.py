"""Build the character tables of ``models/zh_news/script`` from OpenCC, Unicode, jieba and pypinyin.

Writes traditional.tsv, simplified.tsv and compatibility.tsv, frequency.tsv from jieba's dictionary
and readings.tsv from pypinyin's; variants.tsv, phrases.tsv, widths.tsv and radicals.tsv are written by hand.

    python tools/build_script.py OPENCC_DICTIONARY_FOLDER JIEBA_DICTIONARY PYPINYIN_DICTIONARY
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractor.paths import default_model

OPENCC = "OpenCC {}, Copyright BYVoid and contributors, Apache-2.0, https://github.com/BYVoid/OpenCC"
JIEBA = (
    "jieba dict.txt, Copyright Sun Junyi, MIT, https://github.com/fxsjy/jieba: "
    "occurrences of a character in a million of its words; signs by hand"
)
PYPINYIN = "pypinyin pinyin_dict.json, Copyright mozillazg and others, MIT, https://github.com/mozillazg/python-pinyin"
UNICODE = "Unicode Character Database {}, Unicode License v3, https://www.unicode.org/ucd/"


def main() -> None:
    """Write the five tables into the shipped pipeline."""
    source, target = Path(sys.argv[1]), default_model() / "script"
    traditional = single(read(source / "TSCharacters.txt"))
    write(target / "traditional.tsv", OPENCC.format("TSCharacters"), traditional)
    only = simplified_only(read(source / "STCharacters.txt"))
    write(target / "simplified.tsv", OPENCC.format("STCharacters"), only)
    write(target / "compatibility.tsv", UNICODE.format(unicodedata.unidata_version), compatibility())
    counts = frequency(Path(sys.argv[2]), traditional)
    write(target / "frequency.tsv", JIEBA, counts)
    write(target / "readings.tsv", PYPINYIN, readings(Path(sys.argv[3]), counts))


def read(path: Path) -> dict[str, list[str]]:
    """Key and candidates of each line of an OpenCC dictionary."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line)
    return {key: values.split(" ") for key, values in pairs}


def single(dictionary: Mapping[str, list[str]]) -> dict[str, str]:
    """The first candidate of each key that is one character and another one."""
    chosen = ((key, next((v for v in values if len(v) == 1), key)) for key, values in dictionary.items())
    return {key: value for key, value in chosen if value != key}


def simplified_only(simplified: Mapping[str, list[str]]) -> dict[str, str]:
    """Characters that are simplified and nothing else, each with its traditional form: 国, not 后 or 里."""
    return {key: values[0] for key, values in simplified.items() if key not in values and len(values[0]) == 1}


def compatibility() -> dict[str, str]:
    """Kangxi radicals and compatibility ideographs that Unicode holds equal to one other character."""
    codes: Iterable[int] = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
    pairs = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return {char: plain for char, plain in pairs if plain != char and len(plain) == 1}


# Signs of running text as the shadow has them, a million characters; counted roughly on news.
SIGNS = {",": 50_000, "。": 25_000, "、": 12_000, "“": 6_000, "”": 6_000, ":": 4_000, "(": 3_000, ")": 3_000}
SIGNS |= {" ": 3_000, ";": 2_000, "《": 1_500, "》": 1_500, "—": 1_500, "!": 500, "?": 500, "…": 500}
SIGNS |= {"【": 200, "】": 200, "%": 200, "〔": 100, "〕": 100, "℃": 20, "‘": 100, "’": 100, "〇": 20}
SIGNS |= dict.fromkeys("0123456789", 300)


def frequency(dictionary: Path, traditional: Mapping[str, str]) -> dict[str, str]:
    """How often a simplified character is written, a million characters; the rare ones left out."""
    counts: Counter[str] = Counter()
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count = line.split(" ")[:2]
        for char in word:
            counts[traditional.get(char, char)] += int(count)
    total = sum(counts.values())
    shares = {char: round(count * 1_000_000 / total) for char, count in counts.items() if char > "\x7f"}
    return {char: str(share) for char, share in (shares | SIGNS).items() if share > 0}


def readings(dictionary: Path, counts: Mapping[str, str]) -> dict[str, str]:
    """Each syllable without its tone, and the characters of the frequency table that can be read so."""
    table: dict[str, list[str]] = {}
    for code, marked in json.loads(dictionary.read_text(encoding="utf-8")).items():
        if chr(int(code)) in counts:
            for syllable in dict.fromkeys(map(toneless, marked.split(","))):
                table.setdefault(syllable, []).append(chr(int(code)))
    return {syllable: "".join(chars) for syllable, chars in table.items() if syllable.isalpha()}


def toneless(syllable: str) -> str:
    """``syllable`` in plain letters but for ü: cháng → chang, lǜ → lü."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", syllable) if c == "\u0308" or not unicodedata.combining(c)
    )
    return unicodedata.normalize("NFC", bare)


def write(path: Path, origin: str, table: Mapping[str, str]) -> None:
    """One pair a line, by code point, under a line that names the source."""
    rows = "".join(f"{key if key.strip() else 'U+0020'}\t{table[key]}\n" for key in sorted(table))
    path.write_text(f"# {origin}\nwritten\tread\n{rows}", encoding="utf-8")


if __name__ == "__main__":
    main()
