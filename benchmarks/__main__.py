"""``python -m benchmarks [NAME…]``: one run, one table."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from benchmarks.lines import Line, Sizes, as_objects, as_table

BENCHMARKS = {
    "docx": "benchmarks.documents:docx",
    "pdf": "benchmarks.documents:pdf",
    "xlsx": "benchmarks.documents:xlsx",
    "identifiers": "benchmarks.numbers:numbers",
    "burst": "benchmarks.burst:burst",
    "start": "benchmarks.start:start",
    "chain": "benchmarks.chain:chain",
    "profile": "benchmarks.chain:profile",
}
"""Named as paths: measuring one thing imports nothing of another."""

PEERS = ("python-docx", "pypdfium2", "openpyxl", "presidio-analyzer", "spacy", "SQLAlchemy")


@click.command("benchmarks")
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option(
    "--size",
    multiple=True,
    metavar="NAME=NUMBER",
    help=f"How much is done: {', '.join(field.name for field in fields(Sizes))}.",
)
def main(names: Sequence[str], as_json: bool, size: Sequence[str]) -> None:
    """Measure gongkai beside its peers; without NAMES, everything."""
    sizes = replace(Sizes(), **dict(_size(given) for given in size))
    lines: list[Line] = []
    for name in names or BENCHMARKS:
        click.echo(f"{name} …", err=True)
        lines += measured(name, sizes)
    if as_json:
        result = {"machine": machine(), "lines": as_objects(lines)}
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        click.echo("; ".join(f"{key} {value}" for key, value in machine().items()))
        click.echo()
        click.echo(as_table(lines))


def measured(name: str, sizes: Sizes) -> Iterator[Line]:
    """The lines of one benchmark."""
    module, _, function = BENCHMARKS[name].partition(":")
    work: Callable[[Sizes], Iterator[Line]] = getattr(import_module(module), function)
    return work(sizes)


def machine() -> dict[str, str]:
    """What the numbers were measured on, and the versions of the peers."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    about = {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "python": platform.python_version(),
        "load": load,
    }
    for peer in PEERS:
        try:
            about[peer] = version(peer)
        except PackageNotFoundError:
            about[peer] = "missing"
    return about


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as stream:
            names = (line.partition(":")[2].strip() for line in stream if "model name" in line)
            return next(names, platform.machine())
    except OSError:
        return platform.machine()


def _size(given: str) -> tuple[str, int]:
    name, _, number = given.partition("=")
    if name not in {field.name for field in fields(Sizes)} or not number.isdecimal():
        raise click.BadParameter(given, param_hint="--size")
    return name, int(number)


if __name__ == "__main__":
    sys.exit(main())
