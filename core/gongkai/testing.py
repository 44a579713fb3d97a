"""The test bench for plugin authors; as stable as the hooks themselves.

>>> from gongkai import hookimpl
>>> class Chatty:
...     @hookimpl
...     def on_event(self, event):
...         raise ValueError("boom")
>>> [failure.plugin for failure in host_with(chatty=Chatty()).on_event(an_event("judged"))]
['chatty']
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gongkai.host import TIME_LIMIT, Host
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.move import Event, Move
from gongkai.model.reading import Citation, DocType, Observations, Reading

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile
    from gongkai.samples.gbt9704 import OfficialDocument

__all__ = [
    "a_bundle",
    "a_citation",
    "a_document",
    "a_move",
    "a_profile",
    "a_reading",
    "an_event",
    "an_official_document",
    "host_with",
]

AT = "2026-11-21T10:32:00+08:00"
FINGERPRINT = "0" * 64


def host_with(*, time_limit: float = TIME_LIMIT, **plugins: object) -> Host:
    """A host of these plugins and no others, each called by its keyword.

    A plugin is a module or an object whose functions carry ``@hookimpl``.
    """
    return Host.of(plugins, time_limit)


def a_document(text: str, name: str = "通知.txt") -> Content:
    """Plain text as gongkai reads it: the file's name, then one block per line."""
    lines = enumerate(text.splitlines(), 1)
    blocks = (Block(f"line{number}", Part.BODY, line) for number, line in lines)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Content(digest, Format.TEXT, (Block("name", Part.NAME, name), *blocks))


def an_official_document(
    content: OfficialDocument | None = None, name: str = "通知.docx"
) -> Content:
    """A real DOCX laid out after GB/T 9704, written and read back.

    ``content`` is a ``gongkai.samples.gbt9704.OfficialDocument``; its defaults make a 通知.
    """
    # Most plugins are tested on plain text and need none of the readers' libraries.
    from gongkai.documents.read import read_bytes
    from gongkai.samples.gbt9704 import OfficialDocument, official_document

    return read_bytes(official_document(content or OfficialDocument()), name)


def a_bundle(
    main: Content | str,
    *attachments: Content | str,
    stage: Stage = Stage.SUBMITTED,
    section: str = "示例科",
) -> Bundle:
    """A document with its attachments; plain text is read as ``a_document`` does."""
    members = [
        Member(_name(content), Role.ATTACHMENT if number else Role.MAIN, content, number)
        for number, content in enumerate(map(_content, (main, *attachments)))
    ]
    return Bundle(members[0], tuple(members[1:]), stage=stage, section=section)


def a_profile(id: str = "national_2019") -> Profile:
    """A profile gongkai brings along."""
    from gongkai.policy.profile import load_profile

    return load_profile(id)


def a_reading(kind: str = "通知", observed: Observations | None = None) -> Reading:
    """What a bundle says, as ``check_bundle`` gets it."""
    seen = observed or Observations()
    return Reading(
        DocType(kind, 0.9),
        seen.elements,
        seen.labels,
        seen.marks,
        seen.citations,
        seen.entities,
        seen.topics,
        seen.triggers,
        seen.components,
    )


def a_citation(title: str = "关于示例工作的通知", doc_number: str = "示发〔2026〕1号") -> Citation:
    """A document that is being forwarded."""
    return Citation(title, doc_number)


def a_move(
    target: str,
    *,
    source: str = "determined",
    role: str = "office",
    actor: str = "张晓明示例",
    attribute: DisclosureAttribute | None = DisclosureAttribute.PROACTIVE,
) -> Move:
    """A wanted change of state."""
    return Move("1", source, target, actor, role, 1, FINGERPRINT, attribute)


def an_event(kind: str, subject: str = "1", **details: str) -> Event:
    """Something that has happened."""
    return Event(kind, subject, AT, "张晓明示例", tuple(details.items()))


def _content(given: Content | str) -> Content:
    return a_document(given) if isinstance(given, str) else given


def _name(content: Content) -> str:
    return next((block.text for block in content.blocks if block.part is Part.NAME), "")
