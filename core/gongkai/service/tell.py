"""Telling: the slip beside a document, quiet and gone when cured; an answer for the OA (A10)."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from contextlib import suppress
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from gongkai.messages import speaking
from gongkai.model.attribute import Outcome
from gongkai.printable import printable
from gongkai.report import verdict_object
from gongkai.service.settle import Settler, Told
from gongkai.service.slip import slip_html
from gongkai.settings import Folder, Layout, SlipMode, Visibility
from gongkai.store import tables
from gongkai.watch.changes import Change
from gongkai.watch.grouping import place
from gongkai.watch.names import FORM_NAME

ANSWER_NAME = "核对结果.json"
SLIP_PREFIX = "公开属性自查提示"
RETURN_PREFIX = "退回重新办理通知单"
QUIET = frozenset({Outcome.CLEAN, Outcome.OUT_OF_SCOPE})
TITLE_CHARACTERS = 12
TITLE_IN_SHARED_FOLDER = 60


class Teller:
    """Tells of every answer in the bundle's folder, and remembers where that could not be done."""

    def __init__(self, settler: Settler) -> None:
        self._settler = settler
        self._unwritten: dict[int, str] = {}

    def tell(self, told: Told) -> None:
        """Write, replace or remove the slip of a bundle, and the answer to an issue form.

        A folder that cannot be written to is no failure: ``gongkai status`` says so. Of a
        stopped paper nothing is said in its folder, and what was said before goes (A6).
        """
        problem = ""
        try:
            with speaking(self._settler.office.settings.language):
                wrote = _tell(told, self._settler)
        except OSError as error:
            wrote, problem = True, _kind(error)
        root = told.change.root_id
        if wrote and self._unwritten.get(root) != problem:
            self._unwritten[root] = problem
            with self._settler.database.write() as connection:
                note_unwritten(connection, root, problem)


def note_unwritten(connection: Connection, root: int, problem: str) -> None:
    """Keep why slips of a root could not be written last; "" when they could."""
    key = f"slips/{root}"
    connection.execute(delete(tables.meta).where(tables.meta.c.key == key))
    if problem:
        connection.execute(insert(tables.meta).values(key=key, value=problem))


def unwritten(connection: Connection) -> dict[str, str]:
    """Folders, by code, whose slips could not be written: why, as in ``watch.slip_<value>``."""
    kept = connection.execute(
        select(tables.meta.c.key, tables.meta.c.value).where(tables.meta.c.key.startswith("slips/"))
    )
    why = {int(row.key.removeprefix("slips/")): row.value for row in kept}
    codes = connection.execute(
        select(tables.root.c.id, tables.root.c.code).where(tables.root.c.id.in_(why))
    )
    return {row.code: why[row.id] for row in codes}


def _kind(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "readonly"
    return "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "failed"


def _tell(told: Told, settler: Settler) -> bool:
    """Whether anything had to be written."""
    wanted = _wanted_slip(told, settler)
    for old in _slips(told):
        if wanted is None or old.name != wanted[0]:
            old.unlink(missing_ok=True)
    if wanted is not None and told.change.directory.is_dir():
        _write(told.change.directory / wanted[0], wanted[1])
    return _answer(told, settler) or wanted is not None


def _wanted_slip(told: Told, settler: Settler) -> tuple[str, bytes] | None:
    examined, verdict = told.examined, told.verdict
    if examined is None or verdict is None or not _slip_due(told.change.folder, verdict.outcome):
        return None
    returned = verdict.outcome is Outcome.RETURNED
    prefix = RETURN_PREFIX if returned else SLIP_PREFIX
    html = slip_html(examined, verdict, settler.voice(examined), returned=returned)
    return f"{prefix}（{_short_title(told)}）.html", _utf8(html)


def _slip_due(folder: Folder, outcome: Outcome) -> bool:
    if folder.slip_mode is SlipMode.ALWAYS:
        return True
    return folder.slip_mode is SlipMode.PROBLEMS and outcome not in QUIET


def _short_title(told: Told) -> str:
    """The stem of the main file, short where it is alone in its folder.

    In a shared folder the whole stem tells two papers apart that begin alike.
    """
    stem = told.change.files[0].path.stem
    if told.examined is not None:
        stem = Path(told.examined.files[0].path).stem
    return _title(stem, told.change)


def _title(stem: str, change: Change) -> str:
    shown = _utf8(stem).decode("utf-8")
    shared = change.folder.layout is Layout.FLAT or change.directory == change.root
    return shown[: TITLE_IN_SHARED_FOLDER if shared else TITLE_CHARACTERS]


def _slips(told: Told) -> list[Path]:
    """Slips written for this bundle before; in a shared folder only those of its own names."""
    change = told.change
    if told.cases and place(change.files[0].inner, change.folder.layout).whole:
        # Of a stopped paper nothing is left, whatever its main file was called before.
        slips = [change.directory.glob(f"{p}（*）.html") for p in (SLIP_PREFIX, RETURN_PREFIX)]
        return [*chain(*slips), change.directory / ANSWER_NAME]
    stems = [path.stem for path in (*change.gone, *(file.path for file in change.files))]
    names = {_title(stem, change) for stem in stems}
    if change.files:
        names.add(_short_title(told))
    return [
        change.directory / f"{prefix}（{name}）.html"
        for prefix in (SLIP_PREFIX, RETURN_PREFIX)
        for name in sorted(names)
    ]


def _answer(told: Told, settler: Settler) -> bool:
    """核对结果.json where an issue form was handed in (A2); nothing for named folders.

    Whether there was an answer to write.
    """
    change, examined, verdict = told.change, told.examined, told.verdict
    path = change.directory / ANSWER_NAME
    asked = any(file.path.name.endswith(FORM_NAME) for file in change.files)
    if not asked or examined is None or verdict is None:
        if asked:
            path.unlink(missing_ok=True)
        return False
    if change.folder.visibility is Visibility.NAMED:
        return False
    answer = verdict_object(examined, verdict, settler.voice(examined), reveal=False)
    _write(path, _utf8(json.dumps(answer, ensure_ascii=False, indent=2)))
    return True


def _utf8(text: str) -> bytes:
    """A text as UTF-8, whatever bytes the names in it are made of."""
    return printable(text).encode("utf-8")


def _write(path: Path, data: bytes) -> None:
    """Replace a file's content in one step; the same content is not written again."""
    with suppress(FileNotFoundError):
        if path.read_bytes() == data:
            return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gongkai-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
