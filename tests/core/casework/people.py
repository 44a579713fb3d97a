"""An office of several people on one machine: whoever sits down has the account (A9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from core.cli.commands import Ran, gongkai
from core.service.office import an_office, save
from gongkai.cli.session import account_name
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.settings import Office, load_office

DRAFTER, HEAD, CLERK, LEADER = "李拟稿示例", "王科长示例", "周办公示例", "赵局长示例"
OFFICER, DISCLOSURE = "孙保密示例", "钱政务示例"
SECTION = "就业促进科"
ROLES = {
    DRAFTER: ["drafter"],
    HEAD: ["section_head"],
    CLERK: ["office", "custodian"],
    LEADER: ["leader_in_charge"],
    OFFICER: ["secrecy_officer"],
    DISCLOSURE: ["leading_group_office"],
}
NO_REVIEW = """[profile]
id = "no_review"
version = "1"
title = "不设保密审查插件的试用方案"
extends = "national_2019"

[secrecy.review]
value = "none"
basis = "试用"
level = "practice"
"""
REASON = "属于内部事务信息"
BASIS = "《政府信息公开条例》第十六条"
WITHHELD = ("不予公开", "--reason", REASON, "--basis", BASIS, "--not-secret")


@dataclass
class Staff:
    """People of an office who take turns at one account."""

    office: Office
    sitting: str = ""

    def __call__(self, name: str, *words: str | Path) -> Ran:
        """Run ``gongkai case`` as somebody."""
        return self.run(name, "case", *words)

    def run(self, name: str, *words: str | Path) -> Ran:
        """Run any command as somebody."""
        self.sit_down(name)
        return gongkai("--office", self.office.root, *words)

    def sit_down(self, name: str) -> None:
        """Give the account of this machine to somebody."""
        if name == self.sitting:
            return
        file = self.office.root / "gongkai.toml"
        text = re.sub(r"accounts = \[.*\]", "accounts = []", file.read_text("utf-8"))
        mine = f'name = "{name}"'
        before, after = text.split(mine)
        whose = after.replace("accounts = []", f'accounts = ["{account_name()}"]', 1)
        file.write_text(before + mine + whose, "utf-8")
        self.office = load_office(self.office.root)
        self.sitting = name


def staffed(root: Path, extra: str = "") -> Staff:
    """An office with a drafter, a head, an office clerk, a leader and two officers."""
    entries = "".join(
        f'\n[[person]]\nname = "{name}"\nsection = "{SECTION}"\nroles = {roles}\naccounts = []\n'
        for name, roles in ROLES.items()
    )
    office = an_office(root, entries.replace("'", '"') + extra)
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8")
    text = text.replace('stage = "submitted"', f'stage = "submitted"\nsection = "{SECTION}"')
    text = text.replace('profile = "national_2019"', 'profile = "no_review"')
    (office.root / "profiles/no_review.toml").write_text(NO_REVIEW, "utf-8")
    file.write_text(text, "utf-8")
    return Staff(load_office(office.root))


def paper(staff: Staff, name: str = "某件", **content: str) -> Path:
    """A paper in the folder of submitted ones."""
    serial = content.pop("serial", "000001")
    data = official_document(OfficialDocument(serial=serial, **content))
    return save(staff.office.root / f"送核/{name}/通知.docx", data)
