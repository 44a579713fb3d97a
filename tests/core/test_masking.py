"""Nothing a finding shows can be used to reach a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.masking import mask
from gongkai.model.reading import EntityKind

NUMBERS = [
    EntityKind.ID_NUMBER,
    EntityKind.PASSPORT,
    EntityKind.PHONE,
    EntityKind.BANK_CARD,
    EntityKind.SOCIAL_SECURITY_NUMBER,
    EntityKind.CREDIT_CODE,
    EntityKind.PLATE,
]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        pytest.param(EntityKind.PERSON, "张三", "张*", id="name of two"),
        pytest.param(EntityKind.PERSON, "欧阳晓明", "欧***", id="a compound surname is not shown"),
        pytest.param(EntityKind.PERSON, "杨 文", "杨*", id="name split by a space"),
        pytest.param(EntityKind.PERSON, "阿依古丽·买买提", "阿*******", id="name with a dot"),
        pytest.param(EntityKind.ID_NUMBER, "11010519491231002X", "110***************", id="ID"),
        pytest.param(
            EntityKind.ID_NUMBER, "110105 19491231 002X", "110***************", id="spaced ID"
        ),
        pytest.param(EntityKind.PHONE, "13800138000", "138********", id="mobile"),
        pytest.param(EntityKind.PHONE, "6012345", "601****", id="local number"),
        pytest.param(EntityKind.PHONE, "110", "1****", id="short number"),
        pytest.param(EntityKind.BANK_CARD, "6222 0210 0111 6245", "6222************", id="card"),
        pytest.param(EntityKind.EMAIL, "zhang.san@example.cn", "z***@example.cn", id="mail"),
        pytest.param(EntityKind.EMAIL, "zhang.san", "z***", id="mail without a domain"),
        pytest.param(EntityKind.PLATE, "宁A12345", "宁A*****", id="plate"),
        pytest.param(EntityKind.ADDRESS, "沙坡头区某街1号楼2单元", "沙坡头*********", id="address"),
        pytest.param(EntityKind.SENSITIVE_FACT, "肺癌", "**", id="fact"),
        pytest.param(EntityKind.ORGANIZATION, "某某市公安局", "某某市公安局", id="organisation"),
        pytest.param(EntityKind.PERSON, " ", "", id="nothing"),
    ],
)
def test_a_value_is_shown_by_its_first_places_only(kind, value, shown):
    assert mask(kind, value) == shown


@given(kind=st.sampled_from(NUMBERS), value=st.text("0123456789X", min_size=1, max_size=30))
def test_a_masked_number_keeps_at_most_four_places_and_covers_at_least_four(kind, value):
    shown = mask(kind, value)

    assert sum(c != "*" for c in shown) <= 4
    assert shown.count("*") >= 4
    assert value.startswith(shown.rstrip("*"))
