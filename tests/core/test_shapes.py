"""An answer is checked down to its last field, and complaints name types only."""

from __future__ import annotations

from enum import StrEnum

import pytest

from gongkai.hosting.shapes import sequence_of, shape
from gongkai.model.attribute import Severity
from gongkai.model.content import Block, Cell, Content, Flag, Format, Part
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.move import Allow, Refuse
from gongkai.model.reading import DocType, Entity, EntityKind, Observations, Span

SPAN = Span("line1", 0, 2, "甲乙")


class Foreign(StrEnum):
    KIND = "通知"


class Sub(Span):
    pass


def seen(**fields: object) -> Observations:
    return Observations(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        pytest.param(seen(), Observations, id="nothing seen"),
        pytest.param(seen(doc_types=(DocType("通知", 1, SPAN),)), Observations, id="int for float"),
        pytest.param(
            seen(doc_types=(DocType(Severity.WARNING, 0.5),)), Observations, id="a choice of ours"
        ),
        pytest.param(
            Content("0", Format.OFD, (Block("a", Part.PAGE, "", frozenset({Flag.WHITE})),)),
            Content,
            id="content with flags",
        ),
        pytest.param(
            Content("0", Format.OFD, (Block("a", Part.TABLE, "", cell=Cell("t1", 1, 1)),)),
            Content,
            id="content with a cell",
        ),
        pytest.param(Content("0", Format.OFD, properties=(("a", "b"),)), Content, id="pairs"),
        pytest.param(Allow(), Allow | Refuse, id="one of two"),
        pytest.param(Refuse("理由"), Allow | Refuse, id="the other"),
    ],
)
def test_what_a_hook_promises_fits(value: object, hint: object) -> None:
    assert shape(hint)(value) == ""


@pytest.mark.parametrize(
    ("value", "hint", "problem"),
    [
        pytest.param({}, Observations, "dict, not Observations", id="something else"),
        pytest.param(
            seen(doc_types=[]), Observations, ".doc_types: list, not tuple", id="a list for a tuple"
        ),
        pytest.param(
            seen(entities=(Entity(EntityKind.PERSON, Sub("a", 0, 1, "甲")),)),
            Observations,
            ".entities[0].span: Sub, not Span",
            id="a subclass does not travel",
        ),
        pytest.param(
            seen(doc_types=(DocType(Foreign.KIND, 0.5),)),
            Observations,
            ".doc_types[0].value: Foreign, not str",
            id="a foreign choice does not travel",
        ),
        pytest.param(
            seen(doc_types=(DocType("通知", True),)),
            Observations,
            ".doc_types[0].confidence: bool, not float",
            id="bool is no number",
        ),
        pytest.param(
            seen(doc_types=(DocType("通知", 0.5, Span("a", 0, "1", "甲")),)),  # type: ignore[arg-type]
            Observations,
            ".doc_types[0].evidence.end: str, not int",
            id="inside an optional value",
        ),
        pytest.param(
            Content("0", Format.OFD, properties=(("a", "b", "c"),)),  # type: ignore[arg-type]
            Content,
            ".properties[0]: tuple, not tuple of 2",
            id="three for two",
        ),
        pytest.param(True, Allow | Refuse, "bool, not Allow | Refuse", id="none of two"),
        pytest.param(Refuse(None), Allow | Refuse, ".reason: NoneType, not str", id="no reason"),  # type: ignore[arg-type]
    ],
)
def test_what_does_not_fit_is_named_by_field_and_type(
    value: object, hint: object, problem: str
) -> None:
    assert shape(hint)(value) == problem


@pytest.mark.parametrize("container", [list, tuple])
def test_findings_may_come_as_list_or_tuple(container: type) -> None:
    findings = container([Finding(FindingCode.PLUGIN, Severity.INFO, "a.1")])

    assert sequence_of(Finding)(findings) == ""
    assert sequence_of(Finding)(container(["x"])) == "[0]: str, not Finding"
    assert sequence_of(Finding)("x") == "str, not tuple"
