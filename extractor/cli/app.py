"""The commands and their options; what they do is imported when they run, so that help comes at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import typer
from typer.exceptions import TyperException

from extractor.cli.help import Command, Group
from extractor.cli.language import say
from extractor.cli.streams import prepare_streams
from extractor.errors import ExtractorError, InputError, OutputError, OutputExistsError

Format: TypeAlias = Literal["csv", "xlsx", "parquet", "jsonl", "sqlite", "sdmx-csv", "html"]

OK, INPUT_FAILED, WRONG_CALL, OUTPUT_FAILED, FAULTY_DATA, INTERRUPTED = 0, 1, 2, 3, 4, 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit status. Errors are one line on standard error."""
    prepare_streams()
    command = make_command()
    try:
        status = command.main(args=arguments, prog_name="extractor", standalone_mode=False)
    except TyperException as error:
        return _wrong_call(error)
    except typer.Abort:
        return _report(say("interrupted"), INTERRUPTED)
    except OutputExistsError as error:
        return _report(say("failure", problem=say("exists", place=error.place)), OUTPUT_FAILED)
    except ExtractorError as error:
        return _report(say("failure", problem=error), status_of(error))
    except OSError as error:
        problem = f"{error.filename or say('standard_output')}: {error.strerror or error}"
        return _report(say("failure", problem=problem), OUTPUT_FAILED)
    if status == INTERRUPTED:
        return _report(say("interrupted"), INTERRUPTED)
    return status or OK


def status_of(error: ExtractorError) -> int:
    """The exit status that an error leads to."""
    if isinstance(error, InputError):
        return INPUT_FAILED
    return OUTPUT_FAILED if isinstance(error, OutputError) else FAULTY_DATA


def make_command() -> Any:
    """The command tree."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(main)
    for function in (extract, explain, check, train):
        app.command(cls=Command)(function)
    return typer.main.get_command(app)


def _wrong_call(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    problem = " ".join(error.format_message().split())
    if problem:
        path = context.command_path if context else "extractor"
        _report(say("usage_hint", problem=problem, command=path), WRONG_CALL)
    return WRONG_CALL


def _report(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status


def _show_version(wanted: bool) -> None:
    if wanted:
        from extractor import __version__

        print(f"extractor {__version__}")
        raise typer.Exit


def main(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Turn Chinese articles into tables."""


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="PATH")] = None,
    format: Annotated[Format | None, typer.Option("--format", "-f")] = None,  # noqa: A002 - the option's name
    force: Annotated[bool, typer.Option("--force")] = False,
    headers: Annotated[Literal["en", "zh"], typer.Option("--headers")] = "en",
    all: Annotated[bool, typer.Option("--all")] = False,  # noqa: A002 - the option's name
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME")] = "",
    text_column: Annotated[str, typer.Option("--text-column", metavar="NAME")] = "",
    id_column: Annotated[str, typer.Option("--id-column", metavar="NAME")] = "",
    lexicon: Annotated[Path | None, typer.Option("--lexicon", metavar="FOLDER")] = None,
    model: Annotated[Path | None, typer.Option("--model", metavar="FOLDER")] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, metavar="N")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
) -> int:
    """Take the organisations, people, places, titles and figures out of articles."""
    from extractor.cli.extracting import Call, extract_paths
    from extractor.corpus.analysis import Settings
    from extractor.corpus.sources import Reading

    return extract_paths(
        Call(
            paths=tuple(paths),
            out=out,
            format=format or "",
            force=force,
            headers=headers,
            reading=Reading(encoding=encoding, text_column=text_column, id_column=id_column),
            settings=Settings(model=model, lexicon=lexicon, everything=all),
            workers=workers,
            quiet=quiet,
        )
    )


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
    lexicon: Annotated[Path | None, typer.Option("--lexicon", metavar="FOLDER")] = None,
) -> int:
    """Show for each number in a text what it was taken for, or why it was left out."""
    from extractor.cli.explaining import explain_text

    return explain_text(sys.stdin.read() if text == "-" else text, lexicon)


def check(folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)]) -> int:
    """Check a folder of dictionaries."""
    from extractor.cli.checking import check_folder

    return check_folder(folder)


def train(
    data: Annotated[list[Path], typer.Argument(metavar="DATA…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", show_default=False)],
    model: Annotated[Path | None, typer.Option("--model", metavar="FOLDER")] = None,
    epochs: Annotated[int, typer.Option("--epochs", min=1, metavar="N")] = 3,
) -> int:
    """Teach the tagger labelled texts of your own."""
    from extractor.cli.training import train_model

    return train_model(data, out, model, epochs)
