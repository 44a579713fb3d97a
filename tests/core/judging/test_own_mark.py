"""Our own mark is neither hidden content nor a reason for anything else."""

from __future__ import annotations

import pytest

from core.judging.papers import PROFILE, bundle, codes, notice
from gongkai.documents.fingerprint import member_fingerprint
from gongkai.documents.read import read_bytes
from gongkai.model.attribute import DisclosureAttribute, Outcome, Stage
from gongkai.model.finding import FindingCode
from gongkai.samples.gbt9704 import official_document
from gongkai.stamping.docx import stamp_docx
from gongkai.stamping.mark import MarkPlace, Stamp
from gongkai.testing import judged

NAME = "通知.docx"


def stamped(data: bytes, place: MarkPlace) -> bytes:
    fingerprint = member_fingerprint(read_bytes(data, NAME))
    stamp = Stamp(DisclosureAttribute.PROACTIVE, place, fingerprint)
    return stamp_docx(data, NAME, stamp, PROFILE).data


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.ISSUED])
@pytest.mark.parametrize("place", list(MarkPlace))
def test_a_stamped_clean_paper_stays_clean(place: MarkPlace, stage: Stage) -> None:
    data = stamped(official_document(notice("")), place)

    verdict = judged(bundle(data), stage=stage)

    assert verdict.outcome is Outcome.CLEAN
    assert verdict.stated is DisclosureAttribute.PROACTIVE
    assert not {
        FindingCode.HIDDEN_CONTENT,
        FindingCode.STAMP_BROKEN,
        FindingCode.LABEL_CONFLICT,
        FindingCode.LABEL_ALIAS,
    } & set(codes(verdict))


def test_a_change_after_stamping_is_seen_in_a_final_paper() -> None:
    first = stamped(official_document(notice("")), MarkPlace.ANNOTATION)
    other = official_document(notice("", body=("另行通知。",)))
    changed = stamp_docx(
        other,
        NAME,
        Stamp(
            DisclosureAttribute.PROACTIVE,
            MarkPlace.ANNOTATION,
            member_fingerprint(read_bytes(first, NAME)),
        ),
        PROFILE,
    ).data

    verdict = judged(bundle(changed), stage=Stage.ISSUED)

    assert FindingCode.STAMP_BROKEN in codes(verdict)
