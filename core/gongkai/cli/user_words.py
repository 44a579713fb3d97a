"""What is typed about people: a role in either language, a day, a password that is not shown."""

from __future__ import annotations

import datetime
import sys
from typing import Any

import click

from gongkai.cli.session import Session
from gongkai.cli.source import a_date
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.messages import LANGUAGES, say, speaking

LONGEST_LINE = 4096
"""Bytes of a password's line."""


class RoleName(click.ParamType[Role]):
    """A role by its code, or as the office calls it."""

    name = "role"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Role:
        found = next((role for role in Role if value in {str(role), *_names(role)}), None)
        if found is None:
            choices = say("cli.and").join(f"{role} {role_words(role)}" for role in Role)
            self.fail(say("cli.one_of", text=value, choices=choices), param, ctx)
        return found


class Day(click.ParamType[datetime.date]):
    """A day, as 2026-03-05 or 2026年3月5日."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(a_date(str(value)))
        except (click.BadParameter, ValueError):
            self.fail(say("cli.no_date", text=value), param, ctx)


def role_words(role: Role) -> str:
    """What a role is called."""
    return say(f"people.role_{role}")


def unit_words(unit: str) -> str:
    """For whom a role is held."""
    return unit or say("people.whole_office")


def period_words(first: datetime.date, last: datetime.date | None) -> str:
    """From when to when."""
    if last is None:
        return say("people.period_open", first=first)
    return say("people.period", first=first, last=last)


def asked_password(session: Session, name: str, *, from_stdin: bool) -> str:
    """A new password from standard input, else typed twice on a terminal; never an argument.

    Other users of the machine see the arguments of every command.
    """
    if from_stdin:
        return _line()
    if not session.interactive:
        raise click.UsageError(say("cli.missing_parameter", name="--password-stdin"))
    given: str = click.prompt(say("people.ask_password", name=name), hide_input=True, err=True)
    if click.prompt(say("people.ask_again"), hide_input=True, err=True) != given:
        raise ActionRefused("password_twice")
    return given


def _line() -> str:
    line = sys.stdin.buffer.readline(LONGEST_LINE)
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.BadParameter(say("people.not_utf8"), param_hint="--password-stdin") from None


def _names(role: Role) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found.add(role_words(role))
    return found
