"""Help in the user's language: texts from ``messages.toml`` laid over the commands.

Typer's own help cuts Chinese off at the edge of its boxes; this one folds it.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from extractor.cli.language import find_language, read_messages

_WIDEST = 100  # columns; longer lines are hard to read


class Command(TyperCommand):
    """A command with help in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        _print_help(self, ctx)


class Group(TyperGroup):
    """The command that holds the others, with help in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        _print_help(self, ctx)


def help_texts(language: str) -> Any:
    """The texts of the help in ``language``: a section a command, a key an option."""
    return read_messages(language)["help"]


def _print_help(command: Any, ctx: Any) -> None:
    texts = help_texts(find_language())
    own = texts[command.name if ctx.parent else "main"]
    console = Console(highlight=False)
    console.width = min(console.width, _WIDEST)
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    console.print(Text(texts["usage"] + _usage(command, ctx, arguments)))
    console.print()
    console.print(Text(own["about"]))
    _print_part(console, texts["arguments"], [(p.metavar, own[p.name]) for p in arguments])
    rows = [(_spelling(p), own[p.name]) for p in options]
    _print_part(console, texts["options"], [*rows, (", ".join(ctx.help_option_names), texts["help"])])
    below = getattr(command, "commands", {})
    _print_part(console, texts["commands"], [(name, texts[name]["about"]) for name in below])
    console.print()
    console.print(Text(own["epilog"].strip()))


def _usage(command: Any, ctx: Any, arguments: list[Any]) -> str:
    below = ["COMMAND …"] if hasattr(command, "commands") else []
    return " ".join([ctx.command_path, "[OPTIONS]", *(p.metavar for p in arguments), *below])


def _spelling(option: Any) -> str:
    """An option as it is typed: -f, --format csv|xlsx."""
    names = ", ".join(sorted(option.opts, key=len))
    descriptor = option.type_descriptor
    if option.is_flag or not (option.metavar or descriptor.is_choice):
        return names
    return f"{names} {option.metavar or '|'.join(map(str, descriptor.choices))}"


def _print_part(console: Console, title: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold", max_width=30)
    table.add_column(overflow="fold")
    for left, right in rows:
        table.add_row(Text(left), Text(right))
    console.print()
    console.print(Text(title, style="bold"))
    console.print(Padding(table, (0, 0, 0, 2)))
