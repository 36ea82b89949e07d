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
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import LIKE_NUM, TAG
from spacy.lang.zh.lex_attrs import like_num
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components._word_tags import TagModel
from extractor.errors import ModelError
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.text.script import to_shadow

Segmenter = Callable[[str], list[tuple[str, str]]]
UserWord = tuple[str, str]
_FILE = "tokenizer.json"
_WORD_TAGS = {"PERSON": "nr", "ORG": "nt", "LOC": "ns"}
# Where the engines part: marks in Latin runs, characters beyond the range that jieba's model knows.
_BEYOND = r"[\u3400-\u4dbf\u9fd6-\u9fff\U00020000-\U0003ffff]"
_JOINED = re.compile(rf"[0-9A-Za-z%][+#&._\-]|[+#&._\-][0-9A-Za-z]|{_BEYOND}")
_RARE = re.compile(rf"({_BEYOND})")
_HAN = re.compile(r"[\u4e00-\u9fd5]+")
_NO_WORD = frozenset(("eng", "m", "x"))
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")  # the skip pattern of jieba's finalseg
_COUNTING = re.compile("[〇零一二三四五六七八九十廿卅卌皕百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟]")
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
        """A Doc of ``text`` (``doc.text == text``) with tags, the text itself and its shadow."""
        shadow = to_shadow(text)
        words, tags, spaces = _words(text, self._segment(shadow))
        doc = Doc(self.vocab, words=words, spaces=spaces)
        if tags:
            strings = self.vocab.strings
            keys = {tag: strings.add(tag) for tag in set(tags)}
            column: Any = np.array([keys[tag] for tag in tags], dtype=np.uint64)
            doc.from_array([TAG], column)  # half the time of Doc(tags=…)
        state.set_text(doc, text)
        state.set_shadow(doc, shadow)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000, n_process: int = -1) -> Iterator[Doc]:
        """The Docs of many texts, in their order."""
        yield from map(self, texts)

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
        parts: list[tuple[str, str]] = []
        for piece in pieces:
            if piece[1] in _NO_WORD:
                parts += _jieba_parts(*piece)
            else:
                parts.append(piece)
        return parts

    return segment


def _jieba_parts(word: str, tag: str) -> list[tuple[str, str]]:
    """What jieba makes of a piece of jieba-rs that no dictionary holds.

    jieba cuts Latin runs at every mark (SK, -, II) and keeps decimals whole, and takes each rare character
    by itself; jieba-rs keeps both together.  Words of the dictionary (AT&T) stay.
    """
    if _JOINED.search(word) is None:
        return [(word, tag)]
    parts = [part for run in _RARE.split(word) if run for part in _LATIN.split(run) if part]
    return [(part, _latin_tag(part)) for part in parts]


def _jieba(user_words: tuple[UserWord, ...]) -> Segmenter:
    """Jieba's own cut, with the tags of jieba-rs: of the dictionary, else guessed."""
    cutter = _jieba_tokenizer()
    cutter.initialize()
    tags, model = _dictionary_tags(cutter), _tag_model()
    for word, tag in user_words:
        cutter.add_word(word, tag=tag)
        tags[word] = tag

    def segment(shadow: str) -> list[tuple[str, str]]:
        return [(word, tags.get(word) or _guessed(word, model)) for word in cutter.cut(shadow)]

    return segment


def _jieba_tokenizer() -> Any:
    """A tokenizer of jieba's that shares nothing; its log and its warnings at import are kept quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()


def _tag_model() -> TagModel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import posseg
    return TagModel(posseg.char_state_tab_P, posseg.start_P, posseg.trans_P, posseg.emit_P)


def _guessed(word: str, model: TagModel) -> str:
    return model.tag(word) if _HAN.fullmatch(word) else _latin_tag(word)


def _dictionary_tags(cutter: Any) -> dict[str, str]:
    with cutter.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in rows if len(row) > 2}


def word_frequencies() -> dict[str, int]:
    """How often jieba's dictionary counted each of its words."""
    with _jieba_tokenizer().get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: int(row[1]) for row in rows if len(row) > 1}


def _latin_tag(word: str) -> str:
    plain = [char for char in word if char.isascii() and char.isalnum()]
    if not plain:
        return "x"
    return "m" if all(char.isdigit() for char in plain) else "eng"


def is_like_number(word: str) -> bool:
    """What ``like_num`` of spaCy says; that takes most of the time of a new word, so few words are asked."""
    if word.isalpha() and _COUNTING.search(word) is None:
        return False
    return bool(like_num(word))  # type: ignore[no-untyped-call]


@registry.tokenizers("extractor.jieba")  # type: ignore[untyped-decorator]
def create_tokenizer(engine: str = "rjieba", folder: str = "", user: str = "") -> Callable[[Language], Any]:
    """A factory of tokenizers for spaCy; the user's dictionary terms become words of the segmenter."""

    def create(nlp: Language) -> JiebaTokenizer:
        vocab: Any = nlp.vocab
        vocab.lex_attr_getters[LIKE_NUM] = is_like_number
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
