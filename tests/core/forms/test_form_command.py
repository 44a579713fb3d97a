"""``gongkai form``: what there is, what may be named, and our templates to start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from core.cli.commands import gongkai
from core.service.office import an_office
from gongkai.errors import ConfigurationError
from gongkai.forms.known import FORMS
from gongkai.forms.papers import CheckSheet
from gongkai.forms.render import default_template
from gongkai.settings import Folder, Office, Settings, refuse_overlaps


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with a folder for templates."""
    made = an_office(tmp_path)
    made.template_folder.mkdir()
    return made


def test_every_form_is_listed_with_its_files(tmp_path: Path) -> None:
    ran = gongkai("form", "list", cwd=tmp_path)

    assert ran.code == 0
    assert [
        name for form in FORMS for name in (form.name, *form.files) if name not in ran.out
    ] == []


def test_the_list_tells_which_templates_are_the_offices_own(office: Office) -> None:
    own = office.template_folder / "办理过程.docx"
    own.write_bytes(default_template(own.name))

    ran = gongkai("--office", office.root, "form", "list")

    assert "办理过程.docx  本单位样式" in ran.out
    assert "公开属性核对单.docx  默认样式" in ran.out


def test_the_list_names_templates_that_would_not_print(office: Office) -> None:
    broken = Document()
    broken.add_paragraph("{{ titel }}")
    broken.save(str(office.template_folder / "办理过程.docx"))
    (office.template_folder / "台帐.xlsx").write_bytes(b"")

    ran = gongkai("--office", office.root, "form", "list")

    assert ran.code == 78
    assert "“titel”" in ran.err
    assert "“台帐.xlsx”不是表单样式的文件名" in ran.err


def test_fields_are_listed_with_their_words(tmp_path: Path) -> None:
    ran = gongkai("form", "fields", "check_sheet", cwd=tmp_path)

    listed = [line.split()[0] for line in ran.out.splitlines()]
    assert set(CheckSheet.__dataclass_fields__) <= set(listed)
    assert "left.judgement" in listed
    assert "拟定公开属性" in ran.out


def test_a_default_template_is_written_to_be_edited(tmp_path: Path) -> None:
    ran = gongkai("form", "write", "ledger", tmp_path / "样式", cwd=tmp_path)

    assert ran.code == 0
    assert {p.name: p.read_bytes() for p in (tmp_path / "样式").iterdir()} == {
        name: default_template(name) for name in ("登记台账.xlsx", "登记台账.docx")
    }


def test_a_template_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    edited = tmp_path / "登记台账.docx"
    edited.write_bytes(b"edited")

    ran = gongkai("form", "write", "ledger", tmp_path)

    assert ran.code == 1
    assert "已经存在，没有改动" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [edited.name]
    assert edited.read_bytes() == b"edited"


def test_a_form_nobody_knows_is_told_with_those_there_are(tmp_path: Path) -> None:
    ran = gongkai("form", "write", "notice", tmp_path)

    assert ran.code == 2
    assert "return_notice" in ran.err


def test_the_folder_of_templates_is_never_watched(office: Office) -> None:
    watched = Settings(folder=(Folder(path=office.template_folder),))

    with pytest.raises(ConfigurationError, match="templates"):
        refuse_overlaps(Office(office.root, watched))
