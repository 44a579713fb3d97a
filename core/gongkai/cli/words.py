"""click in the office's language: help texts and usage errors come from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from gongkai.errors import GongkaiError, PluginError
from gongkai.messages import has, say

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)


OWN = "cli."
"""The catalogue of gongkai's own commands, as keys begin."""


class Option(click.Option):
    """An option with help from the catalogue: its command's own words, else ``option_<name>``.

    A plugin's command looks into the plugin's catalogue first.
    """

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        key = next(filter(has, self._keys(ctx)), None)
        return (record[0], say(key)) if record and key else record

    def _keys(self, ctx: click.Context) -> Iterator[str]:
        for catalogue in dict.fromkeys((getattr(ctx.command, "catalogue", OWN), OWN)):
            yield f"{catalogue}{ctx.info_name}_option_{self.name}"
            yield f"{catalogue}option_{self.name}"


class Command(click.Command):
    """A command whose help is the message ``help_<name>``; the first line is its summary.

    ``catalogue`` is where its messages are, as keys begin: "cli.", or "package:" of a plugin.
    """

    def __init__(self, *args: Any, catalogue: str = OWN, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.catalogue = catalogue

    def get_short_help_str(self, limit: int = 45) -> str:
        return say(f"{self.catalogue}help_{self.name}").partition("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.indentation():
            formatter.write_paragraph()
            for line in say(f"{self.catalogue}help_{_full_name(ctx)}").splitlines():
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
    """Commands under one name, e.g. ``gongkai profile``; plugins add to it by name.

    Its own commands come first: no plugin can take the place of one.
    """

    command_class = Command

    def guests(self, ctx: click.Context) -> Mapping[str, tuple[str, str]]:
        """Commands plugins add here: import path and summary by name.

        A plugin's command "register list" stands in the group ``register`` as ``list``.
        """
        return mounted(_offered(ctx), _words(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        try:
            added = {name for name in self.guests(ctx) if name not in own}
        except GongkaiError:
            # Help is there to be read, above all when the settings are wrong.
            added = set()
        return [*own, *sorted(added)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        guest = None if own else self.guests(ctx).get(cmd_name)
        return _guest_command(cmd_name, guest[0]) if guest else own

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["", say("cli.usage_command")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.summary(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(say("cli.commands")):
            formatter.write_dl(rows)

    def summary(self, ctx: click.Context, name: str) -> str:
        """One line about a command."""
        if click.Group.get_command(self, ctx, name) is None:
            return self.guests(ctx)[name][1]
        return say(f"{self.catalogue}help_{_full_name(ctx)}_{name}").partition("\n")[0]


class LazyGroup(Group):
    """Commands by import path; ``--help`` imports none of them."""

    def __init__(self, *args: Any, paths: Mapping[str, str], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.paths = paths

    def list_commands(self, ctx: click.Context) -> list[str]:
        added = (name for name in super().list_commands(ctx) if name not in self.paths)
        return [*self.paths, *added]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.paths:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.paths[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def summary(self, ctx: click.Context, name: str) -> str:
        if name in self.paths:
            return say(f"{OWN}help_{name}").partition("\n")[0]
        return super().summary(ctx, name)


def mounted(offered: Mapping[str, tuple[str, str]], group: str) -> Mapping[str, tuple[str, str]]:
    """Of all commands plugins offer those that stand in a group, "" being ``gongkai`` itself."""
    split = {tuple(name.rpartition(" ")[::2]): what for name, what in offered.items()}
    return {name: what for (where, name), what in split.items() if where == group}


def _offered(ctx: click.Context) -> Mapping[str, tuple[str, str]]:
    """What plugins offer, asked of whoever runs the command line."""
    asked = getattr(ctx.find_root().obj, "plugin_commands", None)
    found: Mapping[str, tuple[str, str]] = asked() if asked else {}
    return found


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
    return _words(ctx).replace(" ", "_") or "gongkai"


def _words(ctx: click.Context) -> str:
    """A command as it is typed after ``gongkai``."""
    names = []
    step: click.Context | None = ctx
    while step is not None and step.parent is not None:
        names.append(step.info_name or "")
        step = step.parent
    return " ".join(reversed(names))
