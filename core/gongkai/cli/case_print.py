"""``gongkai case print``: a case on paper, from the office's own templates where it has some."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.casework.dossier import Dossier, last_found
from gongkai.casework.papers import check_sheet, return_notice, trail
from gongkai.cli.arguments import Choice, PathArgument, shown
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_work import Work, at_work
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.forms.papers import Paper
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.moment import now
from gongkai.store import chain
from gongkai.store.returns import Notice
from gongkai.store.whole_file import whole_file

SHEET, NOTICE, TRAIL = "核对单", "退回通知单", "办理过程"
DOCX = ".docx"


@click.command("print", cls=Command)
@click.argument("number")
@click.argument("form", type=Choice([SHEET, NOTICE, TRAIL]))
@click.argument("out", type=PathArgument())
@option("--notice", "which_notice", default="", metavar="NUMBER")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def print_(session: Session, number: str, form: str, out: Path, which_notice: str, by: str) -> int:
    """Write one form of a case as DOCX; an existing file stays as it is."""
    if out.suffix.lower() != DOCX:
        out = out.with_name(out.name + DOCX)
    if out.exists():
        raise ActionRefused("case_print_exists", file=shown(out))
    with at_work(session) as work:
        number = work.number_of(number)
        with work.database.read() as connection:
            viewer = acting_here(session, connection, by)
        seen = work.dossier(number, viewer)
        data = printed(work, _paper(work, seen, form, which_notice))
    try:
        with whole_file(out) as stream:
            stream.write(data)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("case_unwritten", folder=shown(out), problem=problem) from error
    session.tell(say("case.printed", file=shown(out)))
    return 0


def every_paper(work: Work, seen: Dossier) -> dict[str, Paper]:
    """All forms of a case by the name of the file they belong into."""
    papers = {SHEET + DOCX: _paper(work, seen, SHEET), TRAIL + DOCX: _paper(work, seen, TRAIL)}
    for notice in seen.notices:
        papers[f"{NOTICE}（{notice.number}）{DOCX}"] = _notice(work, seen, notice)
    return papers


def printed(work: Work, paper: Paper) -> bytes:
    """A paper as DOCX."""
    # Laying out documents takes libraries that neither help nor usage errors need.
    from gongkai.forms.render import render_docx
    from gongkai.forms.templates import office_templates

    return render_docx(paper, office_templates(work.office.template_folder))


def _paper(work: Work, seen: Dossier, form: str, which: str = "") -> Paper:
    if seen.case.state is State.QUARANTINED:
        raise ActionRefused("case_stopped", number=seen.case.number)
    settings, profile = work.office.settings, work.profile
    match form:
        case "核对单":
            return check_sheet(seen, profile, settings)
        case "办理过程":
            with work.database.read() as connection:
                head = chain.head(connection)
            foot = say("case.chain_foot", seq=head.seq, hash=head.hash[:16])
            return trail(seen, profile, settings, now(), foot)
        case _:
            wanted = [n for n in seen.notices if which in ("", n.number)]
            if not wanted:
                raise ActionRefused("case_no_notice", number=seen.case.number)
            return _notice(work, seen, wanted[-1])


def _notice(work: Work, seen: Dossier, notice: Notice) -> Paper:
    with work.database.read() as connection:
        then = last_found(connection, seen.case, notice.made_at)
    return return_notice(seen, notice, then, work.profile, work.office.settings)
