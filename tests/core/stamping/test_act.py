"""The author's file is replaced whole or not at all, and only if it is what was judged."""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.errors import StampRefused
from gongkai.stamping.act import (
    TEMPORARY,
    Replacement,
    Target,
    keep,
    output_beside,
    read_target,
    refuse_unwritable,
)
from gongkai.watch.ignore import reason_not_taken

OLD, NEW = "原来的内容".encode(), "标注后的内容".encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def target(path: Path) -> Target:
    return read_target(path, digest(OLD))


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(TEMPORARY)]


def test_the_file_is_replaced_and_keeps_its_mode(file: Path) -> None:
    with Replacement(target(file), NEW) as replacement:
        replacement.commit()

    assert file.read_bytes() == NEW
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert leftovers(file.parent) == []


def test_the_file_keeps_its_owner_and_group(file: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(file, 1234, 1235)

    with Replacement(target(file), NEW) as replacement:
        replacement.commit()

    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 1235)


def test_extended_attributes_go_along(file: Path) -> None:
    try:
        os.setxattr(file, "user.gongkai.test", b"1")
    except OSError:
        pytest.skip("this file system keeps none")

    with Replacement(target(file), NEW) as replacement:
        replacement.commit()

    assert os.getxattr(file, "user.gongkai.test") == b"1"


def test_without_commit_nothing_has_happened(file: Path) -> None:
    before = file.stat()

    with Replacement(target(file), NEW):
        pass

    assert file.read_bytes() == OLD
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert leftovers(file.parent) == []


def symlinked(file: Path) -> Path:
    link = file.with_name("链接.docx")
    link.symlink_to(file)
    return link


def below_a_link(file: Path) -> Path:
    folder = file.parent / "链接文件夹"
    folder.symlink_to(file.parent, target_is_directory=True)
    return folder / file.name


def hard_linked(file: Path) -> Path:
    os.link(file, file.with_name("另一个名字.docx"))
    return file


def changed(file: Path) -> Path:
    file.write_bytes(OLD + b".")
    return file


def gone(file: Path) -> Path:
    file.unlink()
    return file


@pytest.mark.parametrize(
    ("prepare", "key"),
    [
        pytest.param(symlinked, "stamp_link", id="a link"),
        pytest.param(below_a_link, "stamp_link", id="reached through a link"),
        pytest.param(hard_linked, "stamp_link", id="two names"),
        pytest.param(changed, "stamp_changed", id="other bytes than those judged"),
        pytest.param(gone, "stamp_away", id="not there"),
    ],
)
def test_only_the_very_file_that_was_judged_is_read(
    file: Path, prepare: Callable[[Path], Path], key: str
) -> None:
    path = prepare(file)

    with pytest.raises(StampRefused) as refused:
        target(path)

    assert refused.value.key == key


@pytest.mark.parametrize("lock", ["~$通知.docx", "~$.docx", ".~lock.通知.docx#", ".~通知.docx"])
def test_a_file_open_elsewhere_is_left_alone(file: Path, lock: str) -> None:
    file.with_name(lock).touch()

    with pytest.raises(StampRefused) as refused:
        refuse_unwritable(target(file))

    assert refused.value.key == "stamp_open"


def test_a_read_only_file_is_left_alone(file: Path) -> None:
    file.chmod(0o440)

    with pytest.raises(StampRefused) as refused:
        refuse_unwritable(target(file))

    assert refused.value.key == "stamp_readonly"


@pytest.mark.parametrize(
    ("happens", "key"),
    [
        pytest.param(lambda file: file.write_bytes(OLD + b"."), "stamp_changed", id="saved"),
        pytest.param(
            lambda file: (file.rename(file.with_name("a")), file.write_bytes(OLD)),
            "stamp_changed",
            id="another file in its place",
        ),
        pytest.param(lambda file: file.with_name("~$通知.docx").touch(), "stamp_open", id="opened"),
        pytest.param(lambda file: file.unlink(), "stamp_not_written", id="moved away"),
    ],
)
def test_what_happens_meanwhile_stops_the_replacement(
    file: Path, happens: Callable[[Path], object], key: str
) -> None:
    with Replacement(target(file), NEW) as replacement:
        happens(file)

        with pytest.raises(StampRefused) as refused:
            replacement.commit()

    assert refused.value.key == key
    assert not file.exists() or file.read_bytes().startswith(OLD)
    assert leftovers(file.parent) == []


def test_two_writers_do_not_meet(file: Path) -> None:
    with (
        Replacement(target(file), NEW),
        pytest.raises(StampRefused) as refused,
        Replacement(target(file), NEW),
    ):
        pass

    assert refused.value.key == "stamp_open"


def test_what_a_killed_writer_left_is_used_again(file: Path) -> None:
    script = f"""
        import os, signal
        from pathlib import Path
        from gongkai.stamping.act import Replacement, read_target
        target = read_target(Path({str(file)!r}), {digest(OLD)!r})
        with Replacement(target, b"half"):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert ended.returncode == -signal.SIGKILL
    (left,) = leftovers(file.parent)
    assert reason_not_taken(left) is not None

    with Replacement(target(file), NEW) as replacement:
        replacement.commit()

    assert file.read_bytes() == NEW
    assert leftovers(file.parent) == []


def test_a_planted_temporary_file_is_not_written_through(file: Path) -> None:
    other = file.with_name("别人的.txt")
    other.write_text("别人的内容")
    with Replacement(target(file), NEW):
        (name,) = leftovers(file.parent)
    file.with_name(name).symlink_to(other)

    with pytest.raises(StampRefused), Replacement(target(file), NEW):
        pass

    assert other.read_text() == "别人的内容"


def test_the_old_bytes_are_kept_for_the_office_alone(file: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()

    kept = keep(data, target(file))
    again = keep(data, target(file))

    assert kept == again == data / "kept" / digest(OLD)
    assert kept.read_bytes() == OLD
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_copy_appears_when_all_is_well(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "标注.docx"

    with output_beside(target(file), output, NEW):
        there_before = output.exists()

    assert not there_before
    assert output.read_bytes() == NEW
    assert file.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_a_copy_never_writes_over_a_file(file: Path) -> None:
    with pytest.raises(StampRefused) as refused, output_beside(target(file), file, NEW):
        pass

    assert refused.value.key == "stamp_output_exists"
    assert file.read_bytes() == OLD


def test_a_copy_does_not_appear_when_its_record_fails(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "标注.docx"

    with pytest.raises(RuntimeError), output_beside(target(file), output, NEW):
        raise RuntimeError

    assert not output.exists()
    assert leftovers(tmp_path) == []


def test_the_lock_of_a_writer_ends_with_it(file: Path) -> None:
    with Replacement(target(file), NEW):
        (name,) = leftovers(file.parent)
        with file.with_name(name).open("rb") as stream, pytest.raises(BlockingIOError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    with Replacement(target(file), NEW) as replacement:
        replacement.commit()

    assert file.read_bytes() == NEW
