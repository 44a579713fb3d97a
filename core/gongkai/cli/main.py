"""``gongkai``: the commands by name and import path, errors as exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from gongkai import __version__
from gongkai.cli.session import Session
from gongkai.cli.words import LazyGroup, option, usage_words
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
    "register": "gongkai.cli.register:register",
    "profile": "gongkai.cli.profile:profile",
    "plugins": "gongkai.cli.plugins:plugins",
}


@click.group(name="gongkai", cls=LazyGroup, paths=dict(COMMANDS))
@option("--office", type=click.Path(path_type=Path, file_okay=False))
@option("--lang", type=click.Choice(tuple(LANGUAGES)))
@click.version_option(__version__, prog_name="gongkai", message="%(prog)s %(version)s")
@click.pass_context
def gongkai(context: click.Context, office: Path | None, lang: str | None) -> None:
    """Set up what every command shares."""
    session = Session(office)
    if lang is None and (found := session.office_or_none()) is not None:
        speak(found.settings.language)
    context.obj = session


def main() -> int:
    """Run the command line and return the exit code (design 5)."""
    arguments = sys.argv[1:]
    speak(_language(arguments))
    try:
        result = gongkai.main(args=arguments, prog_name="gongkai", standalone_mode=False)
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
    except BrokenPipeError:
        # The reader of our output has gone, e.g. ``| head``: nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _language(arguments: list[str]) -> str:
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return "zh"


def _complain(text: str) -> None:
    click.echo(text, err=True)
