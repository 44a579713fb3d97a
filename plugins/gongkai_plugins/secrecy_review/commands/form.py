"""``gongkai case review-form``: the review on paper, to be filed or signed by hand (B15)."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import PathArgument, shown
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.store.whole_file import whole_file
from gongkai_plugins.secrecy_review.commands.desk import at_desk, command

DOCX = ".docx"


@command("review-form")
@click.argument("number")
@click.argument("out", type=PathArgument())
@option("--by", default="", metavar="NAME")
@click.pass_obj
def review_form(session: Session, number: str, out: Path, by: str) -> int:
    """Write the paper of a review as DOCX; a file that is there stays as it is."""
    # Laying out documents takes libraries that neither help nor usage errors need.
    from gongkai.forms.render import render_docx
    from gongkai.forms.templates import office_templates
    from gongkai_plugins.secrecy_review.form import review_form as filled

    if out.suffix.lower() != DOCX:
        out = out.with_name(out.name + DOCX)
    if out.exists():
        raise ActionRefused("case_print_exists", file=shown(out))
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        if facts.case.state is State.QUARANTINED:
            raise ActionRefused("case_stopped", number=number)
        title = desk.work.dossier(number, me).title
        paper = filled(facts, title, desk.rules.profile, desk.work.office.settings)
        data = render_docx(paper, office_templates(desk.work.office.template_folder))
    try:
        with whole_file(out) as stream:
            stream.write(data)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("case_unwritten", folder=shown(out), problem=problem) from error
    session.tell(say("case.printed", file=shown(out)))
    return 0
