"""click in the office's language: help texts and usage errors come from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from gongkai.errors import GongkaiError, PluginError
from gongkai.messages import has, say

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)


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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Not by click itself, which says it in English only.
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise click.UsageError(say("cli.too_much", words=" ".join(rest)), ctx)
        return rest

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
        return say(f"cli.help_{_full_name(ctx)}_{name}").partition("\n")[0] if command else ""


class LazyGroup(Group):
    """Commands by import path; ``--help`` imports none of them."""

    def __init__(self, *args: Any, paths: Mapping[str, str], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.paths = paths

    def guests(self, ctx: click.Context) -> dict[str, tuple[str, str]]:
        """Commands from elsewhere: import path and summary by name."""
        return {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        try:
            added = self.guests(ctx)
        except GongkaiError:
            # Help is there to be read, above all when the settings are wrong.
            added = {}
        return [*self.paths, *sorted(added.keys() - self.paths.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.paths:
            module, _, name = self.paths[cmd_name].partition(":")
            command = getattr(import_module(module), name)
            assert isinstance(command, click.Command)
            return command
        guest = self.guests(ctx).get(cmd_name)
        return _guest_command(cmd_name, guest[0]) if guest else None

    def summary(self, ctx: click.Context, name: str) -> str:
        if name in self.paths:
            return say(f"cli.help_{name}").partition("\n")[0]
        return self.guests(ctx)[name][1]


def _guest_command(name: str, path: str) -> click.Command:
    module, _, attribute = path.partition(":")
    try:
        command = getattr(import_module(module), attribute)
    except Exception as error:
        problem = f"{path}: {type(error).__name__}"
        raise PluginError("plugin_command", command=name, problem=problem) from error
    if not isinstance(command, click.Command):
        raise PluginError("plugin_command", command=name, problem=path)
    return command


def option(*declarations: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """A click option with help from the catalogue."""
    return click.option(*declarations, cls=Option, **attributes)


def usage_words(error: click.UsageError) -> str:
    """A usage error said in the catalogue's words."""
    match error:
        case click.NoSuchOption():
            words = say("cli.no_such_option", option=error.option_name)
            return words + _nearest(error.possibilities)
        case click.NoSuchCommand():
            words = say("cli.no_such_command", command=error.command_name)
            return words + _nearest(error.possibilities)
        case click.MissingParameter():
            return say("cli.missing_parameter", name=_name(error))
        case click.BadParameter():
            return say("cli.bad_parameter", name=_name(error), problem=error.message)
        case click.BadOptionUsage():
            return say("cli.option_needs_value", option=error.option_name)
        case _:
            return error.format_message()


def _name(error: click.BadParameter) -> str:
    """How the parameter is written: the option's longest name, or the argument in capitals."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    if error.param is not None:
        return error.param.human_readable_name
    return str(error.param_hint or "")


def _nearest(names: list[str] | None) -> str:
    return say("cli.perhaps", name=names[0]) if names else ""


def _full_name(ctx: click.Context) -> str:
    names = []
    step: click.Context | None = ctx
    while step is not None and step.parent is not None:
        names.append(step.info_name or "")
        step = step.parent
    return "_".join(reversed(names)) or "gongkai"
