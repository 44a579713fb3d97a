"""Which papers there are, under which file names an office may lay its own templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import get_args, get_type_hints

from gongkai.forms.papers import CheckSheet, Ledger, Paper, ReturnNotice, ReviewForm, Trail
from gongkai.messages import has, say


class Sort(StrEnum):
    """What a field holds; a group has fields of its own, a list repeats them."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    GROUP = "group"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Form:
    """One paper: its name on the command line, its fields, the stem and suffixes of its files."""

    name: str
    paper: type[Paper]
    stem: str
    suffixes: tuple[str, ...] = (".docx",)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its templates, the same in every language."""
        return tuple(self.stem + suffix for suffix in self.suffixes)

    @property
    def title(self) -> str:
        """What stands at the head of the paper."""
        return say(f"forms.heading_{self.name}")


FORMS = (
    Form("return_notice", ReturnNotice, "退回重新办理通知单"),
    Form("check_sheet", CheckSheet, "公开属性核对单"),
    Form("review_form", ReviewForm, "保密审查审批表"),
    Form("ledger", Ledger, "登记台账", (".xlsx", ".docx")),
    Form("trail", Trail, "办理过程"),
)
ENTRIES = "entries"
ENTRY = "entry"
"""What one of the entries is called in the row of a workbook that repeats."""


def form_of(paper: Paper) -> Form:
    """The form a paper is printed on."""
    return next(form for form in FORMS if form.paper is type(paper))


def form_named(name: str) -> Form:
    """The form of that name; raises ``StopIteration`` for none."""
    return next(form for form in FORMS if form.name == name)


def fields_of(paper: type) -> dict[str, Sort]:
    """Every field a template may name, those of groups and lists with a dot, in order."""
    return dict(_fields(paper))


def label(form: Form, field: str) -> str:
    """A field in the words that stand before it on the paper."""
    own = f"forms.{form.name}.{field}"
    return say(own if has(own) else f"forms.field.{field.rpartition('.')[2]}")


def _fields(paper: type, prefix: str = "") -> Iterator[tuple[str, Sort]]:
    hints = get_type_hints(paper)
    for each in fields(paper):
        kind, name = hints[each.name], prefix + each.name
        inner = next(iter(get_args(kind)), kind)
        if is_dataclass(inner):
            yield name, Sort.LIST if inner is not kind else Sort.GROUP
            assert isinstance(inner, type)
            yield from _fields(inner, f"{name}.")
        elif inner is not kind:
            yield name, Sort.LIST
        else:
            yield name, {int: Sort.NUMBER, bool: Sort.YES_NO}.get(kind, Sort.TEXT)
