"""Papers of others that pass by are known afterwards, under the label they bear (SRC-24, C-24).

What another body made, and by a profile's ``scope.party_documents = "record"`` what the Party
made, may be forwarded one day. What a person has recorded of it stands; gongkai corrects only
what it entered itself.
"""

from __future__ import annotations

import datetime
import re

from sqlalchemy import Connection

from gongkai.examined import Examined
from gongkai.excerpts import Excerpts
from gongkai.model.attribute import DisclosureAttribute, strictest
from gongkai.model.content import NoteScope
from gongkai.model.determination import Source, SourceStatus
from gongkai.model.reading import ElementName, LabelScope
from gongkai.moment import now
from gongkai.policy.lexicon import party_document, received
from gongkai.policy.profile import Profile
from gongkai.service.again import waiting_for_sources
from gongkai.settings import Office, Organization
from gongkai.store import sources
from gongkai.store.requests import ask_for


def enter(
    connection: Connection,
    document: int,
    examined: Examined,
    profile: Profile,
    office: Office,
    by: str,
) -> Source | None:
    """Record a paper somebody else made as a possible source; None when there is nothing new.

    Documents that waited for a source are judged again.
    """
    if not _wanted(examined, profile, office.settings.organization):
        return None
    reading, cover = examined.reading, Excerpts(examined.bundle, examined.reading).cover
    issuer = reading.element(ElementName.ISSUER).removesuffix("文件")
    # A title as it is cited: 转发《关于…的通知》 leaves out whose it is.
    title = cover(reading.element(ElementName.TITLE).removeprefix(issuer)).strip("《》 ")
    number = cover(reading.element(ElementName.DOC_NUMBER))
    if not title:
        return None
    status, attribute = _label(examined)
    found = Source(
        id="",
        title=title,
        doc_number=number,
        issuer=cover(issuer),
        signed_date=_iso(reading.element(ElementName.SIGNED_DATE)),
        status=status,
        attribute=attribute,
        evidence=sources.evidence_of(document),
        recorded_by=by,
        recorded_at=now(),
    )
    known = sources.find(connection, title, number)
    if known is not None and (known.recorded_by != by or _says_the_same(known, found)):
        return None
    entered = sources.add(connection, found)
    ask_for(connection, waiting_for_sources(connection))
    return entered


def _wanted(examined: Examined, profile: Profile, organization: Organization) -> bool:
    if not examined.bundle.main.content.readable:
        return False
    if party_document(examined.reading, organization, profile):
        return profile.scope_party_documents == "record"
    return received(examined.reading, organization) is True


def _label(examined: Examined) -> tuple[SourceStatus, DisclosureAttribute | None]:
    """Its own label; of several the strictest. What was not read to the end may bear one unseen."""
    own = [
        label.attribute
        for label in examined.reading.labels
        if label.scope is LabelScope.OWN and label.attribute is not None
    ]
    if own:
        return SourceStatus.LABELLED, strictest(own)
    notes = examined.bundle.main.content.notes
    partly = any(note.scope is not NoteScope.NOTHING for note in notes)
    return (SourceStatus.ILLEGIBLE if partly else SourceStatus.UNLABELLED), None


def _iso(text: str) -> str:
    numbers = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?", "".join(text.split()))
    try:
        return datetime.date(*map(int, numbers.groups())).isoformat() if numbers else ""
    except ValueError:
        return ""


def _says_the_same(known: Source, found: Source) -> bool:
    return (known.title, known.doc_number, known.status, known.attribute) == (
        found.title,
        found.doc_number,
        found.status,
        found.attribute,
    )
