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
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gongkai.host import BUILT_INS, TIME_LIMIT, Host
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.move import Event, Move
from gongkai.model.reading import Citation, DocType, Observations, Reading

if TYPE_CHECKING:
    from gongkai.examined import Examined, Stopped
    from gongkai.judging.brief import Facts
    from gongkai.model.verdict import Verdict
    from gongkai.policy.profile import Profile
    from gongkai.samples.gbt9704 import OfficialDocument
    from gongkai.settings import Organization

__all__ = [
    "a_bundle",
    "a_citation",
    "a_document",
    "a_move",
    "a_profile",
    "a_reading",
    "an_event",
    "an_official_document",
    "examined",
    "host_with",
    "judged",
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


def examined(
    files: Mapping[str, bytes] | OfficialDocument | None = None,
    *,
    plugins: Mapping[str, object] | None = None,
    stage: Stage = Stage.SUBMITTED,
    profile: str = "national_2019",
    released: frozenset[str] = frozenset(),
) -> Examined | Stopped:
    """One bundle read and observed in this process, by the built-in classifiers and ``plugins``.

    ``files`` are the names and bytes of everything in the document's folder, 稿纸.json
    included, or the ``OfficialDocument`` to be written as 通知.docx. ``released`` are sha256 of
    files a secrecy officer has let go; without it a secrecy mark gives ``Stopped``.
    """
    from gongkai.examined import Request
    from gongkai.pipeline import Examination

    built_ins = {each.name: import_module(each.module) for each in BUILT_INS}
    examination = Examination(None, Host.of({**built_ins, **(plugins or {})}))
    with TemporaryDirectory(prefix="gongkai-") as folder:
        paths = []
        for name, data in _files(files).items():
            path = Path(folder) / name
            path.write_bytes(data)
            paths.append(str(path))
        request = Request(tuple(paths), profile, stage, released=released)
        return examination(request, lambda text: None)


def judged(
    files: Mapping[str, bytes] | OfficialDocument | None = None,
    *,
    plugins: Mapping[str, object] | None = None,
    stage: Stage = Stage.SUBMITTED,
    profile: str = "national_2019",
    organization: Organization | None = None,
    facts: Facts | None = None,
) -> Verdict:
    """The verdict on one bundle, the whole way from bytes on, in this process.

    ``files`` and ``plugins`` as for ``examined``; ``facts`` are what an office would know.
    Raises ``ValueError`` for a bundle with a secrecy mark: it is stopped, never judged.
    """
    from gongkai.examined import Stopped
    from gongkai.judging.verdict import verdict
    from gongkai.records import facts_without_store, one_time_digest
    from gongkai.settings import Organization

    found = examined(files, plugins=plugins, stage=stage, profile=profile)
    if isinstance(found, Stopped):
        raise ValueError("a secrecy mark stops the bundle: there is no verdict")
    return verdict(
        found,
        facts or facts_without_store(found),
        a_profile(profile),
        organization or Organization(),
        one_time_digest(),
    )


def _files(given: Mapping[str, bytes] | OfficialDocument | None) -> Mapping[str, bytes]:
    if isinstance(given, Mapping):
        return given
    from gongkai.samples.gbt9704 import OfficialDocument, official_document

    return {"通知.docx": official_document(given or OfficialDocument())}


def _content(given: Content | str) -> Content:
    return a_document(given) if isinstance(given, str) else given


def _name(content: Content) -> str:
    return next((block.text for block in content.blocks if block.part is Part.NAME), "")
