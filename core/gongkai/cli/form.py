"""``gongkai form``: the papers of the procedure, and templates of the office's own."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from gongkai.cli.arguments import Choice, FolderPath, shown
from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group
from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.forms.known import FORMS, Sort, fields_of, form_named, label
from gongkai.forms.templates import OURS, office_templates, strangers
from gongkai.messages import say

NAME = Choice([form.name for form in FORMS])


@click.group("form", cls=Group)
def form() -> None:
    """Commands about forms."""


@form.command("list", cls=Command)
@click.pass_obj
def list_(session: Session) -> int:
    """Every form with its files; each template of the office is checked, problems exit with 78."""
    # Laying out documents takes libraries that neither help nor usage errors need.
    from gongkai.forms.render import check

    office = session.office_or_none()
    templates = office_templates(office.template_folder) if office else OURS
    problems = []
    for known in FORMS:
        session.out.print(f"{known.name}  {known.title}")
        for name in known.files:
            whose = say("cli.form_own" if name in templates.found else "cli.form_ours")
            session.out.print(f"    {name}  {whose}")
        try:
            check(known, templates)
        except ConfigurationError as error:
            problems.append(error)
    for name in strangers(office.template_folder) if office else ():
        session.remark(say("cli.form_stranger", name=shown(Path(name))))
    for problem in problems:
        session.remark(str(problem))
    return ConfigurationError.exit_code if problems else 0


@form.command("fields", cls=Command)
@click.argument("name", type=NAME)
@click.pass_obj
def fields(session: Session, name: str) -> int:
    """Every field a template of this form may name, with what it holds."""
    known = form_named(name)
    table = Table(box=None, pad_edge=False, show_header=False)
    for field, sort in fields_of(known.paper).items():
        kind = "" if sort is Sort.TEXT else say(f"cli.form_sort_{sort}")
        table.add_row(field, label(known, field), kind)
    session.out.print(table)
    return 0


@form.command("write", cls=Command)
@click.argument("name", type=NAME)
@click.argument("folder", type=FolderPath())
@click.pass_obj
def write(session: Session, name: str, folder: Path) -> int:
    """Write a form's default templates; a file that is there already is never replaced."""
    from gongkai.forms.render import default_template

    paths = [folder / file for file in form_named(name).files]
    for path in paths:
        if path.exists():
            raise ActionRefused("template_exists", file=shown(path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            with path.open("xb") as stream:
                stream.write(default_template(path.name))
            session.tell(say("cli.form_written", file=shown(path)))
    except OSError as error:
        raise ConfigurationError("template_unwritable", folder=shown(folder)) from error
    session.tell(say("cli.form_how"))
    return 0
