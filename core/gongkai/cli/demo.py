"""``gongkai demo``: the main job on invented papers, in a real office that is gone afterwards."""

from __future__ import annotations

import queue
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import click
from rich.rule import Rule
from rich.text import Text

from gongkai.cli.demo_procedure import Procedure, run
from gongkai.cli.init import lay_out
from gongkai.cli.session import Session
from gongkai.cli.show import show_verdict
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.samples import demonstration as papers
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.service.tell import RETURN_PREFIX, SLIP_PREFIX
from gongkai.settings import SETTINGS_FILE, Office, load_office
from gongkai.store.database import Database

WALKED = "就业补贴公示"
"""The paper that goes all the way."""

PATIENCE = 20.0
"""Seconds a verdict may take before the demonstration gives up."""


@click.command("demo", cls=Command)
@option("--serve", is_flag=True)
@click.pass_obj
def demo(session: Session, serve: bool) -> int:
    """Save real files into a watched folder and show each verdict as it falls."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-demo-"))
    try:
        office = _office(folder)
        heard: queue.Queue[Told] = queue.Queue()
        with (
            Database(office.database_url) as database,
            Service(office, database, heard.put) as service,
        ):
            session.out.print(say("demo.opening", folder=str(folder)))
            service.watcher.start()
            ok = _Stage(session, office, service, heard).play()
            session.out.print()
            session.out.print(say("demo.not_yet"))
            session.out.print(say("demo.closing", seconds=round(time.monotonic() - began)))
            if serve:
                session.out.print(say("demo.serving", folder=str(folder)))
                _until_interrupted()
        return 0 if ok else 70
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class _Scene:
    """One act of the drafter, and the outcome it must have."""

    name: str
    act: Callable[[], None]
    bundle: str
    outcome: str


class _Stage:
    """Plays the scenes in an office that watches its folders."""

    def __init__(
        self, session: Session, office: Office, service: Service, heard: queue.Queue[Told]
    ) -> None:
        self._session, self._office, self._service = session, office, service
        self._heard = heard
        self._drafts, self._submitted = office.root / "拟稿", office.root / "送核"
        self._cases: dict[str, str] = {}

    def play(self) -> bool:
        """All scenes in order; False when one did not end as announced."""
        as_announced = True
        for number, scene in enumerate(self._scenes(), 1):
            as_announced &= self._play(number, scene)
        return as_announced and self._procedure(len(self._scenes()) + 1)

    def _procedure(self, number: int) -> bool:
        """The paper that was cured goes its way to the public."""
        self._announce(number, "procedure")
        case = self._cases.get(WALKED)
        if case is None:
            return False
        procedure = Procedure(self._session, self._office, case)
        walked = procedure.walk()
        self._announce(number + 1, "verified")
        return walked and procedure.verified()

    def _scenes(self) -> list[_Scene]:
        draft = self._drafts / "劳动用工检查"
        list_ = self._submitted / WALKED
        notice = list_ / "关于第一批一次性就业补贴人员名单的公示.docx"
        roster = list_ / "附件：第一批一次性就业补贴人员名单.xlsx"
        tariff = self._submitted / "失业保险金公告"
        forward = self._submitted / "转发培训资金通知"
        forwarding = forward / "转发通知.docx"
        old = self._submitted / "旧格式文件"
        return [
            _Scene(
                "draft",
                lambda: _save(draft / "检查通知.docx", papers.draft()),
                draft.name,
                "incomplete",
            ),
            _Scene(
                "unlabelled",
                lambda: _save_both(
                    (notice, papers.subsidy_notice()),
                    (roster, papers.roster(papers.ALL_COLUMNS)),
                ),
                list_.name,
                "returned",
            ),
            _Scene("stamped", lambda: self._stamp(notice, "主动公开"), list_.name, "blocked"),
            _Scene(
                "cured",
                lambda: _save(roster, papers.roster(papers.OPEN_COLUMNS)),
                list_.name,
                "clean",
            ),
            _Scene(
                "pdf",
                lambda: _save(tariff / "公告.pdf", papers.public_notice_pdf()),
                tariff.name,
                "blocked",
            ),
            _Scene("forwarded", lambda: self._forward(forwarding), forward.name, "blocked"),
            _Scene(
                "inherited",
                lambda: self._stamp(
                    forwarding, "依申请公开", "--reason", papers.REASON, "--basis", papers.BASIS
                ),
                forward.name,
                "clean",
            ),
            _Scene(
                "unreadable",
                lambda: _save(old / "通知.doc", papers.old_word_file()),
                old.name,
                "unreadable",
            ),
        ]

    def _play(self, number: int, scene: _Scene) -> bool:
        out = self._session.out
        self._announce(number, scene.name)
        scene.act()
        told = self._answer(scene)
        if told is None or told.examined is None or told.verdict is None:
            out.print(say("demo.no_answer"))
            return False
        if told.case is not None:
            self._cases[scene.bundle] = told.case.number
        voice = self._service.settler.voice(told.examined)
        show_verdict(out, told.examined, told.verdict, voice, full=False)
        self._show_slip(told)
        return str(told.verdict.outcome) == scene.outcome

    def _announce(self, number: int, name: str) -> None:
        out = self._session.out
        out.print()
        out.print(Rule(say("demo.scene", number=number, name=say(f"demo.{name}")), align="left"))
        out.print(Text(say(f"demo.{name}_act"), style="italic"))

    def _answer(self, scene: _Scene) -> Told | None:
        """The answer to the scene's bundle; an earlier state of it may be answered first."""
        deadline = time.monotonic() + PATIENCE
        told: Told | None = None
        while time.monotonic() < deadline:
            try:
                heard = self._heard.get(timeout=0.2)
            except queue.Empty:
                if told is not None and self._service.idle:
                    return told
                continue
            if heard.change.directory.name == scene.bundle:
                told = heard
        return told

    def _show_slip(self, told: Told) -> None:
        slips = [
            path.name
            for path in sorted(told.change.directory.iterdir())
            if path.name.startswith((SLIP_PREFIX, RETURN_PREFIX))
        ]
        for name in slips:
            self._session.out.print(Text("   " + say("demo.slip", name=name), style="dim"))

    def _forward(self, forwarding: Path) -> None:
        self._run(
            "source",
            "add",
            "--title",
            papers.SOURCE_TITLE,
            "--number",
            papers.SOURCE_NUMBER,
            "--issuer",
            papers.SUPERIOR,
            "--attribute",
            "依申请公开",
        )
        _save(forwarding, papers.forwarding_notice("（此件公开发布）"))

    def _stamp(self, file: Path, attribute: str, *reasons: str) -> None:
        self._run("stamp", str(file), attribute, "--not-secret", "--by", papers.DRAFTER, *reasons)

    def _run(self, *arguments: str) -> None:
        run(self._session, self._office, *arguments)


def _office(folder: Path) -> Office:
    """A new office for the invented bureau, with a short quiet time."""
    laid = lay_out(
        folder / "办公目录", papers.ORGANIZATION, papers.CONTACTS["office"], "national_2019"
    )
    file = laid.root / SETTINGS_FILE
    text = file.read_text("utf-8").replace("superiors = []", f'superiors = ["{papers.SUPERIOR}"]')
    text = text.replace("[contacts]", "[watching]\nquiet = 0.4\nworkers = 1\n\n[contacts]", 1)
    for role, name in papers.CONTACTS.items():
        text = text.replace(
            f'{role} = {{ name = "", phone = "" }}',
            f'{role} = {{ name = "{name}", phone = "{papers.PHONE}" }}',
        )
    roles = re.compile(r"^roles = .*$", re.MULTILINE)
    text = roles.sub('roles = ["administrator", "office", "custodian"]', text, count=1)
    for name, role in papers.PEOPLE.items():
        text += f'\n[[person]]\nname = "{name}"\nsection = "{papers.SECTION}"\nroles = ["{role}"]\n'
    text = text.replace("sections = []", f'sections = ["{papers.SECTION}"]', 1)
    submitted = 'stage = "submitted"'
    text = text.replace(submitted, f'{submitted}\nsection = "{papers.SECTION}"', 1)
    file.write_text(text, "utf-8")
    return load_office(laid.root)


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _save_both(*papers_: tuple[Path, bytes]) -> None:
    for path, data in papers_:
        _save(path, data)


def _until_interrupted() -> None:
    try:
        Event().wait()
    except KeyboardInterrupt:
        return
