"""Every number that identifies somebody is found, and nothing that merely looks like one."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.model.reading import EntityKind, EntityRole
from gongkai.script import normalise
from gongkai_classifiers.checksums import (
    PROVINCES,
    credit_check_digit,
    id_check_digit,
    is_credit_code,
    is_resident_id,
    luhn,
)
from gongkai_classifiers.identifiers import account_role, full_scan, identifiers

CREDIT_PLACES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
TALK = [
    "经研究，现将有关事项通知如下：",
    "姓名张晓明示例，身份证号",
    "身份證號碼：",
    "附件2\n序号1 ",
    "根据人社部发〔2021〕36号文件第3条，",
    "联系电话0951-6012345，",
    "；截至2023-10-16共有1203人，",
    "（备注：",
]
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}


def resident_id(region: str, day: str, sequence: str) -> str:
    first = region + day + sequence
    return first + id_check_digit(first)


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04}"
    day = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2029, 12, 31))).strftime(
        "%Y%m%d"
    )
    return resident_id(region, day, f"{draw(st.integers(0, 999)):03}")


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from(["11", "12", "51", "91", "92", "N2"]))
    first += f"{draw(st.integers(100000, 659999))}"
    first += draw(st.text(CREDIT_PLACES, min_size=9, max_size=9))
    return first + credit_check_digit(first)


@st.composite
def cards(draw: st.DrawFn) -> str:
    first = "622848" + f"{draw(st.integers(0, 10**12 - 1)):012}"
    return next(first + str(d) for d in range(10) if luhn(first + str(d)))


def kinds_and_values(text: str) -> list[tuple[EntityKind, str]]:
    return [(n.kind, text[n.start : n.end]) for n in identifiers(normalise(text))]


@given(number=resident_ids(), before=st.sampled_from(TALK), after=st.sampled_from(TALK))
def test_an_id_number_is_found_in_any_sentence(number, before, after):
    text = f"{before}{number}{after}"

    found = kinds_and_values(text)

    assert (EntityKind.ID_NUMBER, number) in found


@given(number=resident_ids(), data=st.data(), before=st.sampled_from(TALK))
def test_an_id_number_is_found_through_spaces_and_dashes(number, data, before):
    gaps = data.draw(
        st.lists(
            st.sampled_from(["", "", "", " ", "-", "  ", "\u200b", "－", "　"]),
            min_size=17,
            max_size=17,
        )
    )
    spread = "".join(a + b for a, b in zip(number, [*gaps, ""], strict=True))

    found = kinds_and_values(f"{before}：{spread}。")

    assert (EntityKind.ID_NUMBER, spread) in found


@given(number=resident_ids(), place=st.integers(1, 17))
def test_an_id_number_is_found_over_a_line_break(number, place):
    broken = number[:place] + "\n" + number[place:]

    found = kinds_and_values(f"身份证号码{broken}，")

    assert (EntityKind.ID_NUMBER, broken) in found


@given(number=resident_ids())
def test_an_id_number_is_found_in_full_width(number):
    wide = number.translate(FULL_WIDTH)

    found = kinds_and_values(f"身份證號：{wide}")

    assert found == [(EntityKind.ID_NUMBER, wide)]


@given(number=resident_ids(), data=st.data())
def test_an_id_number_is_found_with_letters_read_for_digits(number, data):
    letters = {"0": "OoQD〇", "1": "Il", "2": "Zz", "5": "Ss", "8": "B"}
    places = [place for place, digit in enumerate(number[:17]) if digit in letters]
    assume(places)
    wrong = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    assume(0 not in wrong or number[0] != "0")
    read = "".join(
        data.draw(st.sampled_from(letters[digit])) if place in wrong else digit
        for place, digit in enumerate(number)
    )
    assume(not is_credit_code(read) and "〇" not in read[0])

    found = kinds_and_values(f"身份证号码：{read}。")

    assert (EntityKind.ID_NUMBER, read) in found


@given(number=resident_ids())
def test_a_multiplication_sign_is_the_x_at_the_end_of_an_id_number(number):
    sequences = (f"{n:03}" for n in range(1000))
    first = next(number[:14] + n for n in sequences if id_check_digit(number[:14] + n) == "X")

    found = kinds_and_values(f"身份证号码：{first}×。")

    assert (EntityKind.ID_NUMBER, f"{first}×") in found


@given(number=resident_ids(), serial=st.integers(1, 999))
def test_an_id_number_is_found_glued_to_its_neighbours(number, serial):
    assume(not number.endswith("X"))

    found = kinds_and_values(f"{serial}{number}13800138000")

    assert any(kind is EntityKind.ID_NUMBER for kind, _ in found)


@given(number=resident_ids(), change=st.integers(1, 9))
def test_eighteen_digits_with_a_wrong_check_digit_are_nobody_without_a_cue(number, change):
    wrong = number[:17] + id_check_digit(number[:16] + str((int(number[16]) + change) % 10))
    assume(not is_resident_id(wrong) and not is_credit_code(wrong))

    found = kinds_and_values(f"受理编号{wrong}")

    assert all(kind is not EntityKind.ID_NUMBER for kind, _ in found)


@given(code=credit_codes())
def test_a_credit_code_is_never_an_id_number(code):
    found = kinds_and_values(f"统一社会信用代码：{code}")

    assert found == [(EntityKind.CREDIT_CODE, code)]


@given(card=cards())
def test_a_bank_card_of_a_known_bank_needs_no_cue(card):
    assume(not is_credit_code(card))
    spaced = " ".join(card[i : i + 4] for i in range(0, 19, 4))

    assert kinds_and_values(f"发放至{card}，") == [(EntityKind.BANK_CARD, card)]
    assert kinds_and_values(f"发放至{spaced}，") == [(EntityKind.BANK_CARD, spaced)]


@given(text=st.text("0123456789Xx *-\nABC身份证号卡护照宁京()（", max_size=120))
def test_looking_on_islands_only_finds_what_a_full_scan_finds(text):
    normal = normalise(text)

    assert identifiers(normal) == full_scan(normal)


def test_islands_and_full_scan_agree_on_dense_tables():
    dice = random.Random(20261121)
    rows = [
        f"{n} {resident_id('640502', '19900101', f'{dice.randrange(1000):03}')} "
        f"1{dice.randrange(3 * 10**9, 10**10)} {dice.randrange(100)}"
        for n in range(200)
    ]
    text = "\n".join(rows)

    found = identifiers(text)

    assert found == full_scan(text)
    assert sum(n.kind is EntityKind.ID_NUMBER for n in found) == 200


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("身份证640502800101123", EntityKind.ID_NUMBER, "640502800101123", id="old"),
        pytest.param(
            "身份证号：640502199001011234",
            EntityKind.ID_NUMBER,
            "640502199001011234",
            id="mistyped ID after its name",
        ),
        pytest.param("护照号码：E12345678", EntityKind.PASSPORT, "E12345678", id="passport"),
        pytest.param("持往来港澳通行证C12345678", EntityKind.PASSPORT, "C12345678", id="permit"),
        pytest.param("台胞证号01234567", EntityKind.PASSPORT, "01234567", id="Taiwan permit"),
        pytest.param("香港居民A123456(3)", EntityKind.ID_NUMBER, "A123456(3)", id="Hong Kong ID"),
        pytest.param("身份证A123456789", EntityKind.ID_NUMBER, "A123456789", id="Taiwan ID"),
        pytest.param("驾驶宁A12345号车", EntityKind.PLATE, "宁A12345", id="plate"),
        pytest.param("宁A·D12345", EntityKind.PLATE, "宁A·D12345", id="new energy plate"),
        pytest.param("宁A1234警", EntityKind.PLATE, "宁A1234警", id="police plate"),
        pytest.param(
            "社会保障号码：6405021234",
            EntityKind.SOCIAL_SECURITY_NUMBER,
            "6405021234",
            id="social security",
        ),
        pytest.param("账号：29010400123456", EntityKind.BANK_CARD, "29010400123456", id="account"),
    ],
)
def test_numbers_known_by_their_cue_are_found(text, kind, value):
    assert kinds_and_values(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("准考证号：640502199013451", id="exam number of 15 digits"),
        pytest.param("营业执照注册号640502200012345", id="licence number of 15 digits"),
        pytest.param("诉求编号：011907669506073", id="case number"),
        pytest.param("身份证号码：__________________", id="blank of a form"),
        pytest.param("身份证号码□□□□□□□□□□□□□□□□□□", id="boxes of a form"),
        pytest.param("中卫人社发〔2023〕123号", id="document number"),
        pytest.param("条码6901234567892", id="bar code"),
        pytest.param("粤B2-20050428", id="telecom licence"),
        pytest.param("京ICP备05070218号", id="web registration"),
        pytest.param("2023年10月16日至2024-03-15", id="dates"),
        pytest.param("预算12345678901.23元", id="amount"),
        pytest.param("www.example.gov.cn/art/2012/3/7/art_13121_1768578.html", id="address"),
        pytest.param("微信公众账号：1234567890", id="public account of an app"),
        pytest.param("苏A级景区", id="grade of a sight"),
        pytest.param("合同编号：6228480123456789013", id="a contract's number like a card's"),
        pytest.param("号牌京A00000", id="plate of nobody"),
        pytest.param("银行卡号：□□□□□□□□□□□□□□□□□□□", id="boxes for a card"),
    ],
)
def test_look_alikes_are_refused(text):
    assert kinds_and_values(text) == []


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        pytest.param("6405**********12", True, id="six places left"),
        pytest.param("640***************", True, id="three places left"),
        pytest.param("640502********1234", True, id="birth date covered"),
        pytest.param("640502XXXXXXXX1234", True, id="covered with letters"),
        pytest.param("64050219900101****", False, id="fourteen places left identify"),
        pytest.param("6405021990010112**", False, id="two places covered"),
        pytest.param("6405**199001011234", False, id="two places in the middle"),
        pytest.param("******199001011234", False, id="only the region covered"),
        pytest.param("640502 **** **** 1234", True, id="covered in groups"),
        pytest.param("640502□□□□□□□□1234", True, id="covered with boxes"),
        pytest.param("**********01011234", True, id="the first ten covered"),
    ],
)
def test_a_covered_id_is_a_finding_again_when_twelve_places_can_be_read(value, masked):
    found = identifiers(f"身份证号{value}。")

    assert [(n.kind, n.already_masked) for n in found] == [(EntityKind.ID_NUMBER, masked)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            "户名：示例市财政局，账号：{}。", EntityRole.PUBLIC_SERVICE, id="owner before"
        ),
        pytest.param(
            "账号：{}，户名：示例市财政局。", EntityRole.PUBLIC_SERVICE, id="owner behind"
        ),
        pytest.param("非税收入专户账号：{}。", EntityRole.PUBLIC_SERVICE, id="a public account"),
        pytest.param("账号：{}，户名：王建国。", EntityRole.PLAIN, id="a person's"),
        pytest.param("账号：{}。收款单位：示例市财政局。", EntityRole.PLAIN, id="another sentence"),
    ],
)
def test_the_account_of_an_office_is_for_the_public(text, role):
    number = "29010400123456"
    start = text.index("{")

    assert account_role(normalise(text.format(number)), start, start + len(number)) is role
