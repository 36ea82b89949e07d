"""What ``extractor check`` shows: every problem of a folder of dictionaries, one a line."""

from __future__ import annotations

from pathlib import Path

from extractor.cli.language import counted, say
from extractor.components.tokenizer import word_frequencies
from extractor.lexicon.check import check_lexicon
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model


def check_folder(folder: Path) -> int:
    """Print the problems of the dictionaries in ``folder``.

    Returns the exit status: 4 when one of them keeps the dictionaries from being loaded, else 0.
    """
    problems = check_lexicon(folder, load_lexicon(default_model()), word_frequencies())
    for problem in problems:
        print(f"{say(problem.severity)}: {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    told = counted("errors", errors)
    print(
        say("check_bad", folder=folder, problems=counted("problems", len(problems)), errors=told)
        if problems
        else say("check_good", folder=folder)
    )
    return 4 if errors else 0
