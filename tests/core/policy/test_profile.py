from __future__ import annotations

import pickle
import re

import pytest

from gongkai.messages import has, speaking
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.finding import BasisLevel, FindingCode
from gongkai.policy.leaf import Leaf
from gongkai.policy.profile import known_profiles, load_profile
from gongkai.policy.rows import TABLE
from gongkai.settings import Strict

PROACTIVE = DisclosureAttribute.PROACTIVE
ON_REQUEST = DisclosureAttribute.ON_REQUEST
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED
EVERY = frozenset(DisclosureAttribute)


def leaves(value: object) -> list[Leaf[object]]:
    if isinstance(value, Leaf):
        return [value]
    if isinstance(value, Strict):
        return [leaf for name in type(value).model_fields for leaf in leaves(getattr(value, name))]
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    return []


@pytest.mark.parametrize("name", known_profiles())
def test_every_packaged_profile_loads_and_grounds_every_key(name):
    profile = load_profile(name)

    found = leaves(profile.keys)

    assert len(found) > 250
    assert all(leaf.basis and leaf.level in BasisLevel for leaf in found)
    assert profile.key == f"{name}@{profile.version}"


def test_every_conflict_of_the_sources_is_a_key_with_both_sides():
    settled = {
        leaf.conflict: leaf.other
        for leaf in leaves(load_profile("national_2019").keys)
        if leaf.conflict
    }

    assert sorted(settled) == [f"C-{number:02}" for number in range(1, 26)]
    assert all(settled.values())


def test_no_basis_text_is_worded_as_a_rule_on_practice_alone():
    practice = [
        leaf.basis
        for name in known_profiles()
        for leaf in leaves(load_profile(name).keys)
        if leaf.level is BasisLevel.PRACTICE
    ]

    assert not [text for text in practice if re.search(r"必须|不得", text)]


@pytest.mark.parametrize(
    ("code", "draft", "submitted", "issued", "public"),
    [
        pytest.param("LABEL_MISSING", "incomplete", "return", "block", "block", id="A1 label"),
        pytest.param("REVISIONS", "info", "warning", "block", "block", id="A1 tracked changes"),
        pytest.param("HIDDEN_CONTENT", "warning", "block", "block", "block", id="A1 hidden text"),
        pytest.param("METADATA_LEAK", "off", "off", "off", "block", id="A1 metadata"),
        pytest.param("ELEMENTS_MISSING", "off", "off", "warning", "warning", id="A1 elements"),
        pytest.param("DRAFT_MARK", "off", "off", "block", "block", id="A1 draft mark"),
        pytest.param("PII_DIRECT", "warning", "block", "block", "block", id="A1 personal data"),
        pytest.param("CHECK_INCOMPLETE", "incomplete", "block", "block", "block", id="fail closed"),
        pytest.param("LABEL_ALIAS", "info", "info", "info", "info", id="never a click"),
    ],
)
def test_severity_follows_the_stage(code, draft, submitted, issued, public):
    profile = load_profile("national_2019")

    found = [profile.severity(FindingCode(code), stage) for stage in Stage]

    assert found == [draft, submitted, issued, public, "off"]


def test_a_secrecy_mark_stops_the_check_at_every_stage():
    profile = load_profile("national_2019")

    found = {profile.severity(FindingCode.SECRET_MARK, stage) for stage in Stage}

    assert found == {Severity.QUARANTINE}


def test_working_material_is_judged_for_nothing_but_secrecy_marks():
    profile = load_profile("national_2019")

    spoken = [c for c in FindingCode if profile.severity(c, Stage.REFERENCE) is not Severity.OFF]

    assert spoken == [FindingCode.SECRET_MARK]


@pytest.mark.parametrize(
    ("code", "attributes"),
    [
        pytest.param("LABEL_CONFLICT", EVERY, id="labels concern every attribute"),
        pytest.param("REASON_MISSING", EVERY, id="reasons concern every attribute"),
        pytest.param("STAMP_BROKEN", EVERY, id="stamps concern every attribute"),
        pytest.param("PII_DIRECT", {PROACTIVE}, id="personal data concern what is public"),
        pytest.param("WORK_SECRET_MARK", {PROACTIVE, ON_REQUEST}, id="work secrets stay inside"),
        pytest.param("INHERIT_LOOSER", {PROACTIVE, ON_REQUEST}, id="nothing is looser than closed"),
        pytest.param("TOPIC_WITHHELD", {ON_REQUEST, NOT_DISCLOSED}, id="withheld means not public"),
    ],
)
def test_findings_concern_their_attributes(code, attributes):
    assert load_profile("national_2019").applies_to(FindingCode(code)) == attributes


def test_the_office_may_waive_only_unread_parts_and_stricter_inheritance():
    profile = load_profile("national_2019")

    waivable = {code for code in FindingCode if profile.waivable(code)}

    assert waivable == {FindingCode.UNREADABLE, FindingCode.INHERIT_STRICTER}


@pytest.mark.parametrize(
    ("wording", "attribute"),
    [
        pytest.param("（此件公开发布）", PROACTIVE, id="annotation with brackets"),
        pytest.param("此件 主动公开", PROACTIVE, id="inserted space"),
        pytest.param("同意公開", PROACTIVE, id="traditional script"),
        pytest.param("0-主动公开", PROACTIVE, id="code of a register"),
        pytest.param("此件可依申请公开", ON_REQUEST, id="on request"),
        pytest.param("此件不公开发布", NOT_DISCLOSED, id="closed, not open"),
        pytest.param("免予公开", NOT_DISCLOSED, id="C-01"),
        pytest.param("not_disclosed", NOT_DISCLOSED, id="code on the command line"),
        pytest.param("此件删减后公开", None, id="C-25 is no attribute a person can choose"),
        pytest.param("此件发至县团级", None, id="distribution scope"),
        pytest.param("公开征求意见", None, id="call for comment"),
    ],
)
def test_wordings_name_an_attribute_or_none(wording, attribute):
    assert load_profile("national_2019").attribute_for(wording) is attribute


def test_redacted_publication_reads_as_proactive_with_a_public_version_due():
    meaning = load_profile("national_2019").aliases["此件删减后公开"]

    assert (meaning.attribute, meaning.redacted_version_required) == (PROACTIVE, True)


@pytest.mark.parametrize(
    ("profile", "wording", "own"),
    [
        pytest.param("national_2019", "不予公开", True, id="the national word"),
        pytest.param("national_2019", "不公开", False, id="the local word is an alias nationally"),
        pytest.param("zhongwei_2022", "不公开", True, id="the local word is its own at home"),
        pytest.param("zhongwei_2022", "不予公开", False, id="the national word is an alias there"),
    ],
)
def test_an_office_knows_its_own_wording(profile, wording, own):
    assert load_profile(profile).aliases[wording].own is own


@pytest.mark.parametrize(
    ("profile", "private", "internal", "reply"),
    [
        pytest.param("national_2019", NOT_DISCLOSED, NOT_DISCLOSED, 20, id="national"),
        pytest.param("zhongwei_2022", ON_REQUEST, ON_REQUEST, 20, id="C-02 and C-03"),
        pytest.param("molss_legacy", NOT_DISCLOSED, NOT_DISCLOSED, 15, id="C-04"),
    ],
)
def test_profiles_differ_where_their_sources_do(profile, private, internal, reply):
    loaded = load_profile(profile)

    assert loaded.private_content_attribute is private
    assert loaded.internal_attribute is internal
    assert loaded.keys.deadlines.request.value.reply == reply


def test_an_overridden_key_says_which_law_has_overtaken_it():
    rule = load_profile("zhongwei_2022").keys.rules.private_content.source_attribute

    assert rule.level is BasisLevel.LOCAL
    assert rule.superseded_by == "《政府信息公开条例》第十五条"


@pytest.mark.parametrize(
    ("kind", "heading", "permitted"),
    [
        pytest.param("civil_servant_recruitment", "准考证号", True, id="S18 exam number"),
        pytest.param("civil_servant_recruitment", "毕业院校/工作单位", True, id="merged heading"),
        pytest.param("pre_appointment", "出生年月", True, id="birth month before appointment"),
        pytest.param("institution_recruitment", "出生年月", False, id="but not for recruits"),
        pytest.param("subsidies", "补贴金额（元）", True, id="amount with its unit"),
        pytest.param("subsidies", "身份证号码", False, id="never an ID number"),
        pytest.param("subsidies", "联系电话", False, id="never a person's telephone"),
        pytest.param("approved_institutions", "联系电话", True, id="an institution's telephone"),
        pytest.param("labour_violations", "法定代表人姓名", True, id="named by regulation"),
        pytest.param("no_such_list", "姓名", False, id="an unknown list permits nothing"),
    ],
)
def test_named_lists_permit_their_fields_and_no_others(kind, heading, permitted):
    """PRO-14, C-17."""
    assert load_profile("national_2019").permits(kind, heading) is permitted


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "手机",
        "家庭住址",
        "银行卡号",
        "残疾等级",
        "法定代表人身份证号",
        "负责人姓名及手机",
    ],
)
def test_some_columns_stand_in_no_published_list_at_all(heading):
    assert load_profile("national_2019").never_permitted(heading)


def test_grounds_are_found_by_finding_row_topic_and_refined_names():
    profile = load_profile("national_2019")

    assert profile.basis("PII_DIRECT")[0].text == "《政府信息公开条例》第十五条"
    assert profile.basis("PII_DIRECT.phone") == profile.basis("PII_DIRECT")
    assert profile.basis("row-7")[0].level is BasisLevel.REGULATION
    assert (
        profile.basis("T11") == profile.topics[[t.code for t in profile.topics].index("T11")].basis
    )
    assert profile.basis("a plugin's own rule") == ()


def test_health_data_stand_on_article_28_and_telephone_numbers_do_not():
    profile = load_profile("national_2019")

    direct = " ".join(basis.text for basis in profile.basis("PII_DIRECT"))
    sensitive = " ".join(basis.text for basis in profile.basis("PII_SENSITIVE"))

    assert "第二十八条" not in direct
    assert "第二十八条" in sensitive


def test_fifteen_kinds_are_known_and_twelve_mandatory():
    """SRC-01, C-12."""
    profile = load_profile("national_2019")

    assert len(profile.official_kinds) == 15
    assert len(profile.mandatory_kinds) == 12
    assert profile.kind("会议纪要") == "纪要"
    assert profile.kind("其他:建议提案答复") == "建议提案答复"


def test_eleven_ready_reasons_stand_on_rows_or_exemptions():
    """SEC-12, PRO-11."""
    profile = load_profile("national_2019")
    known = {row for row, _ in TABLE} | {"row-1"} | set(profile.keys.exemptions)

    supports = [set(reason.supports) for reason in profile.reasons]

    assert len(profile.reasons) == 11
    assert all(names and names <= known for names in supports)


def test_upward_papers_carry_no_visible_mark():
    stamp = load_profile("national_2019").stamp

    assert stamp.place_for("通知") == "附注"
    assert stamp.place_for("请示") == "仅登记"
    assert stamp.annotation_line(PROACTIVE) == "（此件公开发布）"
    assert stamp.imprint_line(NOT_DISCLOSED) == "公开方式：不予公开"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_is_explained_in_one_line(language):
    with speaking(language):
        known = [has(f"policy.{row}") for row in [*dict(TABLE), "row-1", "overlay"]]

    assert all(known)


def test_a_profile_travels_to_a_worker_unchanged():
    profile = load_profile("zhongwei_2022")

    copy = pickle.loads(pickle.dumps(profile))

    assert copy == profile
    assert copy.aliases == profile.aliases
    assert copy.digest == profile.digest


def test_loading_twice_gives_the_same_profile():
    assert load_profile("national_2019") is load_profile("national_2019")


@pytest.mark.parametrize(
    ("codes", "source"),
    [
        pytest.param("T01 T02 T03 T04 T05 T06 T07 T08", "0-附一-", id="PRO-01"),
        pytest.param("T09 T09.1 T09.2 T09.3 T09.4", "0-附一-9", id="PRO-02"),
        pytest.param("T10 T11 T12", "0-附一-1", id="PRO-03"),
        pytest.param("T13.1 T13.2 T13.3 T13.4 T13.5 T13.6", "0-附一-13", id="PRO-04"),
        pytest.param("T14", "0-附一-14", id="PRO-05"),
        pytest.param("T15 T16 T17", "1G-6(三)", id="PRO-06"),
    ],
)
def test_every_entry_of_the_proactive_lists_is_a_topic_with_words_and_ground(codes, source):
    topics = {topic.code: topic for topic in load_profile("national_2019").topics}
    written = load_profile("national_2019").keys.topics

    found = [topics[code] for code in codes.split()]

    assert all(topic.title and topic.keywords and topic.basis for topic in found)
    assert all(any(s.startswith(source) for s in written[t.code].value.sources) for t in found)
