"""Builds bundles for the classifier tests from lines of text."""

from __future__ import annotations

from gongkai.model.bundle import Bundle, IssueForm, Member, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.policy.profile import Profile, load_profile
from gongkai_classifiers.doc_type import doc_types
from gongkai_classifiers.view import View


def profile() -> Profile:
    return load_profile("national_2019")


def content(*lines: str, name: str = "正文.txt", properties: tuple[tuple[str, str], ...] = ()):
    blocks = [Block("name", Part.NAME, name)]
    blocks += [Block(f"line{n}", Part.BODY, text) for n, text in enumerate(lines, 1) if text]
    return Content("0" * 64, Format.TEXT, tuple(blocks), properties=properties)


def view_of(main: Content, *attachments: Content, form: IssueForm | None = None) -> View:
    members = tuple(
        Member(paper.blocks[0].text, Role.ATTACHMENT, paper, number)
        for number, paper in enumerate(attachments, 1)
    )
    name = main.blocks[0].text
    bundle = Bundle(Member(name, Role.MAIN, main), members, form=form)
    return View(bundle, profile())


def view(*lines: str, name: str = "正文.txt") -> View:
    return view_of(content(*lines, name=name))


def kind_of(*lines: str, name: str = "正文.txt") -> str:
    return doc_types(view(*lines, name=name))[0].value
