"""``gongkai``: the commands by name and import path, errors as exit codes."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

import click

from gongkai import __version__
from gongkai.cli.arguments import Choice, FolderPath
from gongkai.cli.session import Session
from gongkai.cli.words import LazyGroup, Option, mounted, option, usage_words
from gongkai.errors import GongkaiError
from gongkai.messages import LANGUAGES, say, speak

USAGE = 2
INTERNAL = 70

COMMANDS = {
    "demo": "gongkai.cli.demo:demo",
    "init": "gongkai.cli.init:init",
    "check": "gongkai.cli.check:check",
    "explain": "gongkai.cli.check:explain",
    "text": "gongkai.cli.text:text",
    "stamp": "gongkai.cli.stamp:stamp",
    "submit": "gongkai.cli.submit:submit",
    "source": "gongkai.cli.source:source",
    "watch": "gongkai.cli.watch:watch",
    "status": "gongkai.cli.status:status",
    "quarantine": "gongkai.cli.quarantine:quarantine",
    "case": "gongkai.cli.case:case",
    "register": "gongkai.cli.register:register",
    "deadline": "gongkai.cli.deadline:deadline",
    "user": "gongkai.cli.user:user",
    "form": "gongkai.cli.form:form",
    "profile": "gongkai.cli.profile:profile",
    "plugins": "gongkai.cli.plugins:plugins",
}


class Commands(LazyGroup):
    """gongkai's own commands, and those of the office's plugins when they are asked for."""

    def guests(self, ctx: click.Context) -> Mapping[str, tuple[str, str]]:
        session = ctx.obj if isinstance(ctx.obj, Session) else Session(ctx.params.get("office"))
        return mounted(session.plugin_commands(), "")


@click.group(name="gongkai", cls=Commands, paths=COMMANDS)
@option("--office", type=FolderPath(), metavar="DIR", is_eager=True)
@option("--lang", type=Choice(tuple(LANGUAGES)))
@option("--debug", is_flag=True)
@click.version_option(__version__, prog_name="gongkai", message="%(prog)s %(version)s", cls=Option)
@click.pass_context
def gongkai(context: click.Context, office: Path | None, lang: str | None, debug: bool) -> None:
    """Set up what every command shares."""
    session = Session(office)
    if lang is None and (found := session.office_or_none()) is not None:
        speak(found.settings.language)
    context.obj = session


def main() -> int:
    """Run the command line and return the exit code (design 5)."""
    _print_anything()
    arguments = sys.argv[1:]
    speak(_language(arguments))
    try:
        return _run(arguments)
    except BrokenPipeError:
        # The reader of our output has gone, e.g. ``| head``: nothing more to say, and no
        # claim that all is clean. click ends the same way.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        # Of an unforeseen failure only the kind: its words may quote a document.
        _complain(say("cli.internal", kind=type(error).__name__))
        if "--debug" in arguments:
            traceback.print_exc()
        return INTERNAL


def _run(arguments: list[str]) -> int:
    try:
        result = gongkai.main(args=arguments, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _complain(error.format_message())
        return USAGE
    except click.UsageError as error:
        _complain(usage_words(error))
        if error.ctx is not None:
            _complain(say("cli.see_help", command=error.ctx.command_path))
        return USAGE
    except click.Abort:
        _complain(say("cli.aborted"))
        return USAGE
    except click.ClickException as error:
        _complain(error.format_message())
        return USAGE
    except GongkaiError as error:
        _complain(str(error))
        return error.exit_code
    return result if isinstance(result, int) else 0


def _print_anything() -> None:
    """A name the terminal cannot show is shown with a replacement, not as a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _language(arguments: list[str]) -> str:
    """The language asked for, wherever it stands: usage errors are said in it too."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return "zh"


def _complain(text: str) -> None:
    click.echo(text, err=True)
