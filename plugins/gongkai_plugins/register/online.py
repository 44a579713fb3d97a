"""What is really public, as somebody exported it: a list, or a folder of the files (REG-05)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.documents.fingerprint import fingerprint_alone
from gongkai.documents.read import read_bytes
from gongkai.errors import UnreadableDocument
from gongkai.model.bundle import Member, Role
from gongkai.secrecy import secrecy_marks
from gongkai_plugins.register.codes import Channel, channel_of
from gongkai_plugins.register.sheet import moment_of, pages_of

LARGEST = 64 << 20
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "网址", "链接", "地址"),
    "title": ("title", "标题", "名称", "文件名称"),
    "date": ("date", "日期", "公开时间", "发布时间", "发布日期"),
    "channel": ("channel", "渠道", "公开渠道", "公开形式"),
    "sha256": ("sha256", "摘要值", "文件摘要值"),
}
"""How the columns of a list may be called; one of the first two has to be there."""

_DIGEST = re.compile(r"[0-9a-f]{64}|f1:[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is public; ``line`` is where it stands in the list or folder.

    ``digests`` are SHA-256 of the file and the fingerprint of its text. ``marked``: the file
    bears a secrecy mark.
    """

    line: int
    title: str = ""
    url: str = ""
    date: str = ""
    channel: Channel | None = None
    digests: frozenset[str] = frozenset()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Online:
    """Everything that was exported, and the digest that says what it was."""

    items: tuple[Item, ...]
    sha256: str


def read_online(source: Path) -> Online:
    """The exported list (CSV, XLSX) or folder.

    Raises ``UnreadableDocument`` when it is neither, or has no column to go by.
    """
    if source.is_dir():
        return _of_folder(source)
    try:
        data = source.read_bytes()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise UnreadableDocument(
            "gongkai_plugins.register:file_unread", file=source.name, problem=problem
        ) from error
    rows = _sheet_rows(data, source.name) if data[:2] == b"PK" else _csv_rows(data, source.name)
    return Online(tuple(_items(rows, source.name)), hashlib.sha256(data).hexdigest())


def _of_folder(folder: Path) -> Online:
    items, whole = [], hashlib.sha256()
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    for number, file in enumerate(files, 1):
        try:
            data = file.read_bytes()
        except OSError as error:
            problem = error.strerror or type(error).__name__
            raise UnreadableDocument(
                "gongkai_plugins.register:file_unread", file=file.name, problem=problem
            ) from error
        digest = hashlib.sha256(data).hexdigest()
        whole.update(f"{digest}\n".encode())
        digests, marked = {digest}, False
        if len(data) <= LARGEST:
            content = read_bytes(data, file.name)
            marked = bool(secrecy_marks(content))
            if content.readable and not marked:
                digests.add(fingerprint_alone(Member(file.name, Role.MAIN, content)))
        title = "" if marked else file.stem
        items.append(Item(number, title, digests=frozenset(digests), marked=marked))
    return Online(tuple(items), whole.hexdigest())


def _csv_rows(data: bytes, name: str) -> Sequence[Sequence[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error:
            break
    raise UnreadableDocument("gongkai_plugins.register:no_list", file=name)


def _sheet_rows(data: bytes, name: str) -> Sequence[Sequence[str]]:
    page = pages_of(data, name, "gongkai_plugins.register:no_list")[0]
    return [
        ["" if value is None else str(value) for value in row]
        for row in page.iter_rows(values_only=True)
    ]


def _items(rows: Sequence[Sequence[str]], name: str) -> Iterator[Item]:
    columns = _columns(rows[0]) if rows else {}
    if not columns.keys() & {"url", "title"}:
        raise UnreadableDocument("gongkai_plugins.register:no_list", file=name)
    for number, row in enumerate(rows[1:], 2):
        said = {n: row[at].strip() for n, at in columns.items() if at < len(row)}
        if not said.get("url") and not said.get("title"):
            continue
        digest = said.get("sha256", "").lower()
        yield Item(
            number,
            said.get("title", ""),
            said.get("url", ""),
            moment_of(said.get("date", ""))[:10],
            channel_of(said.get("channel", "")),
            frozenset({digest}) if _DIGEST.fullmatch(digest) else frozenset(),
        )


def _columns(headings: Sequence[str]) -> dict[str, int]:
    plain = [heading.strip().lower() for heading in headings]
    found = {}
    for name, words in HEADINGS.items():
        at = next((plain.index(word) for word in words if word in plain), None)
        if at is not None:
            found[name] = at
    return found
