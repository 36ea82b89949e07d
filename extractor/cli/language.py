"""The words of the command line, in English or Chinese, from ``messages.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Messages = Mapping[str, Any]


def find_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language to speak: "zh" when the user's locale is a Chinese one, else "en".

    LANGUAGE comes before LC_ALL, LC_MESSAGES and LANG, as for gettext; without any of them the system is
    asked (Windows, macOS).
    """
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, names), "")
    wanted = environment.get("LANGUAGE", "").split(":")[0]
    if wanted and name not in ("C", "POSIX"):
        name = wanted
    return "zh" if (name or _system_locale()).lower().startswith(("zh", "chinese")) else "en"


@cache
def read_messages(language: str) -> Messages:
    """The messages of one language ("en" or "zh"), by section."""
    text = files("extractor.cli").joinpath("messages.toml").read_text(encoding="utf-8")
    messages: Messages = tomllib.loads(text)[language]
    return messages


def say(message: str, /, **values: object) -> str:
    """The message of that name, in the user's language, with its ``{values}`` filled in."""
    text: str = read_messages(find_language())["text"][message]
    return text.format(**values)


def counted(what: str, n: int) -> str:
    """How many of what: "1 document", "2 documents"."""
    text: str = read_messages(find_language())["count"][what]["one" if n == 1 else "more"]
    return text.format(n=n)


def skipped_kind(kind: str) -> str:
    """A kind of ``Listing.skipped`` in words; a suffix is its own."""
    words: Mapping[str, str] = read_messages(find_language())["skipped"]
    return words.get(kind.replace(" ", "_"), kind)


def _system_locale() -> str:
    import locale

    return locale.getlocale()[0] or ""
