"""What the office keeps and shows of people: searched byte by byte (INT-03, design 15)."""

from __future__ import annotations

from pathlib import Path

from core.service.office import an_office, save, start_watch, stop, verdicts, wait_for
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import COLUMNS, roster_workbook

CROWD = people(30, 77)
FORM = '{"title": "关于补贴的公示", "attribute": "主动公开"}'.encode()


def planted_values() -> list[bytes]:
    """Every number and address in the papers, as bytes."""
    values = [v for p in CROWD for v in (p.id_number, p.phone, p.bank_card, p.address)]
    return [value.encode() for value in values]


def a_paper_full_of_people() -> bytes:
    first, second, third = CROWD[:3]
    return official_document(
        OfficialDocument(
            title=f"关于{first.name}（{first.id_number}）等人补贴的公示",
            body=(
                f"申请人{second.name}，身份证号{second.id_number}，手机{second.phone}，"
                f"住址：{second.address}。",
                f"银行卡号{third.bank_card}，联系电话{third.phone}。",
            ),
            hidden=f"家庭住址：{third.address}",
            comment=f"请核对{third.id_number}",
            annotation="（此件公开发布）",
            attachment_note=("补贴人员名单",),
        )
    )


def test_no_number_of_anybody_is_kept_logged_or_told(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    watch = start_watch(office)
    folder = office.root / "送核/补贴"
    wait_for(lambda: (office.data / "watch.log").exists(), 60)
    save(folder / "公示.docx", a_paper_full_of_people())
    save(folder / "附件1补贴人员名单.xlsx", roster_workbook(CROWD, tuple(COLUMNS)))
    save(folder / "稿纸.json", FORM)
    wait_for(lambda: bool(verdicts(office)) and (folder / "核对结果.json").exists(), 60)

    said = stop(watch)

    ours = [p for p in office.data.iterdir() if p.is_file()]
    ours += [p for p in folder.iterdir() if p.suffix in (".html", ".json")]
    assert {p.suffix for p in ours} >= {".db", ".log", ".html", ".json"}
    assert {outcome for _, outcome in verdicts(office)} == {"blocked"}
    kept = {path.name: path.read_bytes() for path in ours} | {"stderr": said}
    leaks = [(name, v) for name, data in kept.items() for v in planted_values() if v in data]
    assert leaks == []
