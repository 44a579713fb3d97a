"""A document as an office sees it: one main file, its attachments, and what lies beside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.model.content import Block, Content


class Role(StrEnum):
    """What a file is to its bundle."""

    MAIN = "main"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle. ``number`` counts attachments from 1; the main file has 0."""

    name: str
    role: Role
    content: Content
    number: int = 0

    @property
    def prefix(self) -> str:
        """What the places of this file begin with in a bundle: "" or "attachment2/"."""
        return f"attachment{self.number}/" if self.role is Role.ATTACHMENT else ""


@dataclass(frozen=True, slots=True)
class IssueForm:
    """The 发文稿纸 as data (稿纸.json beside the document); the label often lives only there."""

    title: str = ""
    section: str = ""
    drafter: str = ""
    attribute: DisclosureAttribute | None = None
    attribute_text: str = ""
    reason: str = ""
    basis: str = ""
    is_secret_matter: bool | None = None
    urgency: str = ""
    co_signers: tuple[str, ...] = ()
    oa_id: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The unit of judgement (SRC-14: attachments are content).

    ``references`` are names of working material: recorded, never asked for a label.
    ``missing`` are attachments the main file lists and the folder lacks; ``unlisted``
    are attachments present but not listed.
    """

    main: Member
    attachments: tuple[Member, ...] = ()
    references: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    stage: Stage = Stage.SUBMITTED
    section: str = ""
    form: IssueForm | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """Main file first, then attachments in order."""
        return (self.main, *self.attachments)

    @property
    def input_digest(self) -> str:
        """sha256 over names and sha256 of main file and attachments: what a verdict is about."""
        digest = hashlib.sha256()
        for member in self.members:
            digest.update(
                f"{member.role}\0{member.name}\0{member.content.sha256}\n".encode(
                    "utf-8", "surrogateescape"
                )
            )
        return digest.hexdigest()

    def blocks(self) -> Iterator[tuple[Member, Block]]:
        """Every block with the file it stands in."""
        return ((member, block) for member in self.members for block in member.content.blocks)
