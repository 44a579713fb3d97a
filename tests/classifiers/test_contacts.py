"""Telephones and mail are found with the reason they stand there; offices may be reached."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from classifiers.papers import content, view_of
from gongkai.model.reading import EntityKind, EntityRole
from gongkai.script import normalise
from gongkai_classifiers.contacts import contacts, observe

LINE, PUBLIC, PLAIN = EntityRole.CONTACT_LINE, EntityRole.PUBLIC_SERVICE, EntityRole.PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "联系人：张晓明，电话：0951-6012345、13800138000",
            [("landline", LINE), ("mobile", LINE)],
            id="contact line with two numbers",
        ),
        pytest.param("本人手机１３８００１３８０００", [("mobile", PLAIN)], id="full width mobile"),
        pytest.param("手机 138 0013 8000", [("mobile", PLAIN)], id="mobile in groups"),
        pytest.param("聯繫電話：9833309", [("landline", LINE)], id="traditional, no area code"),
        pytest.param("传真：(0955)7012345", [("fax", LINE)], id="fax"),
        pytest.param("举报电话：13800138000", [("mobile", PUBLIC)], id="hotline that is a mobile"),
        pytest.param("监督电话：0955-7012345", [("landline", PUBLIC)], id="supervision"),
        pytest.param("请拨打12333咨询", [("hotline", PUBLIC)], id="12333"),
        pytest.param("客服400-810-0888", [("toll_free", PUBLIC)], id="400"),
        pytest.param(
            "举报电话：110、22465450.", [("hotline", PUBLIC), ("landline", PUBLIC)], id="110"
        ),
        pytest.param("邮箱：zhang.s@example.cn", [("", LINE)], id="mail"),
        pytest.param("中标人+86 13800138000", [("mobile", PLAIN)], id="country code"),
        pytest.param("张晓明 138****8000", [("mobile", PLAIN)], id="masked mobile"),
        pytest.param("王建国本人电话139 0001 2345", [("mobile", PLAIN)], id="one's own telephone"),
        pytest.param("监护人联系电话13800138000", [("mobile", PLAIN)], id="of a guardian"),
        pytest.param("请报送至slsmzj@nx.gov.cn", [("", LINE)], id="where to send papers"),
        pytest.param("回执slsmzj@nx.gov.cn", [("", LINE)], id="mail of an office"),
    ],
)
def test_contacts_are_found_with_their_role(text, expected):
    found = contacts(normalise(text))

    assert [(contact.sub, contact.role) for contact in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("邮政编码：755000", id="postcode"),
        pytest.param("2023-10-16 14:49:15 浏览次数1234567", id="time and counter"),
        pytest.param("宁人社发〔2021〕12345号", id="document number"),
        pytest.param("项目编号0951-6012345", id="project number"),
        pytest.param("索引号：640500-201-2023-12345", id="index number"),
        pytest.param("12345件", id="a count"),
        pytest.param("项目总投资13812345678元", id="an amount"),
        pytest.param("贷款余额15912345678.50元", id="an amount with decimals"),
        pytest.param("总产量13812345678公斤", id="a weight"),
        pytest.param("京ICP备13012345678号", id="web registration"),
        pytest.param("邮箱：yourname@example.cn", id="mail of nobody"),
        pytest.param("邮箱：____________@163.com", id="a blank before the host"),
    ],
)
def test_numbers_that_reach_nobody_are_no_contacts(text):
    assert contacts(normalise(text)) == []


def test_a_masked_mobile_says_so():
    (found,) = contacts("联系电话138****8000")

    assert found.already_masked
    assert found.kind is EntityKind.PHONE


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        pytest.param("138****1234", True, id="four places"),
        pytest.param("138 **** 1234", True, id="in groups"),
        pytest.param("138xxxx1234", True, id="letters"),
        pytest.param("138□□□□1234", True, id="boxes"),
        pytest.param("13800******", True, id="the end"),
        pytest.param("13800***234", False, id="three places are not enough"),
        pytest.param("13912345*78", False, id="one place"),
    ],
)
def test_a_mobile_is_covered_from_four_places_on(value, masked):
    (found,) = contacts(f"王建国手机：{value}。")

    assert (found.sub, found.already_masked) == ("mobile", masked)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("xxxxx@163.com", id="small letters"),
        pytest.param("XXX@qq.com", id="capitals"),
        pytest.param("zh***@qq.com", id="stars"),
        pytest.param("abc@xxx.com", id="the host"),
    ],
)
def test_mail_nobody_can_write_to_is_covered(value):
    (found,) = contacts(f"联系人邮箱：{value}")

    assert (found.kind, found.already_masked) == (EntityKind.EMAIL, True)


def test_the_numbering_plan_is_loaded_only_for_a_number_without_a_cue():
    code = (
        "import sys; from gongkai_classifiers.contacts import contacts;"
        "contacts('联系电话：13800138000'); first = 'phonenumbers' in sys.modules;"
        "contacts('张晓明13800138000'); print(first, 'phonenumbers' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert done.stdout.split() == ["False", "True"]


def test_no_number_of_a_paper_is_kept_when_it_has_been_looked_at():
    number = "139" + "0013" + "7246"

    seen = observe(view_of(content(f"张晓明{number}报名参加，李红梅{number}也报名。")))

    caches = [o for o in gc.get_objects() if type(o).__name__ == "_lru_cache_wrapper"]
    kept = [part for one in caches for part in gc.get_referents(one) if isinstance(part, dict)]
    assert len(seen.entities) == 2
    assert caches
    assert not [key for answers in kept for key in answers if number in repr(key)]
