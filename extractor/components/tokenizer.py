"""The segmenter: jieba's dictionary and hidden Markov model as a spaCy tokenizer.

Words are cut over the shadow, so that traditional and full-width text is cut as simplified text is, and
the Doc holds the original characters.  ``token.tag_`` is the part of speech in jieba's dictionary.
Engine ``rjieba`` (jieba-rs) cuts as jieba cuts, many times faster; ``jieba`` itself is the reference and
stands in where rjieba has no wheel.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.errors import ModelError
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.text.script import to_shadow

Segmenter = Callable[[str], list[tuple[str, str]]]
UserWord = tuple[str, str]
_FILE = "tokenizer.json"
_WORD_TAGS = {"PERSON": "nr", "ORG": "nt", "LOC": "ns"}
_JOINED = re.compile(r"[0-9A-Za-z%][+#&._\-]|[+#&._\-][0-9A-Za-z]")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")  # the skip pattern of jieba's finalseg
_LONGEST_WORD = 20  # a longer name is no word: the matcher finds it, the segmenter need not


class JiebaTokenizer:
    """Cuts text into words; instances share nothing.  ``user_words`` are (word, tag) in simplified script."""

    def __init__(self, vocab: Vocab, engine: str = "rjieba", user_words: Iterable[UserWord] = ()) -> None:
        self.vocab = vocab
        self._set(engine, user_words)

    def _set(self, engine: str, user_words: Iterable[UserWord]) -> None:
        self.engine = engine
        self.user_words = tuple((word, tag) for word, tag in user_words)
        self._segment = _segmenter(engine, self.user_words)

    def __call__(self, text: str) -> Doc:
        """A Doc of ``text`` (``doc.text == text``) with tags and shadow."""
        shadow = to_shadow(text)
        words, tags, spaces = _words(text, self._segment(shadow))
        doc = Doc(self.vocab, words=words, spaces=spaces, tags=tags)
        state.set_shadow(doc, shadow)
        return doc

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Engine and user words."""
        return json.dumps({"engine": self.engine, "user_words": self.user_words}, ensure_ascii=False).encode()

    def from_bytes(self, data: bytes, **kwargs: Any) -> JiebaTokenizer:
        """Take engine and user words from ``to_bytes``; gives the tokenizer itself."""
        stored = json.loads(data)
        self._set(stored["engine"], [(word, tag) for word, tag in stored["user_words"]])
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write engine and user words into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> JiebaTokenizer:
        """Take engine and user words from a folder; stay as one is where nothing was written."""
        file = Path(path) / _FILE
        return self.from_bytes(file.read_bytes()) if file.is_file() else self

    def __reduce__(self) -> tuple[type[JiebaTokenizer], tuple[Vocab, str, tuple[UserWord, ...]]]:
        """Pickle by vocabulary, engine and user words."""
        return type(self), (self.vocab, self.engine, self.user_words)


def _words(text: str, pieces: Iterable[tuple[str, str]]) -> tuple[list[str], list[str], list[bool]]:
    """Words of the original text, their tags, and whether a blank follows (which is then no word)."""
    words: list[str] = []
    tags: list[str] = []
    spaces: list[bool] = []
    start = 0
    for piece, tag in pieces:
        end = start + len(piece)
        written = text[start:end]
        start = end
        if written == " " and words and not spaces[-1]:
            spaces[-1] = True
            continue
        words.append(written)
        tags.append(tag)
        spaces.append(False)
    return words, tags, spaces


def _segmenter(engine: str, user_words: tuple[UserWord, ...]) -> Segmenter:
    if engine == "rjieba":
        return _rjieba(user_words)
    if engine == "jieba":
        return _jieba(user_words)
    raise ModelError(f"segmenter {engine!r} is unknown; choose rjieba or jieba")


def _rjieba(user_words: tuple[UserWord, ...]) -> Segmenter:
    try:
        import rjieba
    except ImportError:
        return _jieba(user_words)
    cutter = rjieba.Jieba()
    for word, tag in user_words:
        cutter.add_word(word, None, tag)

    def segment(shadow: str) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = cutter.tag(shadow)
        if _JOINED.search(shadow) is None:
            return pieces
        return [part for word, tag in pieces for part in _latin_parts(word, tag)]

    return segment


def _latin_parts(word: str, tag: str) -> list[tuple[str, str]]:
    """Jieba cuts Latin runs at every mark (SK, -, II) and keeps decimals whole; jieba-rs keeps the run."""
    if _JOINED.search(word) is None:
        return [(word, tag)]
    return [(part, _other_tag(part)) for part in _LATIN.split(word) if part]


def _jieba(user_words: tuple[UserWord, ...]) -> Segmenter:
    """Jieba's own cut; a word has the tag of the dictionary, numbers and Latin words those of jieba-rs."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    tags = _dictionary_tags(cutter)
    for word, tag in user_words:
        cutter.add_word(word, tag=tag)
        tags[word] = tag

    def segment(shadow: str) -> list[tuple[str, str]]:
        return [(word, tags.get(word) or _other_tag(word)) for word in cutter.cut(shadow)]

    return segment


def _dictionary_tags(cutter: Any) -> dict[str, str]:
    with cutter.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in rows if len(row) > 2}


def word_frequencies() -> dict[str, int]:
    """How often each word was counted for jieba's dictionary, in simplified characters."""
    import jieba

    with jieba.Tokenizer().get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: int(row[1]) for row in rows if len(row) > 1}


def _other_tag(word: str) -> str:
    numeric = sum(char.isascii() and char.isdigit() for char in word)
    letters = sum(char.isascii() and char.isalpha() for char in word)
    if numeric + letters == 0:
        return "x"
    return "m" if numeric > letters else "eng"


@spacy.registry.tokenizers("extractor.jieba")
def create_tokenizer(engine: str = "rjieba", folder: str = "", user: str = "") -> Callable[[Language], Any]:
    """A factory of tokenizers for spaCy; the user's dictionary terms become words of the segmenter."""

    def create(nlp: Language) -> JiebaTokenizer:
        return JiebaTokenizer(nlp.vocab, engine, _user_words(folder, user))

    return create


def _user_words(folder: str, user: str) -> list[UserWord]:
    if not user:
        return []
    lexicon = load_lexicon(Path(folder) if folder else default_model(), Path(user))
    return [
        (term, _WORD_TAGS.get(entry.label, "nz"))
        for term, entry in lexicon.user_terms()
        if 1 < len(term) <= _LONGEST_WORD and entry.label != "never"
    ]
