"""The words of the review, as codes: opinions, questions, authorities, parts in a joint paper."""

from __future__ import annotations

from enum import StrEnum


class Opinion(StrEnum):
    """What a reviewer says (SEC-11); shown as ``opinion_<value>``. Not an attribute."""

    OPEN = "OPEN"
    """公开: PROACTIVE and ON_REQUEST are open."""
    EXEMPT = "EXEMPT"
    """免于公开: the attribute has to be NOT_DISCLOSED."""
    REFER = "REFER"
    """需报审: frozen until somebody entitled has answered."""


STRICTNESS = (Opinion.OPEN, Opinion.EXEMPT)
"""Opinions that settle something, the more careful one last."""


class Question(StrEnum):
    """What nobody here can decide: two routes, two laws (SEC-13, SEC-14)."""

    LEVEL = "LEVEL"
    """是否属于国家秘密、何种密级 (保密法第二十五条)."""
    DISCLOSURE = "DISCLOSURE"
    """能否公开 (条例第十七条)."""


class Authority(StrEnum):
    """Who is asked; shown as ``authority_<value>``."""

    NATIONAL = "NATIONAL"
    PROVINCIAL = "PROVINCIAL"
    COMPETENT = "COMPETENT"
    SECRECY = "SECRECY"
    RELAY = "RELAY"
    """On the way up: hands the question on and cannot answer it."""


ENTITLED = {
    Question.LEVEL: frozenset({Authority.NATIONAL, Authority.PROVINCIAL}),
    Question.DISCLOSURE: frozenset(
        {Authority.COMPETENT, Authority.SECRECY, Authority.NATIONAL, Authority.PROVINCIAL}
    ),
}
"""Who can answer which question."""


class OurRole(StrEnum):
    """Our part in a paper (SEC-15)."""

    SOLE = "SOLE"
    LEAD = "LEAD"
    CO_MAKER = "CO_MAKER"


class ConsentAnswer(StrEnum):
    """What a co-maker said; "" stands for not yet."""

    AGREED = "AGREED"
    OBJECTED = "OBJECTED"


class EvidenceKind(StrEnum):
    """How a co-maker said it (B12)."""

    COUNTERSIGNED = "COUNTERSIGNED"
    REPLY = "REPLY"
    SYSTEM = "SYSTEM"


class Direction(StrEnum):
    """Which way a reverse decision goes (SRC-17)."""

    WITHHOLD = "WITHHOLD"
    """In the scope of disclosure, and not disclosed for now."""
    DISCLOSE = "DISCLOSE"
    """Outside it, and disclosed."""


class NoteKind(StrEnum):
    """What is written down about a leak."""

    NOTIFIED = "NOTIFIED"
    APPROVED = "APPROVED"
    OUTCOME = "OUTCOME"
