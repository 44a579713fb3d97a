"""click in the office's language: help texts and usage errors come from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import click

from gongkai.messages import has, say
from gongkai.model.attribute import Stage

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)

STAGE = click.Choice([str(stage) for stage in Stage])


class Option(click.Option):
    """An option whose help is the message ``cli.option_<name>`` unless the command has its own."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        name = self.name or ""
        own = f"cli.{ctx.info_name}_option_{name}"
        key = own if has(own) else f"cli.option_{name}"
        record = super().get_help_record(ctx)
        return (record[0], say(key)) if record and has(key) else record


class Command(click.Command):
    """A command whose help is the message ``cli.help_<name>``; the first line is its summary."""

    def get_short_help_str(self, limit: int = 45) -> str:
        return say(f"cli.help_{self.name}").partition("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.indentation():
            formatter.write_paragraph()
            for line in say(f"cli.help_{_full_name(ctx)}").splitlines():
                formatter.write_text(line)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [say("cli.usage_options"), *self.collect_usage_pieces(ctx)[1:]]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("cli.usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(say("cli.options")):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.option_help")
        return option


class Group(Command, click.Group):
    """Commands under one name, e.g. ``gongkai profile``."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["", say("cli.usage_command")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.summary(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(say("cli.commands")):
            formatter.write_dl(rows)

    def summary(self, ctx: click.Context, name: str) -> str:
        """One line about a command."""
        command = self.get_command(ctx, name)
        return say(f"cli.help_{self.name}_{name}").partition("\n")[0] if command else ""


class LazyGroup(Group):
    """Commands by import path; ``--help`` imports none of them."""

    def __init__(self, *args: Any, paths: dict[str, str], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.paths = paths
        self.summaries: dict[str, str] = {}

    def add_path(self, name: str, path: str, summary: str) -> None:
        """Add a plugin's command by import path."""
        self.paths.setdefault(name, path)
        self.summaries.setdefault(name, summary)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.paths)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        path = self.paths.get(cmd_name)
        if path is None:
            return None
        module, _, name = path.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def summary(self, ctx: click.Context, name: str) -> str:
        if name in self.summaries:
            return self.summaries[name]
        return say(f"cli.help_{name}").partition("\n")[0]


def option(*declarations: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """A click option with help from the catalogue."""
    return click.option(*declarations, cls=Option, **attributes)


def usage_words(error: click.UsageError) -> str:
    """A usage error said in the catalogue's words; click's own text where there are none."""
    match error:
        case click.NoSuchOption():
            return say("cli.no_such_option", option=error.option_name)
        case click.NoSuchCommand():
            return say("cli.no_such_command", problem=error.format_message())
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else error.param_hint
            return say("cli.missing_parameter", name=name)
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else error.param_hint
            return say("cli.bad_parameter", name=name, problem=error.message)
        case _:
            return error.format_message()


def _full_name(ctx: click.Context) -> str:
    names = []
    step: click.Context | None = ctx
    while step is not None and step.parent is not None:
        names.append(step.info_name or "")
        step = step.parent
    return "_".join(reversed(names)) or "gongkai"
