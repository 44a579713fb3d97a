"""An office of several people on one machine: whoever sits down has the account (A9)."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.cli.commands import Ran
from core.service.office import an_office, save
from gongkai.cli.main import main
from gongkai.cli.session import account_name
from gongkai.messages import speak
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
PUBLIC = ("主动公开", "--not-secret")
WITHHELD = ("不予公开", "--reason", REASON, "--basis", BASIS, "--not-secret")


def here(*arguments: str | Path) -> Ran:
    """What a command prints and how it ends, without starting a process for it."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    kept = sys.argv, sys.stdout, sys.stderr
    sys.argv = ["gongkai", *map(str, arguments)]
    sys.stdout, sys.stderr = out, err
    try:
        code = main()
    finally:
        sys.argv, sys.stdout, sys.stderr = kept
        speak("zh")
    return Ran(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@dataclass
class Staff:
    """People of an office who take turns at one account."""

    office: Office
    sitting: str = ""

    def __call__(self, name: str, *words: str | Path) -> Ran:
        """Run ``gongkai case`` as somebody."""
        return self.run(name, "case", *words)

    def run(self, name: str, *words: str | Path) -> Ran:
        """Run any command as somebody, in this process: a case takes many steps."""
        self.sit_down(name)
        return here("--office", self.office.root, *words)

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


def paper(staff: Staff, name: str = "某件", **content: Any) -> Path:
    """A paper in the folder of submitted ones."""
    data = official_document(OfficialDocument(**content))
    return save(staff.office.root / f"送核/{name}/通知.docx", data)


def state_of(staff: Staff, number: str = "2026-001") -> str:
    """Where a case rests."""
    return str(on_record(staff, number)["state"])


def steps_of(staff: Staff, number: str = "2026-001") -> list[dict[str, Any]]:
    """Every step of a case, as ``case show --json`` tells them."""
    history: list[dict[str, Any]] = on_record(staff, number)["history"]
    return history


def on_record(staff: Staff, number: str = "2026-001") -> dict[str, Any]:
    """A case as ``case show --json`` prints it, for whoever sits there."""
    answer = staff(staff.sitting or CLERK, "show", number, "--json")
    assert answer.code == 0, answer.err
    return answer.objects[0]
