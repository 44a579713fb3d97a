from __future__ import annotations

import pytest

from gongkai.watch.ignore import Reason, holds_open, is_system_folder, reason_not_taken


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("关于就业补贴的通知.docx", None, id="a document"),
        pytest.param("扫描件", None, id="a scan without extension"),
        pytest.param("稿纸.json", None, id="the issue form belongs to the document"),
        pytest.param("~$通知.docx", Reason.LOCK, id="Word's lock"),
        pytest.param(".~lock.通知.docx#", Reason.LOCK, id="LibreOffice's lock"),
        pytest.param(".~通知.wps", Reason.LOCK, id="WPS's lock"),
        pytest.param("~WRD0001.tmp", Reason.TEMPORARY, id="Word's new version before the rename"),
        pytest.param("~WRL2222.tmp", Reason.TEMPORARY, id="Word's old version after it"),
        pytest.param("lu1234abc.tmp", Reason.TEMPORARY, id="LibreOffice's new version"),
        pytest.param("通知.docx.filepart", Reason.TEMPORARY, id="a transfer under way"),
        pytest.param(".nfs00000000deadbeef", Reason.TEMPORARY, id="removed while open over NFS"),
        pytest.param("Thumbs.db", Reason.SYSTEM, id="Windows previews"),
        pytest.param("._通知.docx", Reason.SYSTEM, id="macOS second file"),
        pytest.param("公开属性自查提示（就业补贴）.html", Reason.OWN_PAPER, id="our slip"),
        pytest.param("退回重新办理通知单（就业补贴）.html", Reason.OWN_PAPER, id="our return"),
        pytest.param("核对结果.json", Reason.OWN_PAPER, id="our answer to the OA"),
        pytest.param("公开属性自查提示工作的通知.docx", None, id="a paper about slips is a paper"),
        pytest.param("lunch.docx", None, id="lu alone is no temporary file"),
    ],
)
def test_only_names_no_author_chooses_are_passed_over(name: str, reason: Reason | None) -> None:
    assert reason_not_taken(name) is reason


@pytest.mark.parametrize(
    ("lock", "name", "held"),
    [
        pytest.param("~$通知.docx", "通知.docx", True, id="Word, short name"),
        pytest.param(
            "~$就业补贴的通知.docx", "关于就业补贴的通知.docx", True, id="Word, long name"
        ),
        pytest.param(".~lock.通知.docx#", "通知.docx", True, id="LibreOffice"),
        pytest.param(".~通知.wps", "通知.wps", True, id="WPS"),
        pytest.param("~$通知.docx", "报告.docx", False, id="another file"),
    ],
)
def test_a_lock_file_names_the_document_somebody_edits(lock: str, name: str, held: bool) -> None:
    assert holds_open(lock, name) is held


def test_recycle_bins_and_snapshots_are_the_storages_own_folders() -> None:
    assert is_system_folder("$RECYCLE.BIN")
    assert is_system_folder(".Trash-1000")
    assert not is_system_folder("回收资料")
