"""``gongkai init``: lay out an office folder."""

from __future__ import annotations

import getpass
import json
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ConfigurationError
from gongkai.messages import say
from gongkai.settings import SETTINGS_FILE, Contacts, Office, load_office
from gongkai.store.database import Database
from gongkai.store.secrets import office_key

FOLDERS = ("拟稿", "送核", "来文")


@click.command("init", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--admin", default="")
@option("--organization", default="")
@option("--profile", default="national_2019", metavar="ID")
@click.pass_obj
def init(session: Session, folder: Path, admin: str, organization: str, profile: str) -> int:
    """Create the folder, its settings, data, profiles and plugins."""
    session.profile(profile)
    if session.interactive:
        organization = organization or click.prompt(say("cli.ask_organization"), default="")
        admin = admin or click.prompt(say("cli.ask_admin"), default=getpass.getuser())
    office = lay_out(folder, organization, admin or getpass.getuser(), profile)
    session.out.print(say("cli.init_done", folder=str(office.root)))
    if office.settings.contacts == Contacts():
        session.err.print(say("cli.init_contacts", file=SETTINGS_FILE))
    session.out.print(say("cli.not_for_secrets"))
    return 0


def lay_out(folder: Path, organization: str, admin: str, profile: str) -> Office:
    """A new office at ``folder``.

    Raises ``ConfigurationError`` when there is one already: its settings are never replaced.
    """
    if (folder / SETTINGS_FILE).exists():
        raise ConfigurationError("office_exists", folder=str(folder))
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    for name in ("profiles", "plugins", *FOLDERS):
        (folder / name).mkdir(mode=0o750, exist_ok=True)
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    template = Template(files("gongkai").joinpath("data/office.toml").read_text("utf-8"))
    text = template.substitute(
        profile=profile,
        organization=_quoted(organization),
        admin=_quoted(admin),
        account=_quoted(getpass.getuser()),
    )
    (folder / SETTINGS_FILE).write_text(text, "utf-8")
    office = load_office(folder)
    office_key(office.data)
    database = Database(office.database_url)
    try:
        database.migrate()
    finally:
        database.close()
    return office


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)
