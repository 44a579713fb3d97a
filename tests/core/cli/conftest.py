from __future__ import annotations

from pathlib import Path

import pytest

from core.service.office import an_office, save
from gongkai.samples.demonstration import old_word_file
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook
from gongkai.settings import Office

LABELLED = official_document(OfficialDocument(annotation="（此件公开发布）"))
UNLABELLED = official_document()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of every outcome, read by many tests and changed by none."""
    root = tmp_path_factory.mktemp("papers")
    save(root / "clean/通知.docx", LABELLED)
    save(root / "returned/通知.docx", UNLABELLED)
    save(root / "blocked/通知.docx", LABELLED)
    save(root / "blocked/附件1名单.xlsx", roster_workbook(people(5)))
    save(root / "unreadable/旧.doc", old_word_file())
    save(root / "lines/说明.txt", "关于示例的说明\n一、甲\t乙\\丙\n".encode())
    (root / "empty").mkdir()
    return root


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of the sample papers' issuer."""
    return an_office(tmp_path)
