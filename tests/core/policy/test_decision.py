from __future__ import annotations

import pytest

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import Bundle, IssueForm, Member, Role
from gongkai.model.content import Content, Format
from gongkai.model.determination import Source, SourceStatus
from gongkai.model.reading import (
    Citation,
    DocType,
    Element,
    ElementName,
    Entity,
    EntityKind,
    EntityRole,
    Label,
    LabelScope,
    LabelSource,
    Mark,
    MarkKind,
    Reading,
    Span,
    Topic,
    Trigger,
    TriggerCode,
)
from gongkai.model.verdict import Confidence, Mode
from gongkai.policy.decision import SourceFact, suggest
from gongkai.policy.direction import Direction
from gongkai.policy.profile import load_profile

PROACTIVE = DisclosureAttribute.PROACTIVE
ON_REQUEST = DisclosureAttribute.ON_REQUEST
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED
HERE = Span("body/p3", 0, 4, "示例文字")
BUNDLE = Bundle(Member("正文.docx", Role.MAIN, Content("0" * 64, Format.DOCX)))
CITED = Citation("关于示例事项的通知", "示发〔2026〕1号", HERE)


def reading(kind="通知", *triggers, topics=(), **more):
    return Reading(DocType(kind, 0.9, HERE), triggers=triggers, topics=topics, **more)


def cue(code, *, subject=True, confidence=0.9):
    return Trigger(TriggerCode[code], HERE, subject, confidence)


def recipients(value):
    return Element(ElementName.MAIN_RECIPIENTS, value, HERE)


def signature(value):
    return Element(ElementName.SIGNATURE, value, HERE)


def topic(code="T07", *, in_title=True, confidence=0.7):
    return Topic(code, HERE, in_title, confidence)


def source(attribute, status=SourceStatus.LABELLED, number="示发〔2026〕1号"):
    return Source("s1", "关于示例事项的通知", number, "示例厅", "", status, attribute)


def advise(read, *sources, direction=Direction.UNKNOWN, profile="national_2019", bundle=BUNDLE):
    return suggest(read, bundle, sources, direction, load_profile(profile))


@pytest.mark.parametrize(
    ("read", "row", "attribute"),
    [
        pytest.param(
            reading("通知", cue("SECRET_CONTENT")),
            "row-2",
            NOT_DISCLOSED,
            id="SEC-06 maybe secret",
        ),
        pytest.param(
            reading("通知", cue("SECRET_CONTENT", subject=False), topics=(topic(),)),
            "row-2",
            NOT_DISCLOSED,
            id="a suspected passage inside a listed topic is enough",
        ),
        pytest.param(
            reading(marks=(Mark(MarkKind.WORK_SECRET, HERE),), topics=(topic(),)),
            "row-3",
            NOT_DISCLOSED,
            id="SRC-10 work-secret mark",
        ),
        pytest.param(
            reading("通知", cue("SECURITY_STABILITY")), "row-4", NOT_DISCLOSED, id="SEC-07 security"
        ),
        pytest.param(reading("通知", cue("LAW_FORBIDS")), "row-4", NOT_DISCLOSED, id="law forbids"),
        pytest.param(
            reading("请示", topics=(topic(),)),
            "row-7",
            NOT_DISCLOSED,
            id="SRC-08 请示 stays inside",
        ),
        pytest.param(reading("汇报"), "row-9", NOT_DISCLOSED, id="made for those who decide"),
        pytest.param(
            reading("通知", topics=(topic("T13.4"),), elements=(recipients("机关各科室"),)),
            "row-13",
            NOT_DISCLOSED,
            id="to our own sections, whatever the title",
        ),
        pytest.param(
            reading("通知", cue("VITAL_INTEREST"), elements=(signature("局人事科"),)),
            "row-13",
            NOT_DISCLOSED,
            id="signed by a section, to nobody outside",
        ),
        pytest.param(
            reading("通知", topics=(topic(),), elements=(signature("云栖市人事科"),)),
            "row-11",
            PROACTIVE,
            id="a section with a place is a body",
        ),
        pytest.param(
            reading("通知", cue("INSTITUTION"), elements=(recipients("机关各科室"),)),
            "row-12",
            PROACTIVE,
            id="who does what is public even when told to our own",
        ),
        pytest.param(
            reading("通知", topics=(topic(),), elements=(recipients("各科室、服务大厅"),)),
            "row-13",
            NOT_DISCLOSED,
            id="who stands beside our sections without a place is ours",
        ),
        pytest.param(
            reading("通知", topics=(topic(),), elements=(recipients("各党支部、各科（室）"),)),
            "row-13",
            NOT_DISCLOSED,
            id="branches and sections, whatever their brackets",
        ),
        pytest.param(
            reading("通知", topics=(topic(),), elements=(recipients("各科室、各县民政局"),)),
            "row-11",
            PROACTIVE,
            id="sections and others' offices",
        ),
        pytest.param(
            reading("制度", cue("INTERNAL_MATTER"), topics=(topic("T02"),)),
            "row-13",
            NOT_DISCLOSED,
            id="a rule of the house is no rule for the public",
        ),
        pytest.param(
            reading("函", cue("CONSULTATION")), "row-8", NOT_DISCLOSED, id="SRC-09 consultation"
        ),
        pytest.param(
            reading("通知", cue("CONSULTATION"), cue("PUBLIC_CONSULTATION")),
            "row-11",
            PROACTIVE,
            id="SRC-09, PRO-13, PAR-10 a public draft is no consultation",
        ),
        pytest.param(reading("方案", cue("DELIBERATION")), "row-9", NOT_DISCLOSED, id="discussion"),
        pytest.param(reading("报告", cue("CASE_FILE")), "row-9", NOT_DISCLOSED, id="case file"),
        pytest.param(
            reading("决定", cue("PRIVATE_SUBJECT")),
            "row-10",
            NOT_DISCLOSED,
            id="SRC-07 one person's matter",
        ),
        pytest.param(
            reading("公示", cue("PRIVATE_SUBJECT"), cue("NAMED_LIST"), topics=(topic("T13.4"),)),
            "row-11",
            PROACTIVE,
            id="a named list is public",
        ),
        pytest.param(reading("通知", topics=(topic(),)), "row-11", PROACTIVE, id="listed topic"),
        pytest.param(
            reading("函", cue("PROPOSAL_REPLY")),
            "row-11",
            PROACTIVE,
            id="PUB-10 reply to a proposal",
        ),
        pytest.param(
            reading("通知", cue("VITAL_INTEREST")),
            "row-12",
            PROACTIVE,
            id="SRC-06 vital interest",
        ),
        pytest.param(
            reading("通告", cue("WIDE_KNOWLEDGE")),
            "row-12",
            PROACTIVE,
            id="SRC-06 for everybody to know",
        ),
        pytest.param(reading("建议提案答复"), "row-11", PROACTIVE, id="the kind says it is one"),
        pytest.param(
            reading("通知", cue("INSTITUTION")), "row-12", PROACTIVE, id="SRC-06 what we do"
        ),
        pytest.param(
            reading("通知", cue("INTERNAL_MATTER")), "row-13", NOT_DISCLOSED, id="internal matter"
        ),
        pytest.param(
            reading(elements=(recipients("局机关各科室、局属各单位"),)),
            "row-13",
            NOT_DISCLOSED,
            id="PRO-05 to our own sections only",
        ),
        pytest.param(
            reading(elements=(recipients("各县区人社局、局属各单位"),)),
            "row-15",
            PROACTIVE,
            id="to others too",
        ),
        pytest.param(reading("纪要"), "row-14", None, id="minutes without a cue"),
        pytest.param(reading("议案"), "row-14", None, id="a bill"),
        pytest.param(
            reading("函", topics=(topic(),)),
            "row-14",
            None,
            id="a topic does not turn a 函 outward",
        ),
        pytest.param(
            reading("函", cue("VITAL_INTEREST")),
            "row-14",
            None,
            id="PRO-05 nor does a vital interest: it speaks to one body",
        ),
        pytest.param(
            reading("批复", topics=(topic("T16"),)), "row-11", PROACTIVE, id="a project is approved"
        ),
        pytest.param(
            reading("批复", topics=(topic("T16", in_title=False),)),
            "row-14",
            None,
            id="a project is only mentioned",
        ),
        pytest.param(reading("通知"), "row-15", PROACTIVE, id="PRO-10 nothing at all"),
        pytest.param(reading(""), "row-15", PROACTIVE, id="kind unknown"),
    ],
)
def test_the_first_matching_row_decides(read, row, attribute):
    suggestion = advise(read)

    assert (suggestion.rules[0].id, suggestion.attribute) == (row, attribute)
    assert suggestion.rules[0].basis


def test_every_fired_row_is_kept_with_its_evidence():
    suggestion = advise(reading("请示", cue("VITAL_INTEREST"), cue("INTERNAL_MATTER")))

    assert [rule.id for rule in suggestion.rules] == ["row-7", "row-13"]
    assert all(rule.evidence == (HERE,) for rule in suggestion.rules)


def test_passing_a_labelled_paper_on_to_our_own_makes_it_no_stricter():
    read = reading("通知", citations=(CITED,), elements=(recipients("局属各单位"),))

    advice = advise(read, SourceFact(CITED, source(ON_REQUEST)))

    assert advice.attribute is ON_REQUEST


@pytest.mark.parametrize(
    ("direction", "row"),
    [
        pytest.param(Direction.UPWARD, "row-7", id="to a superior"),
        pytest.param(Direction.DOWNWARD, "row-15", id="to those below"),
        pytest.param(Direction.UNKNOWN, "row-15", id="cannot tell, so not fired"),
    ],
)
def test_a_report_is_withheld_only_when_it_plainly_goes_up(direction, row):
    """SRC-08."""
    assert advise(reading("报告"), direction=direction).rules[0].id == row


@pytest.mark.parametrize(
    ("direction", "row"),
    [
        pytest.param(Direction.UPWARD, "row-7", id="to a superior it is handled as a request"),
        pytest.param(Direction.DOWNWARD, "row-11", id="to those below it is policy"),
    ],
)
def test_an_opinion_is_withheld_only_when_it_goes_up(direction, row):
    advice = advise(reading("意见", topics=(topic(),)), direction=direction)

    assert advice.rules[0].id == row


def test_an_unknown_direction_lowers_the_confidence_of_a_report():
    read = reading("报告", cue("INTERNAL_MATTER"))

    sure = advise(read, direction=Direction.DOWNWARD)
    unsure = advise(read, direction=Direction.UNKNOWN)

    assert (sure.confidence, unsure.confidence) == (Confidence.HIGH, Confidence.MEDIUM)


def test_a_matter_declared_secret_is_referred_and_closed_meanwhile():
    form = IssueForm(is_secret_matter=True)

    suggestion = advise(reading(topics=(topic(),)), bundle=Bundle(BUNDLE.main, form=form))

    assert (suggestion.mode, suggestion.attribute) == (Mode.REFER, NOT_DISCLOSED)


def test_own_labels_are_no_ground_for_advice():
    label = Label(NOT_DISCLOSED, "不予公开", LabelSource.ANNOTATION, LabelScope.OWN, HERE)

    with_label = advise(reading(topics=(topic(),), labels=(label,)))

    assert with_label == advise(reading(topics=(topic(),)))


@pytest.mark.parametrize(
    ("profile", "private", "internal"),
    [
        pytest.param("national_2019", NOT_DISCLOSED, NOT_DISCLOSED, id="national"),
        pytest.param("zhongwei_2022", ON_REQUEST, ON_REQUEST, id="zhongwei"),
    ],
)
def test_private_and_internal_matters_follow_the_profile(profile, private, internal):
    """SRC-07: withheld or on request, never open (C-02, C-03)."""
    assert advise(reading("决定", cue("PRIVATE_SUBJECT")), profile=profile).attribute is private
    assert advise(reading("通知", cue("INTERNAL_MATTER")), profile=profile).attribute is internal


@pytest.mark.parametrize(
    ("attributes", "inherited"),
    [
        pytest.param((PROACTIVE,), PROACTIVE, id="one open source"),
        pytest.param((ON_REQUEST,), ON_REQUEST, id="one source on request"),
        pytest.param(
            (PROACTIVE, NOT_DISCLOSED, ON_REQUEST), NOT_DISCLOSED, id="strictest of three"
        ),
    ],
)
def test_a_forwarding_document_inherits_the_strictest_label(attributes, inherited):
    """SRC-11, SRC-13."""
    facts = [SourceFact(CITED, source(attribute)) for attribute in attributes]

    suggestion = advise(reading(citations=(CITED,), topics=(topic(),)), *facts)

    assert (suggestion.attribute, suggestion.mode) == (inherited, Mode.INHERITED)
    assert suggestion.rules[0].id == "row-5"


def test_own_content_can_make_a_forwarding_document_stricter():
    """SRC-13: the text of the cover counts too."""
    read = reading("通知", cue("INTERNAL_MATTER"), citations=(CITED,))

    suggestion = advise(read, SourceFact(CITED, source(PROACTIVE)))

    assert suggestion.attribute is NOT_DISCLOSED
    assert [rule.id for rule in suggestion.rules] == ["row-5", "row-13"]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(None, id="not recorded"),
        pytest.param(source(None, SourceStatus.UNLABELLED), id="without label"),
        pytest.param(source(None, SourceStatus.ILLEGIBLE), id="cannot be read"),
        pytest.param(source(PROACTIVE, number="示传真电报3号"), id="a telegram is not inherited"),
    ],
)
def test_a_source_without_label_means_deciding_afresh(known):
    """SRC-12."""
    read = reading(citations=(CITED,), topics=(topic(),))

    suggestion = advise(read, SourceFact(CITED, known))

    assert (suggestion.attribute, suggestion.mode) == (PROACTIVE, Mode.REDETERMINED)
    assert [rule.id for rule in suggestion.rules] == ["row-11", "row-6"]


def test_a_labelled_source_still_binds_beside_an_unknown_one():
    read = reading(citations=(CITED, CITED), topics=(topic(),))

    suggestion = advise(read, SourceFact(CITED, source(ON_REQUEST)), SourceFact(CITED, None))

    assert suggestion.attribute is ON_REQUEST


def test_citations_nobody_looked_up_count_as_unknown():
    suggestion = advise(reading(citations=(CITED,)))

    assert suggestion.mode is Mode.REDETERMINED


def test_minutes_without_a_cue_are_left_to_a_human_with_a_hint():
    suggestion = advise(reading("纪要"))

    assert suggestion.attribute is None
    assert (suggestion.mode, suggestion.hint) == (Mode.NONE, ON_REQUEST)


def test_the_default_is_openness_with_little_confidence():
    """PRO-10."""
    suggestion = advise(reading("通知"))

    assert (suggestion.attribute, suggestion.hint) == (PROACTIVE, PROACTIVE)
    assert suggestion.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("entity", "overlaid"),
    [
        pytest.param(Entity(EntityKind.ID_NUMBER, HERE), True, id="an ID number"),
        pytest.param(Entity(EntityKind.PHONE, HERE, "mobile"), True, id="a private mobile"),
        pytest.param(Entity(EntityKind.PHONE, HERE, "landline"), False, id="an office line"),
        pytest.param(
            Entity(EntityKind.PHONE, HERE, "mobile", EntityRole.CONTACT_LINE), False, id="contact"
        ),
        pytest.param(
            Entity(EntityKind.ID_NUMBER, HERE, already_masked=True), False, id="already masked"
        ),
        pytest.param(Entity(EntityKind.PERSON, HERE), False, id="a name"),
    ],
)
def test_incidental_personal_data_lay_over_an_open_advice(entity, overlaid):
    suggestion = advise(reading(topics=(topic(),), entities=(entity,)))

    assert suggestion.attribute is PROACTIVE
    assert ("overlay" in [rule.id for rule in suggestion.rules]) is overlaid


def test_an_internal_notice_is_not_made_public_by_a_word_in_its_text():
    read = reading("通知", cue("INTERNAL_MATTER"), topics=(topic(in_title=False),))

    assert advise(read).rules[0].id == "row-13"


@pytest.mark.parametrize(
    ("read", "confidence"),
    [
        pytest.param(reading("请示"), Confidence.HIGH, id="the kind alone is sure"),
        pytest.param(
            reading(topics=(topic(in_title=False, confidence=0.4),)),
            Confidence.LOW,
            id="a mere word",
        ),
        pytest.param(
            reading("通知", cue("INTERNAL_MATTER"), topics=(topic(),)),
            Confidence.MEDIUM,
            id="an internal cue speaks against",
        ),
        pytest.param(reading(topics=(topic(),)), Confidence.HIGH, id="the title names a topic"),
        pytest.param(
            reading("通知", cue("VITAL_INTEREST"), topics=(topic(in_title=False, confidence=0.4),)),
            Confidence.HIGH,
            id="two rows agree",
        ),
    ],
)
def test_confidence_follows_the_evidence(read, confidence):
    assert advise(read).confidence is confidence


def test_weak_cues_do_not_fire():
    suggestion = advise(reading("通知", cue("SECRET_CONTENT", confidence=0.2)))

    assert suggestion.rules[0].id == "row-15"


def test_a_profile_can_take_a_row_out_of_force(tmp_path):
    (tmp_path / "bureau.toml").write_text(
        '[profile]\nid = "bureau"\nversion = "1"\ntitle = "本局"\nextends = "national_2019"\n'
        '[rules.rows.row-13]\nvalue = false\nbasis = "本局制度"\nlevel = "local"\n',
        "utf-8",
    )
    profile = load_profile("bureau", [tmp_path])

    suggestion = suggest(
        reading("通知", cue("INTERNAL_MATTER")), BUNDLE, (), Direction.UNKNOWN, profile
    )

    assert suggestion.rules[0].id == "row-15"
