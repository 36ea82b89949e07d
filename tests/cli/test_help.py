from __future__ import annotations

import subprocess
import sys

import pytest

from extractor.cli.app import make_command, run
from extractor.cli.help import help_texts
from extractor.cli.language import counted, find_language, read_messages, say


@pytest.fixture(params=["en", "zh"])
def language(request, monkeypatch):
    speak(monkeypatch, "zh_CN.UTF-8" if request.param == "zh" else "en_GB.UTF-8")
    return request.param


def speak(monkeypatch, locale):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_HK.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides_the_language(environment, language):
    assert find_language(environment) == language


def test_without_variables_the_system_is_asked(monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert find_language({}) == "zh"


def test_both_languages_say_the_same_things():
    english, chinese = (flat(read_messages(language)) for language in ("en", "zh"))
    assert len(english) > 50
    assert list(english) == list(chinese)
    for key, text in english.items():
        assert fields(text) == fields(chinese[key]), key


def flat(messages, prefix=""):
    found = {}
    for key, value in messages.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return found


def fields(text):
    from string import Formatter

    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_every_command_and_option_has_a_text(language):
    command = make_command()
    assert list(command.commands) == ["extract", "explain", "check", "train"]
    texts = help_texts(language)
    for name, below in command.commands.items():
        named = {parameter.name for parameter in below.params}
        assert named
        assert not named - texts[name].keys(), name


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["extract", "--help"], ["explain", "--help"], ["check", "-h"]]
)
def test_help_is_in_the_users_language_and_cuts_nothing(arguments, language, capsys):
    assert run(arguments) == 0
    out = capsys.readouterr().out
    texts = help_texts(language)
    own = texts[arguments[0] if len(arguments) == 2 else "main"]
    assert out.startswith(texts["usage"])
    assert "…" not in out.replace("PATH…", "").replace("COMMAND …", "").replace("utf-8 …", "")
    assert squeeze(own["about"]) in squeeze(out)
    assert squeeze(own["epilog"]) in squeeze(out)


def squeeze(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["extract"], "Missing argument"),
        (["extract", "a.txt", "--nix"], "No such option: --nix"),
        (["extract", "a.txt", "--format", "doc"], "'doc' is not one of"),
        (["nix"], "No such command 'nix'"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(arguments, problem, capsys):
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert problem in captured.err


def test_version(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("extractor 0.")


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom extractor.cli.app import run\nrun(['extract', '--help'])\n"
        "heavy = {'spacy', 'pandas', 'numpy', 'trafilatura', 'pyarrow'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_messages_are_filled_in(monkeypatch):
    speak(monkeypatch, "en_GB.UTF-8")
    assert say("failed", failed=2, documents=5) == "2 of 5 inputs failed"
    assert [counted("documents", n) for n in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
