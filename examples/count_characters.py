"""Add a command: gongkai count FILE."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import hookimpl
from gongkai.hookspecs import Command


@hookimpl
def commands() -> list[Command]:
    """Name the command, without importing what it needs."""
    return [Command("count", f"{__name__}:count", "统计文件中读到的字数")]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def count(file: Path) -> None:
    """统计文件中读到的字数。"""
    # Imported here: naming the command must not load the readers.
    from gongkai.documents.read import read_file

    content = read_file(file)
    click.echo(sum(len(block.text) for block in content.printed))
