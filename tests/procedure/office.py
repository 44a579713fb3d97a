"""A whole small office for tests of the procedure: real database, real files, real plugins.

Papers are judged in this process by the same steps as in the service (examine, judge, record,
follow); people act through ``Casework`` as the commands do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from gongkai.casework import Casework
from gongkai.casework.following import Found, follow
from gongkai.cli.init import lay_out
from gongkai.examined import Examined, Request
from gongkai.host import Host
from gongkai.judging.verdict import verdict
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step, Wish
from gongkai.lifecycle.roles import Actor
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.moment import now
from gongkai.people.roster import roster
from gongkai.pipeline import Examination
from gongkai.policy.profile import Profile, load_profile
from gongkai.records import facts, record_verdict
from gongkai.settings import Office, load_office
from gongkai.store import cases, documents
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database, Turn, take_turn
from gongkai.store.documents import Sighting
from gongkai.store.secrets import keyed_hash, office_key

PEOPLE = {
    "张晓明示例": "drafter",
    "吴小芳示例": "drafter",
    "李国华示例": "section_head",
    "王雅琴示例": "office",
    "孙立群示例": "secrecy_officer",
    "赵建军示例": "leader_in_charge",
    "周慧敏示例": "custodian",
    "郑启明示例": "leading_group_office",
}
DRAFTER, OTHER_DRAFTER, HEAD, CLERK, OFFICER, LEADER, CUSTODIAN, PUBLISHER = PEOPLE
SECTION = "就业科"
TITLE = "关于做好示例市灵活就业人员社会保险补贴申领工作的通知"
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED
GROUND = {"reason": "属于过程性信息", "basis": "《政府信息公开条例》第十六条"}
BODY = f"""{TITLE}
各县（区）人力资源和社会保障局：
为落实就业政策，现将灵活就业人员社会保险补贴申领条件、标准和程序通知如下。
一、补贴标准按实际缴费的三分之二确定。
二、申请人向户籍所在地经办机构提出申请，办理时限为十个工作日。
示例市人力资源和社会保障局
2026年11月20日"""


def an_office(root: Path, url: str = "") -> Office:
    """An office of eight people, one account each, in one section.

    Its settings name the database: guards open it by themselves.
    """
    office = lay_out(root / "office", "示例市人力资源和社会保障局", "管理员示例", "national_2019")
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8").replace("sections = []", f'sections = ["{SECTION}"]', 1)
    for number, (name, role) in enumerate(PEOPLE.items()):
        section = SECTION if role in ("drafter", "section_head") else ""
        text += (
            f'\n[[person]]\nname = "{name}"\nsection = "{section}"\n'
            f'roles = ["{role}"]\naccounts = ["person{number}"]\n'
        )
    file.write_text(f'database = "{url}"\n{text}' if url else text, "utf-8")
    return load_office(office.root)


@dataclass
class World:
    """One office with one open database."""

    office: Office
    database: Database

    @cached_property
    def profile(self) -> Profile:
        return load_profile(self.office.settings.profile, [self.office.profile_folder])

    @cached_property
    def host(self) -> Host:
        return Host.assemble(self.office)

    @cached_property
    def casework(self) -> Casework:
        return Casework(self.office, self.database, self.profile, self.host)

    @cached_property
    def key(self) -> bytes:
        return office_key(self.office.data)

    @property
    def folder(self) -> Path:
        """Where papers lie."""
        return self.office.root / "papers"

    def open(self) -> None:
        """Make the database with the plugins' tables."""
        self.folder.mkdir(exist_ok=True)
        self.database.migrate({a.plugin: a.value for a in self.host.tables()})

    def actor(self, name: str, on: date | None = None) -> Actor:
        with self.database.read() as connection:
            return roster(connection, self.office.settings).actor(name, on or date.today())

    def save(self, name: str, text: str) -> Path:
        """Save a paper the way a drafter does."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def judge(self, path: Path) -> Case | None:
        """Judge what lies there as the service does, and return the paper's case."""
        examination = _examination(self.office)
        request = Request((str(path),), self.profile.id, Stage.SUBMITTED, section=SECTION)
        examined = examination(request, lambda text: None)
        assert isinstance(examined, Examined)
        with self.database.write() as connection:
            document = self._see(connection, path, examined)
            known = facts(connection, examined, document)
        organization = self.office.settings.organization
        found = verdict(examined, known, self.profile, organization, self._digest)
        with self.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            take_turn(connection, Turn.NUMBERS)
            entered = record_verdict(connection, document, examined, known, found)
            made = Found(document, entered, found, examined, now(), self._digest)
            return follow(connection, made, self.profile)

    def _see(self, connection: object, path: Path, examined: Examined) -> int:
        sighting = Sighting(
            path=str(path),
            name=path.name,
            sha256=examined.files[0].sha256,
            at=now(),
            path_tag=path_tag(self.key, None, str(path)),
        )
        return documents.see(connection, sighting).document  # type: ignore[arg-type]

    def _digest(self, text: str) -> str:
        return keyed_hash(self.key, text)

    def act(self, number: str, name: str, act: Act, **said: object) -> Case:
        """Somebody acts in the system, in his own name."""
        person = self.actor(name)
        wish = Wish(act, person, date.today().isoformat(), person, **said)  # type: ignore[arg-type]
        return self.casework.carry_out(number, wish).after

    def case(self, number: str) -> Case:
        with self.database.read() as connection:
            return cases.find(connection, number)

    def history(self, number: str) -> tuple[Step, ...]:
        with self.database.read() as connection:
            return cases.history(connection, cases.find(connection, number))


_EXAMINATIONS: dict[Path, Examination] = {}


def _examination(office: Office) -> Examination:
    # The classifiers load once for the whole run.
    if office.root not in _EXAMINATIONS:
        _EXAMINATIONS[office.root] = Examination(str(office.root), Host.assemble(office))
    return _EXAMINATIONS[office.root]


def a_world(root: Path, url: str = "") -> World:
    """A new office with its database open; close it by ``world.database.close()``."""
    office = an_office(root, url)
    office.data.mkdir(parents=True, exist_ok=True)
    world = World(office, Database(url or office.database_url))
    world.open()
    return world


def proposal(
    attribute: DisclosureAttribute = DisclosureAttribute.PROACTIVE, **said: object
) -> Mapping[str, object]:
    """What a drafter says when he proposes."""
    return {"attribute": attribute, "not_secret": True, **said}


def proposed(world: World, text: str = BODY, **said: object) -> str:
    """A paper its drafter has proposed; the number of its case."""
    path = world.save("通知.txt", text)
    case = world.judge(path)
    assert case is not None
    world.act(case.number, DRAFTER, Act.PROPOSE, **proposal(**said))  # type: ignore[arg-type]
    world.judge(path)
    return case.number


def checked(world: World) -> str:
    """A paper to be withheld that its section and the office have passed."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    world.act(number, HEAD, Act.EXAMINE)
    world.act(number, CLERK, Act.ACCEPT)
    return number
