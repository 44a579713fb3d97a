"""Whose paper it is, told by issuer and number: the Party's, another body's, or our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.model.reading import ElementName, MarkKind, Reading
from gongkai.policy.entries import fold
from gongkai.policy.names import names, same_body

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile
    from gongkai.settings import Organization

_PREFIX = re.compile(r"^[^\d〔\[(【（［<]*")


def number_prefix(doc_number: str) -> str:
    """The agency code of a document number: 卫人社发 of 卫人社发〔2026〕5号."""
    match = _PREFIX.match(fold(doc_number))
    return match.group() if match else ""


def is_process_material(name: str, words: tuple[str, ...]) -> bool:
    """Whether a file's name says that it is working material, never a document (A4)."""
    folded = fold(name)
    return any(fold(word) in folded for word in words)


def party_document(reading: Reading, organization: Organization, profile: Profile) -> bool:
    """Whether a paper is the Party's: by its number, else because all its issuers are (SRC-24).

    A joint paper under a government number is a government paper.
    """
    prefix = number_prefix(reading.element(ElementName.DOC_NUMBER))
    if prefix:
        if any(prefix.startswith(fold(own)) for own in organization.party_prefixes if own):
            return True
        if any(prefix.startswith(fold(own)) for own in organization.doc_number_prefixes if own):
            return False
        if prefix.endswith(tuple(profile.keys.scope.party_number_words.value)):
            return True
    issuers = _issuers(reading)
    return bool(issuers) and all(_is_party(issuer, profile) for issuer in issuers)


def _is_party(issuer: str, profile: Profile) -> bool:
    for word in profile.keys.scope.party_issuers.value:
        position = issuer.find(word)
        # 市委 is the Party's, 政协…市委员会 is not.
        if position >= 0 and not (
            word.endswith("委") and issuer[position + len(word) :].startswith("员会")
        ):
            return True
    return False


def received(reading: Reading, organization: Organization) -> bool | None:
    """Whether another body made the paper (A5); None when it cannot be told.

    Own number prefix or own name among the issuers: ours. A draft in a superior's name may
    be one we write for it (代拟稿), so that cannot be told either.
    """
    own = tuple(name for name in (organization.name, *organization.aliases) if name)
    prefixes = (*organization.doc_number_prefixes, *organization.party_prefixes)
    prefix = number_prefix(reading.element(ElementName.DOC_NUMBER))
    issuers = _issuers(reading)
    if prefix and any(prefix.startswith(fold(known)) for known in prefixes if known):
        return False
    if any(same_body(issuer, name) for issuer in issuers for name in own):
        return False
    known = bool(own and issuers) or bool(organization.doc_number_prefixes and prefix)
    if not known:
        return None
    drafted = any(mark.kind is MarkKind.DRAFT for mark in reading.marks)
    above = any(same_body(i, body) for i in issuers for body in organization.superiors)
    return None if drafted and above else True


def _issuers(reading: Reading) -> tuple[str, ...]:
    signed = names(reading.values(ElementName.SIGNATURE))
    headed = names(reading.values(ElementName.ISSUER))
    return (*signed, *(name.removesuffix("文件") for name in headed))
