"""Filling a DOCX template: checked whole before, well-formed after, or nothing at all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.documents.package import PackageRefused, open_package
from gongkai.errors import ConfigurationError
from gongkai.forms.filling import FAILURES, environment, values
from gongkai.forms.package import settled
from gongkai.forms.papers import Paper
from gongkai.forms.placeholders import fields_used, refuse_unknown
from gongkai.messages import say

_TAG = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_RAW = re.compile(r"\{\{(?:r|p|tr|tc)\s[^}]*(?:\}\}|$)")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SHOWN = 40
"""Characters of a placeholder an error quotes."""


def fill_docx(data: bytes, paper: Paper, source: str) -> bytes:
    """The template filled; ``source`` names it in errors.

    Raises ``ConfigurationError`` for a template that is no DOCX, has a broken placeholder,
    or names a field the paper does not have.
    """
    template = _checked(data, type(paper), source)
    given, markup = values(paper), environment(markup=True)
    try:
        # The library mends broken markup by leaving text out; ours is looked at first.
        etree.fromstring(template.build_xml(given, markup))
        template.render(given, markup)
        target = io.BytesIO()
        template.save(target)
    except etree.XMLSyntaxError as error:
        problem = say("errors.template_crossing")
        raise ConfigurationError("template_broken", file=source, problem=problem) from error
    except FAILURES as error:
        problem = say("errors.template_filling", kind=type(error).__name__)
        raise ConfigurationError("template_broken", file=source, problem=problem) from error
    return settled(target.getvalue())


def check_docx(data: bytes, paper: type[Paper], source: str) -> frozenset[str]:
    """The fields a template asks for; raises ``ConfigurationError`` like ``fill_docx``."""
    template = _checked(data, paper, source)
    return frozenset(_used(template, source))


def _checked(data: bytes, paper: type[Paper], source: str) -> DocxTemplate:
    template = _opened(data, source)
    refuse_unknown(_used(template, source), paper, source)
    return template


def _opened(data: bytes, source: str) -> DocxTemplate:
    try:
        package = open_package(data, Limits())
        for name in package.names:
            package.read(name)
        template = DocxTemplate(io.BytesIO(data))
        template.render_init()
    except (PackageRefused, ValueError, KeyError, etree.XMLSyntaxError) as error:
        raise ConfigurationError("template_not_docx", file=source) from error
    return template


def _used(template: DocxTemplate, source: str) -> set[str]:
    found: set[str] = set()
    for story in _stories(template):
        _refuse_raw(_MARKUP.sub("", story), source)
        markup = template.patch_xml(story)
        try:
            tree = environment(markup=True).parse(markup)
        except TemplateSyntaxError as error:
            problem = _broken(markup)
            raise ConfigurationError("template_broken", file=source, problem=problem) from error
        found |= fields_used(tree)
    return found


def _stories(template: DocxTemplate) -> Iterator[str]:
    """Body, headers, footers and footnotes as they stand in the file."""
    yield template.get_xml()
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.get_part_xml(part)
    for part in template.get_docx().part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield template.xml_to_string(parse_xml(part.blob))


def _refuse_raw(text: str, source: str) -> None:
    # These put a value in as markup: a text would be lost, or be more than a text.
    if found := _RAW.search(text):
        problem = say("errors.template_tag", tag=found.group()[:SHOWN])
        raise ConfigurationError("template_broken", file=source, problem=problem)


def _broken(markup: str) -> str:
    """Which placeholder is wrong; that pairs are incomplete when each one is right."""
    for found in _TAG.finditer(_MARKUP.sub("", markup)):
        tag = found.group()
        closed = tag.endswith(("}}", "%}"))
        if closed and tag.startswith("{%"):
            continue
        try:
            environment(markup=True).parse(tag)
        except TemplateSyntaxError:
            return say("errors.template_tag", tag=tag[:SHOWN].strip())
    return say("errors.template_pairs")
