"""Shares are rounded half up, one by one, and never bent to add up (REP-02)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_plugins.statistics.shares import Share, Spread, percent, tally

OF_2009 = {267: "35.46", 167: "22.18", 113: "15.01", 61: "8.10", 84: "11.16"}
"""The report of 2009: 753 items, five columns listed of them (REP-02)."""

counts = st.integers(min_value=0, max_value=10**6)


def rounded_up(count: int, of: int) -> Fraction:
    """Half up to two decimals, the long way."""
    hundredths = Fraction(count * 10_000, of)
    return Fraction(int(hundredths + Fraction(1, 2)), 100)


@pytest.mark.parametrize(("count", "wanted"), OF_2009.items())
def test_the_report_of_2009_is_computed_to_the_digit(count: int, wanted: str) -> None:
    """REP-02: the oracle."""
    assert str(percent(count, 753)) == wanted


def test_a_partial_list_is_left_partial() -> None:
    """REP-02: the five columns sum to 692 of 753, and nothing is added to make 100 %."""
    shares = [Share(str(n), n, 753) for n in OF_2009]

    assert sum(share.count for share in shares) == 692
    assert sum(share.percent or 0 for share in shares) == Decimal("91.91")


@pytest.mark.parametrize(
    ("count", "of", "wanted"),
    [
        pytest.param(1, 800, "0.13", id="0.125 goes up"),
        pytest.param(1, 1600, "0.06", id="0.0625 goes down"),
        pytest.param(1, 3, "33.33", id="thirds do not make a whole"),
        pytest.param(0, 7, "0.00", id="nothing of something is 0"),
        pytest.param(7, 7, "100.00", id="everything"),
        pytest.param(1, 20_000, "0.01", id="0.005 goes up, where banks would go down"),
    ],
)
def test_halves_go_up(count: int, of: int, wanted: str) -> None:
    assert str(percent(count, of)) == wanted


def test_there_is_no_share_of_nothing() -> None:
    assert percent(0, 0) is None


@given(of=counts.filter(bool), data=st.data())
def test_every_share_is_its_fraction_rounded_half_up_once(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(min_value=0, max_value=of))

    found = percent(count, of)

    assert found is not None
    assert Fraction(found) == rounded_up(count, of)


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=200))
def test_counts_match_and_shares_add_up_within_their_rounding(keys: list[str]) -> None:
    shares = tally(keys, "甲乙丙丁")

    assert sum(share.count for share in shares) == len(keys)
    if keys:
        off = sum((share.percent or Decimal(0) for share in shares), Decimal(-100))
        assert abs(off) <= Decimal("0.005") * len(shares)


def test_named_keys_stand_first_with_their_zeros_and_the_rest_by_name() -> None:
    """REP-04: 0 is reported, not omitted; B24: the order says nothing of counts."""
    shares = tally(["b", "c", "a", "c", "z"], ("z", "y"))

    assert [(share.key, share.count) for share in shares] == [
        ("z", 1), ("y", 0), ("a", 1), ("b", 1), ("c", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "mean", "greatest"),
    [
        pytest.param([2, 3, 3], "2.67", 3, id="mean of three"),
        pytest.param([0, 1, 0, 0, 0, 0, 0, 0], "0.13", 1, id="half goes up"),
        pytest.param([0], "0.00", 0, id="0 is a figure"),
    ],
)
def test_a_mean_has_two_decimals(numbers: list[int], mean: str, greatest: int) -> None:
    """REP-03, PRO-16."""
    found = Spread.of(numbers)

    assert (str(found.mean), found.greatest) == (mean, greatest)


def test_there_is_no_mean_of_nothing() -> None:
    found = Spread.of([])

    assert (found.count, found.mean, found.greatest) == (0, None, None)


@given(st.lists(counts, min_size=1, max_size=50))
def test_a_mean_lies_between_the_least_and_the_greatest(numbers: list[int]) -> None:
    found = Spread.of(numbers)

    assert found.mean is not None
    assert min(numbers) <= found.mean <= max(numbers)
    assert found.greatest == max(numbers)
