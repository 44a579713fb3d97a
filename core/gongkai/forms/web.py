"""The slip's page, for whoever has something to tell a drafter in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from gongkai.forms.filling import moment_words, values
from gongkai.forms.known import form_named, label
from gongkai.forms.papers import ReturnNotice
from gongkai.messages import language, say


@cache
def slip_template() -> Template:
    """The page of ``data/slip.html``; it is filled with matters in groups."""
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.from_string(files("gongkai").joinpath("data/slip.html").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A matter as the page names its parts."""

    headline: str
    where: str
    ground: str
    cure: str
    tag: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    notices: tuple[_Told, ...]

    @property
    def first(self) -> _Told:
        return self.notices[0]


def render_html(notice: ReturnNotice) -> str:
    """The notice of return as one self-contained page."""
    given = values(notice)
    matters = (_Told(m.what, m.place, m.basis, m.way_out) for m in given["matters"])
    by = "slip.by" if notice.automatic else "forms.answers"
    contact = given["checker"]
    if notice.phone:
        contact += say("forms.phone_brackets", phone=given["phone"])
    return slip_template().render(
        lang="zh-CN" if language() == "zh" else "en",
        heading=say("slip.heading_returned"),
        say=say,
        title=given["title"],
        facts=_facts(given),
        advice="",
        question="",
        asked=[_Group((matter,)) for matter in matters],
        look=(),
        more=0,
        hints=given["hints"],
        more_hints=max(0, notice.hint_count - len(notice.hints)),
        checked=given["checked"],
        unchecked=given["unchecked"],
        returned=True,
        by=say(by, contact=contact),
    )


def _facts(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    form = form_named("return_notice")
    shown = [
        ("number", given["number"]),
        ("round", say("forms.round", round=given["round"])),
        *((name, given[name]) for name in ("office", "section", "drafter", "urgency")),
        *((name, moment_words(given[name])) for name in ("submitted_at", "returned_at")),
    ]
    return [(label(form, name), text) for name, text in shown if text]
