from __future__ import annotations

import hashlib
import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from gongkai.watch.ignore import Reason
from gongkai.watch.scan import (
    Changed,
    Settled,
    Signature,
    look,
    read_still,
    survey,
    zip_is_whole,
)

GB18030_NAME = "公文.docx".encode("gb18030")


def a_zip(size: int = 40_000) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", random.Random(7).randbytes(size))
    return data.getvalue()


def with_hole(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(2048) + data[middle + 2048 :]


def signature(path: Path) -> Signature:
    sighting = look(str(path))
    assert sighting is not None
    return sighting.signature


def test_a_pass_sees_every_file_with_any_name_and_follows_no_link(tmp_path: Path) -> None:
    top = tmp_path / "root"
    (top / "a" / "b").mkdir(parents=True)
    (top / "a" / "b" / "通知.docx").write_bytes(b"1")
    with (top / os.fsdecode(GB18030_NAME)).open("wb") as stream:
        stream.write(b"2")
    (top / "link.docx").symlink_to(top / "a" / "b" / "通知.docx")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.docx").write_bytes(b"3")
    (top / "linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(top / "pipe")

    seen = survey([str(top)])

    reasons = {Path(s.path).name: s.reason for s in seen.sightings}
    assert reasons == {
        "通知.docx": None,
        os.fsdecode(GB18030_NAME): None,
        "link.docx": Reason.LINK,
        "linked": Reason.LINK,
        "pipe": Reason.SPECIAL,
    }
    assert seen.directories == 3


def test_nfc_and_nfd_names_stay_two_files(tmp_path: Path) -> None:
    (tmp_path / "e\u0301.docx").write_bytes(b"1")
    (tmp_path / "\u00e9.docx").write_bytes(b"2")

    seen = survey([str(tmp_path)])

    assert len({s.path for s in seen.sightings}) == 2


def test_a_root_inside_a_root_is_left_to_its_own_watch(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "x.docx").write_bytes(b"1")

    assert survey([str(tmp_path)], {str(tmp_path / "inner")}).sightings == ()


def a_folder_out_of_reach(top: Path) -> None:
    """Make folders deeper than any path may be long."""
    folder = os.open(top, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("深" * 80, dir_fd=folder)
        inner = os.open("深" * 80, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)


def test_a_folder_that_cannot_be_listed_is_named_and_not_taken_for_empty(tmp_path: Path) -> None:
    a_folder_out_of_reach(tmp_path)

    seen = survey([str(tmp_path)])

    assert len(seen.unlisted) == 1


def test_a_quiet_file_is_read_once_and_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(b"text")

    result = read_still(str(path), signature(path))

    assert result == Settled(hashlib.sha256(b"text").hexdigest(), signature(path), True)


def test_a_file_that_looks_different_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(b"text")
    before = signature(path)
    path.write_bytes(b"other text")

    assert read_still(str(path), before) == Changed(signature(path))


def test_a_copy_that_keeps_the_old_time_still_differs(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(b"one")
    copy.write_bytes(b"two")
    before = signature(path)
    os.utime(copy, ns=(before.mtime_ns, before.mtime_ns))
    copy.rename(path)

    assert signature(path).mtime_ns == before.mtime_ns
    assert signature(path) != before


def test_a_file_that_vanished_or_became_a_link_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"one")
    before = signature(path)
    path.rename(tmp_path / "b.docx")
    gone = read_still(str(path), before)
    path.symlink_to(tmp_path / "b.docx")

    assert gone == Changed(None)
    assert read_still(str(path), before) == Changed(None)


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        pytest.param(a_zip(), True, id="whole"),
        pytest.param(with_hole(a_zip()), False, id="2 KB of zeros in the middle"),
        pytest.param(a_zip()[:-300], False, id="cut off"),
        pytest.param(a_zip()[:-300] + bytes(300), False, id="zeros at the end"),
        pytest.param(b"PK\x03\x04", False, id="only a beginning"),
    ],
)
def test_a_zip_is_whole_when_every_checksum_fits(data: bytes, whole: bool) -> None:
    assert zip_is_whole(io.BytesIO(data)) is whole


def test_a_zip_bomb_is_not_unpacked_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(6):
            with archive.open(f"{number}", "w") as part:
                for _ in range(128):
                    part.write(bytes(1 << 20))
    data = bytearray(path.read_bytes())
    # Damage in the last part is beyond what is unpacked, so it is left to the guarded reader.
    with zipfile.ZipFile(path) as archive:
        offset = archive.infolist()[-1].header_offset
    data[offset + 200 : offset + 220] = bytes(20)

    assert zip_is_whole(io.BytesIO(bytes(data)))
