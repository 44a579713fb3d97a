"""One-file plugins: which bytes the office allowed, and whether nobody else can change them.

A plugin file is code that runs with the office's rights. It is loaded only when
``[plugins.allowed]`` names the sha256 of its exact bytes, and only from the bytes hashed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import ConfigurationError
from gongkai.settings import SETTINGS_FILE, Office

MAX_BYTES = 1_000_000
_TABLE = re.compile(r"^\s*\[\s*plugins\s*\.\s*allowed\s*\]\s*(#.*)?$")
_ANY_TABLE = re.compile(r"^\s*\[")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Untrusted(Exception):
    """A file gongkai does not load; ``why`` ends the key ``plugins.why_…``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Allowance:
    """What allows one file: ``line`` belongs under ``[plugins.allowed]`` in ``settings``."""

    name: str
    file: Path
    sha256: str
    line: str
    settings: Path


def digest(data: bytes) -> str:
    """sha256 of a plugin's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def trusted_bytes(office: Office, file: Path) -> bytes:
    """The bytes of a one-file plugin that only its owner or root can have changed.

    Raises ``Untrusted`` for a link, an oversized or unreadable file, and for a file, plugin
    folder, office folder or ``gongkai.toml`` that group or others may write to: whoever may
    write the settings may allow anything.
    """
    for path in (office.root, office.root / SETTINGS_FILE, office.plugin_folder):
        try:
            if _open_to_others(path.stat()):
                raise Untrusted("writable")
        except OSError as error:
            raise Untrusted("unreadable") from error
    return _own_bytes(file)


def _own_bytes(file: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Untrusted("link" if file.is_symlink() else "unreadable") from error
    with os.fdopen(descriptor, "rb") as stream:
        # Asked of the open file, so nobody can swap it between the question and the reading.
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise Untrusted("unreadable")
        if _open_to_others(facts):
            raise Untrusted("writable")
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Untrusted("too_large")
    return data


def _open_to_others(facts: os.stat_result) -> bool:
    if os.name != "posix":  # mode bits mean nothing there; the hash still holds
        return False
    foreign = facts.st_uid not in (0, os.geteuid())
    return foreign or bool(facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def allowance(office: Office, file: Path) -> Allowance:
    """What would allow ``file`` as it is now; nothing is written.

    Raises ``ConfigurationError`` when the file does not lie in the office's plugin folder,
    its name is no identifier, or others can change it.
    """
    if file.parent.resolve() != office.plugin_folder.resolve() or file.suffix != ".py":
        raise ConfigurationError(
            "plugin_elsewhere", file=str(file), folder=str(office.plugin_folder)
        )
    if not file.stem.isidentifier():
        raise ConfigurationError("plugin_name", file=str(file))
    try:
        data = trusted_bytes(office, file)
    except Untrusted as error:
        raise ConfigurationError(f"plugin_{error.why}", file=str(file)) from error
    key = file.stem if _BARE_KEY.fullmatch(file.stem) else json.dumps(file.stem)
    sha256 = digest(data)
    settings = (office.root / SETTINGS_FILE).resolve()
    return Allowance(file.stem, file, sha256, f'{key} = "{sha256}"', settings)


def allow(office: Office, file: Path) -> Allowance:
    """Allow ``file`` as it is now, by one line in ``gongkai.toml``; the rest stays as it was.

    Raises ``ConfigurationError`` as ``allowance`` does, and when the settings are laid out
    so that a line cannot be added safely; it then shows the line to add by hand.
    """
    granted = allowance(office, file)
    text = granted.settings.read_bytes().decode("utf-8")
    changed = _with_line(text, granted)
    try:
        wanted = tomllib.loads(text)
        wanted.setdefault("plugins", {}).setdefault("allowed", {})[granted.name] = granted.sha256
        safe = tomllib.loads(changed) == wanted
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        safe = False
    if not safe:
        raise ConfigurationError("allow_by_hand", file=str(granted.settings), line=granted.line)
    _replace(granted.settings, changed.encode("utf-8"))
    return granted


def _with_line(text: str, granted: Allowance) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if _TABLE.match(line.rstrip())), None)
    if start is None:
        gap = "" if not text or text.endswith("\n") else newline
        return f"{text}{gap}{newline}[plugins.allowed]{newline}{granted.line}{newline}"
    if not lines[start].endswith("\n"):
        lines[start] += newline
    for index in range(start + 1, len(lines)):
        if _ANY_TABLE.match(lines[index]):
            break
        key = lines[index].partition("=")[0].strip().strip("\"'")
        if key == granted.name:
            lines[index] = granted.line + newline
            return "".join(lines)
    lines.insert(start + 1, granted.line + newline)
    return "".join(lines)


def _replace(file: Path, data: bytes) -> None:
    facts = file.stat()
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(stat.S_IMODE(facts.st_mode))
        if os.name == "posix" and facts.st_uid != os.geteuid():
            os.chown(temporary, facts.st_uid, facts.st_gid)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
