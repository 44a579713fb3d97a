"""``gongkai init``: lay out an office folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from gongkai.cli.arguments import FolderPath, shown
from gongkai.cli.session import Session, account_name
from gongkai.cli.words import Command, option
from gongkai.errors import ConfigurationError
from gongkai.messages import say
from gongkai.settings import SETTINGS_FILE, Contact, Contacts, Folder, Office, load_office
from gongkai.store.database import Database
from gongkai.store.secrets import office_key
from gongkai.watch.watcher import Watcher

FOLDERS = ("拟稿", "送核", "来文")
NOBODY = ("", "")


@click.command("init", cls=Command)
@click.argument("folder", type=FolderPath())
@option("--admin", default="", metavar="NAME")
@option("--organization", default="", metavar="NAME")
@option("--profile", default="national_2019", metavar="ID")
@option("--office-contact", nargs=2, default=NOBODY, metavar="NAME PHONE")
@option("--secrecy-officer", nargs=2, default=NOBODY, metavar="NAME PHONE")
@option("--disclosure-office", nargs=2, default=NOBODY, metavar="NAME PHONE")
@click.pass_obj
def init(
    session: Session,
    folder: Path,
    admin: str,
    organization: str,
    profile: str,
    office_contact: tuple[str, str],
    secrecy_officer: tuple[str, str],
    disclosure_office: tuple[str, str],
) -> int:
    """Create the folder, its settings, data, profiles and plugins."""
    session.profile(profile)
    refuse_existing(folder)
    asked = session.interactive
    if asked:
        organization = organization or _ask("organization")
        admin = admin or click.prompt(say("cli.ask_admin"), default=account_name(), err=True)
    contacts = Contacts(
        office=_contact("office", office_contact, asked=asked),
        secrecy_officer=_contact("officer", secrecy_officer, asked=asked),
        disclosure_office=_contact("disclosure_office", disclosure_office, asked=asked),
    )
    admin = admin or account_name()
    office = lay_out(folder, organization, admin, profile, contacts)
    session.tell(say("cli.init_done", folder=shown(office.root)))
    session.tell(say("cli.not_for_secrets"))
    session.remark(say("people.small_office_begins", name=admin, file=SETTINGS_FILE))
    for person in office.settings.person:
        if not person.accounts:
            session.remark(say("cli.init_account", name=person.name, file=SETTINGS_FILE))
    if not all(contact.name and contact.phone for contact in _all(contacts)):
        session.remark(say("cli.init_contacts", file=SETTINGS_FILE))
    return 0


def lay_out(
    folder: Path,
    organization: str,
    admin: str,
    profile: str,
    contacts: Contacts | None = None,
) -> Office:
    """A new office at ``folder``; nobody but its owner can write to it.

    Raises ``ConfigurationError`` when there is one already: its settings are never replaced.
    """
    refuse_existing(folder)
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    for name in ("profiles", "plugins", *FOLDERS):
        (folder / name).mkdir(mode=0o750, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data").chmod(0o700)
    file = folder / SETTINGS_FILE
    file.touch(mode=0o640)
    for path in (folder, folder / "plugins", folder / "profiles", file):
        # Whoever can write here can have any code run, whatever the umask says (decision 10).
        path.chmod(path.stat().st_mode & 0o7755)
    file.write_text(_settings(organization, admin, profile, contacts or Contacts()), "utf-8")
    office = load_office(folder)
    office_key(office.data)
    with Database(office.database_url) as database:
        database.migrate()
        # What is saved from now on is new, even before the watch first starts (A5).
        Watcher(office, database, lambda changes: None, wanted=_empty_in(office)).once()
    return office


def _empty_in(office: Office) -> Callable[[Folder], bool]:
    return lambda folder: not any(office.folder_path(folder).iterdir())


def refuse_existing(folder: Path) -> None:
    """Raise ``ConfigurationError`` when ``folder`` is an office already."""
    if (folder / SETTINGS_FILE).exists():
        raise ConfigurationError("office_exists", folder=shown(folder))


def _settings(organization: str, admin: str, profile: str, contacts: Contacts) -> str:
    template = Template(files("gongkai").joinpath("data/office.toml").read_text("utf-8"))
    named = {
        f"{role}_{part}": _quoted(getattr(contact, part))
        for role, contact in zip(("office", "officer", "disclosure"), _all(contacts), strict=True)
        for part in ("name", "phone")
    }
    return template.substitute(
        profile=_quoted(profile),
        organization=_quoted(organization),
        people=_people(admin, contacts.secrecy_officer.name),
        **named,
    )


def _people(admin: str, officer: str) -> str:
    """The admin, and the secrecy officer where somebody else was named.

    On the first day one person does all; the settings say so (``small_office``).
    """
    apart = bool(officer) and officer != admin
    roles = ["administrator", "office", *([] if apart else ["secrecy_officer"])]
    people = [(admin, roles, [account_name()])]
    if apart:
        people.append((officer, ["secrecy_officer"], []))
    return "\n".join(
        f"[[person]]\nname = {_quoted(name)}\nroles = {_array(roles)}\n"
        f"accounts = {_array(accounts)}\n"
        for name, roles, accounts in people
    )


def _contact(role: str, given: tuple[str, str], *, asked: bool) -> Contact:
    name, phone = given
    if asked and not name and (name := _ask(f"contact_{role}")):
        phone = _ask("phone")
    return Contact(name=name, phone=phone)


def _ask(what: str) -> str:
    answer: str = click.prompt(say(f"cli.ask_{what}"), default="", show_default=False, err=True)
    return answer


def _all(contacts: Contacts) -> tuple[Contact, Contact, Contact]:
    return contacts.office, contacts.secrecy_officer, contacts.disclosure_office


def _array(texts: list[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's, which wants DEL escaped too."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
