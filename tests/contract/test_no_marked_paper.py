"""No file here holds a level followed by a star, and the guard over the tests' files finds one."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from starred_levels import LEVELS, STAR, files_with_starred_levels, holds_starred_level

ROOT = Path(__file__).parents[2]
MARK = LEVELS[1] + STAR


def repository_files() -> list[Path]:
    """Files git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_of_the_repository_holds_one() -> None:
    found = [path for path in repository_files() if holds_starred_level(path.read_bytes())]

    assert found == []


def test_no_compiled_file_beside_them_holds_one() -> None:
    compiled = [path for path in ROOT.rglob("*.pyc") if ".venv" not in path.parts]

    assert [path for path in compiled if holds_starred_level(path.read_bytes())] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_the_guard_sees_one_in_every_usual_encoding(encoding: str) -> None:
    data = ("报告" + MARK + "长期").encode(encoding)

    assert holds_starred_level(data)


def test_the_guard_looks_inside_packages() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{MARK}</w:t>")

    assert holds_starred_level(buffer.getvalue())


def test_the_guard_walks_folders(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "paper.txt"
    path.parent.mkdir()
    path.write_bytes(MARK.encode())

    found = list(files_with_starred_levels(tmp_path))
    path.unlink()

    assert found == ["deep/paper.txt"]


def test_a_level_without_a_star_is_no_trace() -> None:
    assert not holds_starred_level("不得公开国家秘密".encode())
