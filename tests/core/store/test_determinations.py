"""What is determined for a text is known again by the text alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, DeterminationStatus, Medium
from gongkai.store import determinations, documents
from gongkai.store.database import Database
from gongkai.store.documents import Sighting

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute
AT = "2026-03-05T10:00:00+08:00"
PROPOSED = Determination(
    attribute=PROACTIVE,
    core_fingerprint="f1:text",
    decided_by="张示例",
    decided_on="2026-03-05",
    capacity=Capacity.DRAFTING,
    medium=Medium.SYSTEM,
    recorded_by="张示例",
    recorded_at=AT,
)
SIGNED = replace(
    PROPOSED, status=DeterminationStatus.DETERMINED, capacity=Capacity.SIGNING, medium=Medium.PAPER
)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        pytest.param((), None, id="nothing"),
        pytest.param((PROPOSED,), PROACTIVE, id="a proposal"),
        pytest.param(
            (PROPOSED, replace(PROPOSED, attribute=ON_REQUEST)), ON_REQUEST, id="the newest one"
        ),
        pytest.param(
            (replace(SIGNED, attribute=NOT_DISCLOSED), PROPOSED),
            NOT_DISCLOSED,
            id="the signer's before any proposal",
        ),
        pytest.param((replace(PROPOSED, core_fingerprint="f1:other"),), None, id="of another text"),
    ],
)
def test_the_attribute_of_a_text_is_found_in_any_document(
    database: Database,
    recorded: tuple[Determination, ...],
    expected: DisclosureAttribute | None,
) -> None:
    with database.write() as connection:
        for number, each in enumerate(recorded):
            sighting = Sighting(f"{number}.docx", f"{number}.docx", f"{number:064}", AT)
            document = documents.see(connection, sighting).document
            determinations.record(connection, document, each)

    with database.read() as connection:
        found = determinations.attribute_of_text(connection, "f1:text")

    assert found is expected


def test_a_determination_taken_back_stands_for_no_text(database: Database) -> None:
    with database.write() as connection:
        document = documents.see(connection, Sighting("a.docx", "a.docx", "a" * 64, AT)).document
        number = determinations.record(connection, document, PROPOSED)
        determinations.revoke(connection, number, "张示例", "改为依申请公开", AT)

    with database.read() as connection:
        found = determinations.attribute_of_text(connection, "f1:text")

    assert found is None
