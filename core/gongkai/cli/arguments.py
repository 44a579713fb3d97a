"""What may stand on the command line, refused in the catalogue's words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from gongkai.messages import say
from gongkai.model.attribute import Stage


class Choice(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            words = say("cli.and").join(self.choices)
            self.fail(say("cli.one_of", text=value, choices=words), param, ctx)
        return str(value)


class PathArgument(click.ParamType[Path]):
    """A path of any kind, whatever bytes its name is made of."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(value))
        if problem := self.problem(path):
            self.fail(say(f"cli.{problem}", path=shown(path)), param, ctx)
        return path

    def problem(self, path: Path) -> str:
        """The message that says what is wrong with a path; "" for nothing."""
        return ""


class ExistingPath(PathArgument):
    """A path that leads somewhere."""

    def problem(self, path: Path) -> str:
        return "" if _there(path) else "no_such_path"


class ExistingFile(ExistingPath):
    """A path that leads to anything but a folder."""

    name = "file"

    def problem(self, path: Path) -> str:
        return super().problem(path) or ("is_folder" if path.is_dir() else "")


class FolderPath(PathArgument):
    """A folder, there already or not."""

    name = "dir"

    def problem(self, path: Path) -> str:
        return "no_folder" if _there(path) and not path.is_dir() else ""


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # In a folder that cannot be searched: reading it will say so.
        return True


def shown(path: Path) -> str:
    """A path as it can be printed; undecodable bytes become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


STAGE = Choice([str(stage) for stage in Stage])
