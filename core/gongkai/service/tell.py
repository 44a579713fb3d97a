"""Telling: the slip beside a document, quiet and gone when cured; an answer for the OA (A10)."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from gongkai.messages import speaking
from gongkai.model.attribute import Outcome
from gongkai.report import verdict_object
from gongkai.service.settle import Settler, Told
from gongkai.service.slip import slip_html
from gongkai.settings import Folder, SlipMode, Visibility
from gongkai.watch.names import FORM_NAME

ANSWER_NAME = "核对结果.json"
SLIP_PREFIX = "公开属性自查提示"
RETURN_PREFIX = "退回重新办理通知单"
QUIET = frozenset({Outcome.CLEAN, Outcome.OUT_OF_SCOPE})
TITLE_CHARACTERS = 12


def tell(told: Told, settler: Settler) -> None:
    """Write, replace or remove the slip of a bundle, and the answer to an issue form.

    A folder that cannot be written to is no failure: ``gongkai status`` shows the verdict.
    Of a stopped paper nothing is said in its folder, and what was said before goes (A6).
    """
    change = told.change
    with suppress(OSError), speaking(settler.office.settings.language):
        wanted = _wanted_slip(told, settler)
        for old in _slips(change.directory, told):
            if wanted is None or old.name != wanted[0]:
                old.unlink(missing_ok=True)
        if wanted is not None:
            _write(change.directory / wanted[0], wanted[1])
        _answer(told, settler)


def _wanted_slip(told: Told, settler: Settler) -> tuple[str, bytes] | None:
    examined, verdict = told.examined, told.verdict
    if examined is None or verdict is None or not _slip_due(told.change.folder, verdict.outcome):
        return None
    returned = verdict.outcome is Outcome.RETURNED
    prefix = RETURN_PREFIX if returned else SLIP_PREFIX
    html = slip_html(examined, verdict, settler.voice(examined), returned=returned)
    return f"{prefix}（{_short_title(told)}）.html", html.encode("utf-8")


def _slip_due(folder: Folder, outcome: Outcome) -> bool:
    if folder.slip_mode is SlipMode.ALWAYS:
        return True
    return folder.slip_mode is SlipMode.PROBLEMS and outcome not in QUIET


def _short_title(told: Told) -> str:
    """The stem of the main file: it tells two bundles of a flat folder apart."""
    stem = told.change.files[0].path.stem
    if told.examined is not None:
        stem = Path(told.examined.files[0].path).stem
    shown = stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return shown[:TITLE_CHARACTERS]


def _slips(directory: Path, told: Told) -> list[Path]:
    """Slips written for this bundle before; in a shared folder only those of its own name."""
    if not told.change.files and told.change.gone:
        names = {path.stem[:TITLE_CHARACTERS] for path in told.change.gone}
    else:
        names = {_short_title(told)}
        names |= {file.path.stem[:TITLE_CHARACTERS] for file in told.change.files}
    return [
        directory / f"{prefix}（{name}）.html"
        for prefix in (SLIP_PREFIX, RETURN_PREFIX)
        for name in names
    ]


def _answer(told: Told, settler: Settler) -> None:
    """核对结果.json where an issue form was handed in (A2); nothing for named folders."""
    change, examined, verdict = told.change, told.examined, told.verdict
    path = change.directory / ANSWER_NAME
    asked = any(file.path.name.endswith(FORM_NAME) for file in change.files)
    if not asked or examined is None or verdict is None:
        if asked:
            path.unlink(missing_ok=True)
        return
    if change.folder.visibility is Visibility.NAMED:
        return
    answer = verdict_object(examined, verdict, settler.voice(examined), reveal=False)
    _write(path, json.dumps(answer, ensure_ascii=False, indent=2).encode("utf-8"))


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
