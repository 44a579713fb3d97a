"""稿纸.json: what the OA's issue form says about a document (A2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from gongkai.errors import UnreadableDocument
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import IssueForm

_LARGEST = 1 << 20


class _Form(BaseModel):
    """The keys of the file. Types are not bent: a number is no title."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    title: str = ""
    section: str = ""
    drafter: str = ""
    attribute: str = ""
    reason: str = ""
    basis: str = ""
    is_secret_matter: bool | None = None
    urgency: str = ""
    co_signers: list[str] = []
    oa_id: str = ""


def parse_issue_form(
    data: bytes, source: str, attribute_for: Callable[[str], DisclosureAttribute | None]
) -> IssueForm:
    """The form in the bytes of a 稿纸.json; keys that mean nothing here are passed over.

    ``attribute_for`` reads the label's wording; a wording it does not know is kept as text
    with no attribute, so that nobody guesses. Raises ``UnreadableDocument`` naming ``source``
    and the key, never the value.
    """
    if len(data) > _LARGEST:
        raise UnreadableDocument("issue_form_syntax", file=source)
    try:
        form = _Form.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if not first["loc"]:
            raise UnreadableDocument("issue_form_syntax", file=source) from None
        key = ".".join(str(part) for part in first["loc"])
        raise UnreadableDocument("issue_form_value", file=source, key=key) from None
    wording = form.attribute.strip()
    return IssueForm(
        title=form.title,
        section=form.section,
        drafter=form.drafter,
        attribute=attribute_for(wording) if wording else None,
        attribute_text=wording,
        reason=form.reason,
        basis=form.basis,
        is_secret_matter=form.is_secret_matter,
        urgency=form.urgency,
        co_signers=tuple(form.co_signers),
        oa_id=form.oa_id,
    )


def read_issue_form(
    path: Path, attribute_for: Callable[[str], DisclosureAttribute | None]
) -> IssueForm:
    """The form in a file; raises ``UnreadableDocument`` when it cannot be read or understood."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableDocument("issue_form_unreadable", file=str(path)) from error
    return parse_issue_form(data, str(path), attribute_for)
