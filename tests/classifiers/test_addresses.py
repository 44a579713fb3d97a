"""Addresses are found with and without a cue, and it is told whose they are."""

from __future__ import annotations

import pytest

from classifiers.papers import view
from gongkai.model.reading import EntityRole
from gongkai.script import normalise
from gongkai_classifiers.addresses import addresses, observe
from gongkai_classifiers.language import observations

PUBLIC, PLAIN = EntityRole.PUBLIC_SERVICE, EntityRole.PLAIN


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("家庭住址：沙坡头区某某街12号楼3单元502室", PLAIN, id="home"),
        pytest.param("家住滨河镇某某村3组", PLAIN, id="village group"),
        pytest.param("户籍地：宁夏中卫市沙坡头区某某小区8-2-301", PLAIN, id="household"),
        pytest.param("办公地址：中卫市某某大道16号人社大厦", PUBLIC, id="office"),
        pytest.param("报名地点：中卫市某某路8号一楼大厅", PUBLIC, id="where to enrol"),
    ],
)
def test_a_cue_says_whose_an_address_is(text, role):
    assert [address.role for address in addresses(normalise(text))] == [role]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("如实填写家庭住址，由居住地村民小组核实。", id="rule about addresses"),
        pytest.param("户籍所在地为中卫市的劳动者", id="no house"),
        pytest.param("居住证持有人在居住地街道办事处3个工作日内办理", id="residence permit"),
    ],
)
def test_talk_about_addresses_is_no_address(text):
    assert addresses(normalise(text)) == []


@pytest.mark.parametrize(
    ("line", "value", "role"),
    [
        pytest.param(
            "经核实，李红梅在石桥县文昌路88号阳光花园3号楼2单元501室漏水。",
            "石桥县文昌路88号阳光花园3号楼2单元501室",
            PLAIN,
            id="a flat without a cue",
        ),
        pytest.param(
            "干部到清水铺镇上河村三组12号看望了刘桂兰。",
            "清水铺镇上河村三组12号",
            PLAIN,
            id="a farm, the name behind it",
        ),
        pytest.param("石桥县水务局位于建设西路16号。", "建设西路16号", PUBLIC, id="beside a body"),
        pytest.param(
            "定于下周在滨河南路9号召开现场会。", "滨河南路9号", PUBLIC, id="a site, nobody named"
        ),
    ],
)
def test_the_net_sees_addresses_without_a_cue(line, value, role):
    found = observe(view(line)).entities

    assert [(entity.span.text, entity.role) for entity in found] == [(value, role)]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param(
            "办公地址：石桥县建设西路16号 电话：0951-6012345", "石桥县建设西路16号", id="cell"
        ),
        pytest.param("家住文昌路88号2单元501室的李红梅来访。", "文昌路88号2单元501室", id="prose"),
        pytest.param(
            "办公地址：石桥县建设西路16号人社大厦", "石桥县建设西路16号人社大厦", id="house"
        ),
    ],
)
def test_behind_a_cue_the_net_says_where_an_address_ends(line, value):
    assert [entity.span.text for entity in observe(view(line)).entities] == [value]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("现将《实施办法》（第12号令）印发给你们。", id="an order's number"),
        pytest.param("石政办发〔2025〕18号文件要求各组抓好落实。", id="a document's number"),
        pytest.param("关于泉湾区的批复（国函[20O0]31号）", id="a damaged number"),
        pytest.param("月计薪天数＝（365天-104天）÷12月", id="a sum"),
        pytest.param("来源：县统计局　2024-10-19", id="a date"),
        pytest.param("第十八届人大二次会议第124号建议的答复", id="a proposal's number"),
        pytest.param("石桥县城区50户、全县120户已改造。", id="households"),
        pytest.param("沿人民路至中山路段施工，全长3公里。", id="a stretch of road"),
        pytest.param("共3个村民小组120户，建成2号楼、5号楼。", id="counts and buildings"),
    ],
)
def test_numbers_of_other_things_are_no_addresses(line):
    assert observe(view(line)).entities == ()


def test_an_address_is_seen_once_by_the_whole_pipeline():
    seen = observations(view("申请人李红梅，住石桥县文昌路88号阳光花园3号楼2单元501室。"))

    assert [entity.sub for entity in seen.entities if entity.source == "addresses"] == ["home"]
