"""A template of the office's own replaces ours, or says plainly why it cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from openpyxl import Workbook

from core.forms.at_hand import check_sheet, ledger, return_notice
from core.forms.test_papers import text_of
from gongkai.errors import ConfigurationError
from gongkai.forms.render import default_template, render_docx, render_xlsx
from gongkai.forms.templates import LARGEST, Templates, office_templates, strangers

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
NOTICE, SHEET = "退回重新办理通知单.docx", "登记台账.xlsx"


def made_of(*paragraphs: str) -> bytes:
    return edited(Document(), lambda document: [document.add_paragraph(p) for p in paragraphs])


def edited(document: DocumentType, change: Callable[[DocumentType], object]) -> bytes:
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def in_pieces(document: DocumentType) -> None:
    """A placeholder as an editor leaves it: spread over runs, with curly quotes."""
    paragraph = document.add_paragraph()
    for piece in ("{", "{ ti", "tle }", "}，{{ unche", "cked or “没有” }}"):
        paragraph.add_run(piece).bold = piece == "{"


def in_footer(document: DocumentType) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{ nubmer }}"


def across(document: DocumentType) -> None:
    document.add_paragraph("甲{% if not title %}乙")
    document.add_table(1, 1).cell(0, 0).text = "丙{% endif %}丁"


def sheet_of(*cells: str) -> bytes:
    book = Workbook()
    book.active.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def printed(name: str, folder: Path) -> bytes:
    templates = office_templates(folder)
    if name == SHEET:
        return render_xlsx(ledger(), templates)
    return render_docx(return_notice(), templates)


def refused(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        printed(name, folder)
    return str(caught.value)


def test_a_template_of_the_same_name_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / NOTICE).write_bytes(made_of("本局自用：{{ title }}（{{ returned_at | day }}）"))

    text = text_of(render_docx(return_notice(), office_templates(tmp_path)))

    assert f"本局自用：{return_notice().title}（2026年11月21日）" in text
    assert "退回事项" not in text


def test_other_papers_keep_ours(tmp_path: Path) -> None:
    (tmp_path / NOTICE).write_bytes(made_of("本局自用"))

    assert "核对结果" in text_of(render_docx(check_sheet(), office_templates(tmp_path)))


def test_a_placeholder_may_be_spread_over_runs() -> None:
    templates = Templates(None, {NOTICE: edited(Document(), in_pieces)})

    text = text_of(render_docx(return_notice(), templates))

    assert f"{return_notice().title}，{return_notice().unchecked}" in text


def test_a_folder_that_is_not_there_holds_no_templates(tmp_path: Path) -> None:
    assert office_templates(tmp_path / "templates").found == {}
    assert strangers(tmp_path / "templates") == []


def test_files_of_other_names_are_told(tmp_path: Path) -> None:
    (tmp_path / "退回重新办理通知单.dotx").write_bytes(b"")

    assert strangers(tmp_path) == ["退回重新办理通知单.dotx"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "不是.docx文件", id="empty"),
        pytest.param(OLD_WORD, "不是.docx文件", id="a .doc"),
        pytest.param(sheet_of("{{ title }}"), "不是.docx文件", id="a workbook"),
        pytest.param(made_of("{{ title }}")[:-400], "不是.docx文件", id="cut off"),
        pytest.param(made_of("{{ titel }}"), "“titel”不是这张表单的填写项", id="misspelt"),
        pytest.param(made_of("{{ titel }}"), "最接近的是“title”", id="with the nearest"),
        pytest.param(
            made_of("{% for m in matters %}{{ m.wat }}{% endfor %}"),
            "“matters.wat”",
            id="in a list",
        ),
        pytest.param(made_of("{% if foo %}{% endif %}"), "“foo”", id="in a condition"),
        pytest.param(edited(Document(), in_footer), "“nubmer”", id="in the footer"),
        pytest.param(made_of("甲{{ title }}", "乙{{ number + }}丙"), "{{ number + }}", id="syntax"),
        pytest.param(made_of("{{ title"), "{{ title", id="never closed"),
        pytest.param(made_of("{% if title %}甲"), "没有与 endfor、endif 成对", id="no end"),
        pytest.param(edited(Document(), across), "跨越了段落或者表格", id="across a table"),
        pytest.param(made_of("{{r title }}"), "{{r title }}", id="raw markup"),
        pytest.param(made_of("{{ title | safe }}"), "占位符有误", id="no way around escaping"),
        pytest.param(made_of("{{ round / 0 }}"), "填写时没有成功", id="cannot be worked out"),
    ],
)
def test_a_broken_template_is_named_with_what_is_wrong_and_the_way_out(
    tmp_path: Path, data: bytes, said: str
) -> None:
    words = refused(tmp_path, NOTICE, data)

    assert str(tmp_path / NOTICE) in words
    assert said in words
    assert "没有生成" in words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(made_of("甲"), "不是.xlsx文件", id="a document"),
        pytest.param(b"a,b\n", "不是.xlsx文件", id="text"),
        pytest.param(sheet_of("{{ period }}"), "没有登记事项的一行", id="no row for entries"),
        pytest.param(sheet_of("{{ entry.titel }}"), "“entries.titel”", id="misspelt"),
        pytest.param(sheet_of("{{ entry.name }}", "{{ 甲 乙 }}"), "单元格 Sheet!B1", id="syntax"),
        pytest.param(sheet_of("{{ entry.name }}", "{{ 1 / 0 }}"), "单元格 Sheet!B1", id="division"),
    ],
)
def test_a_broken_workbook_is_named_as_well(tmp_path: Path, data: bytes, said: str) -> None:
    words = refused(tmp_path, SHEET, data)

    assert str(tmp_path / SHEET) in words
    assert said in words


def test_a_template_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    words = refused(tmp_path, NOTICE, bytes(LARGEST + 1))

    assert "超过8MB" in words


def test_a_bomb_is_no_template(tmp_path: Path) -> None:
    target = io.BytesIO(made_of("{{ title }}"))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/large.xml", bytes(40 << 20))

    assert "不是.docx文件" in refused(tmp_path, NOTICE, target.getvalue())


def test_a_folder_in_the_place_of_a_template_is_told(tmp_path: Path) -> None:
    (tmp_path / NOTICE).mkdir()

    with pytest.raises(ConfigurationError, match="读不到"):
        office_templates(tmp_path)


@pytest.mark.parametrize(
    "reaching",
    [
        pytest.param("{{ title.__class__.__mro__ }}", id="the class of a value"),
        pytest.param("{{ title.format.__globals__ }}", id="the globals of a method"),
        pytest.param("{{ lipsum(5) }}", id="a helper of the engine"),
        pytest.param("{{ cycler.__init__ }}", id="another helper"),
        pytest.param("{% for x in range(10000000000) %}{% endfor %}", id="an endless loop"),
        pytest.param("{% include '/etc/passwd' %}", id="another file"),
    ],
)
def test_a_template_reaches_nothing_but_its_fields(tmp_path: Path, reaching: str) -> None:
    assert "没有生成" in refused(tmp_path, NOTICE, made_of(reaching))


def test_our_own_template_written_out_and_kept_prints_the_same(tmp_path: Path) -> None:
    (tmp_path / NOTICE).write_bytes(default_template(NOTICE))

    assert render_docx(return_notice(), office_templates(tmp_path)) == render_docx(return_notice())
