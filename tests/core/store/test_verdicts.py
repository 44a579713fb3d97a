from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import Connection, func, select

from gongkai.errors import ActionRefused
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.model.determination import Capacity, Determination, DeterminationStatus, Medium
from gongkai.model.finding import Basis, BasisLevel, Finding, FindingCode
from gongkai.model.reading import Span
from gongkai.model.verdict import CheckedBy, Confidence, FiredRule, Mode, Suggestion, Verdict
from gongkai.store import (
    chain,
    decisions,
    determinations,
    documents,
    tables,
    verdicts,
    versions,
)
from gongkai.store.database import Database
from gongkai.store.verification import verify

AT = "2026-11-21T10:00:00+08:00"
GROUND = (Basis("《政府信息公开条例》第十五条", BasisLevel.REGULATION),)
WORDS = "第二条 补贴标准"

VERDICT = Verdict(
    outcome=Outcome.BLOCKED,
    stage=Stage.SUBMITTED,
    profile="national_2019@1",
    stated=DisclosureAttribute.PROACTIVE,
    suggestion=Suggestion(
        DisclosureAttribute.PROACTIVE,
        Mode.OWN,
        Confidence.HIGH,
        (
            FiredRule(
                "row-10", DisclosureAttribute.PROACTIVE, GROUND, (Span("body/p3", 0, 8, WORDS),)
            ),
        ),
    ),
    findings=(
        Finding(
            FindingCode.PII_DIRECT,
            Severity.BLOCK,
            "pii.id_number",
            place="attachment1/Sheet1!B3",
            end=18,
            count=12,
            excerpt="640***************",
            basis=GROUND,
            details=(("column", "身份证号码"),),
            places=("attachment1/Sheet1!B4",),
            key="hmac-sha256:00",
        ),
        Finding(FindingCode.LABEL_ALIAS, Severity.INFO, "label.alias", waivable=True),
    ),
    notes=(("附件1.xlsx", Note(NoteCode.IMAGE, NoteScope.PART, "Sheet1", "1")),),
    checked_by=(CheckedBy("classifiers", "0.1.0", required=True),),
    sources_used=("S-2026-001",),
    core_fingerprint="f" * 64,
)


def a_version(connection: Connection, digest: str = "d" * 64) -> tuple[int, int]:
    document = documents.see(
        connection, documents.Sighting("/srv/通知.docx", "通知.docx", digest, AT)
    ).document
    facts = versions.VersionFacts(digest, digest, Stage.SUBMITTED, AT)
    return document, versions.add_version(connection, document, facts).id


def judgement(verdict: Verdict = VERDICT) -> verdicts.Judgement:
    return verdicts.Judgement(verdict, "0.1.0", "none", AT)


def without_words(verdict: Verdict) -> Verdict:
    assert verdict.suggestion is not None
    rules = tuple(
        replace(rule, evidence=tuple(replace(span, text="") for span in rule.evidence))
        for rule in verdict.suggestion.rules
    )
    return replace(verdict, suggestion=replace(verdict.suggestion, rules=rules))


def test_a_verdict_comes_back_as_it_was_but_for_the_words_of_the_document(
    database: Database,
) -> None:
    with database.write() as connection:
        document, version = a_version(connection)
        recorded = verdicts.record(connection, version, judgement())
    with database.read() as connection:
        latest = verdicts.latest(connection, document)
        loaded = verdicts.load(connection, recorded.id)

    assert recorded.new
    assert latest is not None
    assert latest.verdict == without_words(VERDICT)
    assert latest == loaded


def test_a_verdict_and_its_chain_row_are_one_act(database: Database) -> None:
    with database.write() as connection:
        document, version = a_version(connection)
        recorded = verdicts.record(connection, version, judgement())
    with database.read() as connection:
        report = verify(connection)
        event = chain.events(connection, f"document:{document}")[0]

    assert (report.ok, report.rows) == (True, 1)
    assert event.payload is not None
    assert event.payload["verdict"] == recorded.id
    assert event.payload["outcome"] == "blocked"
    assert event.payload["findings"] == [
        ["PII_DIRECT", "block", "pii.id_number", "hmac-sha256:00", 12],
        ["LABEL_ALIAS", "info", "label.alias", "", 1],
    ]


def test_a_second_verdict_with_the_same_key_is_known_and_changes_nothing(
    database: Database,
) -> None:
    other = replace(VERDICT, outcome=Outcome.CLEAN, findings=())

    with database.write() as connection:
        document, version = a_version(connection)
        first = verdicts.record(connection, version, judgement())
        second = verdicts.record(connection, version, judgement(other))
    with database.read() as connection:
        rows = verify(connection).rows
        latest = verdicts.latest(connection, document)

    assert second == verdicts.Recorded(first.id, new=False)
    assert rows == 1
    assert latest is not None
    assert latest.verdict.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(judgement(), pipeline_version="0.2.0"), id="a newer pipeline"),
        pytest.param(replace(judgement(), sources_key="S-2026-001"), id="a source was recorded"),
        pytest.param(judgement(replace(VERDICT, profile="zhongwei_2022@1")), id="another profile"),
        pytest.param(judgement(replace(VERDICT, stage=Stage.DRAFT)), id="another stage"),
    ],
)
def test_what_a_verdict_leans_on_is_part_of_its_key(
    database: Database, other: verdicts.Judgement
) -> None:
    with database.write() as connection:
        document, version = a_version(connection)
        verdicts.record(connection, version, judgement())
        second = verdicts.record(connection, version, other)
        latest = verdicts.latest(connection, document)

    assert second.new
    assert latest is not None
    assert latest.id == second.id


def test_the_latest_verdict_is_on_the_newest_version_even_if_an_old_one_is_judged_again(
    database: Database,
) -> None:
    with database.write() as connection:
        document, old = a_version(connection, "1" * 64)
        _, new = a_version(connection, "2" * 64)
        expected = verdicts.record(connection, new, judgement())
        verdicts.record(connection, old, replace(judgement(), pipeline_version="0.2.0"))
        latest = verdicts.latest(connection, document)

    assert latest is not None
    assert latest.id == expected.id


RACE = """
import sys
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.verdict import Verdict
from gongkai.store import verdicts
from gongkai.store.database import Database
verdict = Verdict(Outcome.CLEAN, Stage.DRAFT, "national_2019@1", None, None, ())
new = 0
with Database(sys.argv[1]) as database:
    for n in range(40):
        with database.write() as connection:
            judged = verdicts.Judgement(verdict, str(n), "", "2026-11-21T10:00:00+08:00")
            new += verdicts.record(connection, int(sys.argv[2]), judged).new
print(new)
"""


def test_two_processes_that_judge_the_same_record_each_verdict_once(database: Database) -> None:
    with database.write() as connection:
        _, version = a_version(connection)
    judges = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                RACE,
                database.url.render_as_string(hide_password=False),
                str(version),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(2)
    ]

    new = sum(int(judge.communicate(timeout=120)[0]) for judge in judges)

    with database.read() as connection:
        stored = connection.execute(select(func.count()).select_from(tables.verdict)).scalar_one()
        report = verify(connection)
    assert (new, stored, report.rows, report.ok) == (40, 40, 40, True)


def decision(answer: decisions.Answer, reason: str = "经核实为办公电话") -> decisions.Decision:
    return decisions.Decision("hmac-sha256:00", answer, "李小红示例", reason, AT)


def test_the_last_answer_to_a_finding_counts_and_the_first_stays_on_record(
    database: Database,
) -> None:
    with database.write() as connection:
        document, _ = a_version(connection)
        decisions.decide(connection, document, decision(decisions.Answer.ACCEPTED, ""))
        decisions.decide(connection, document, decision(decisions.Answer.FALSE_POSITIVE))
        standing = decisions.standing(connection, document)
        events = chain.events(connection, f"document:{document}")

    assert standing == {"hmac-sha256:00": decision(decisions.Answer.FALSE_POSITIVE)}
    assert [event.payload and event.payload["answer"] for event in events] == [
        "ACCEPTED",
        "FALSE_POSITIVE",
    ]


@pytest.mark.parametrize("answer", [decisions.Answer.FALSE_POSITIVE, decisions.Answer.WAIVED])
def test_a_finding_is_not_set_aside_without_a_reason(
    sqlite: Database, answer: decisions.Answer
) -> None:
    with sqlite.write() as connection:
        document, _ = a_version(connection)

    with pytest.raises(ActionRefused) as caught, sqlite.write() as connection:
        decisions.decide(connection, document, decision(answer, "  "))

    assert caught.value.key == "decision_needs_reason"


PROPOSED = Determination(
    attribute=DisclosureAttribute.PROACTIVE,
    core_fingerprint="f" * 64,
    decided_by="张晓明示例",
    decided_on="2026-11-20",
    capacity=Capacity.DRAFTING,
    medium=Medium.SYSTEM,
    recorded_by="张晓明示例",
    recorded_at=AT,
)
SIGNED = replace(
    PROPOSED,
    attribute=DisclosureAttribute.ON_REQUEST,
    decided_by="王建国示例",
    capacity=Capacity.SIGNING,
    medium=Medium.PAPER,
    status=DeterminationStatus.DETERMINED,
    reason="内部管理事务",
    evidence="发文稿纸第3号",
    work_secret=True,
)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        pytest.param([PROPOSED], PROPOSED, id="a proposal"),
        pytest.param([PROPOSED, SIGNED], SIGNED, id="the signer changed it"),
        pytest.param([SIGNED, PROPOSED], SIGNED, id="a later proposal does not outrank him"),
        pytest.param([replace(SIGNED, core_fingerprint="0")], None, id="made for another text"),
        pytest.param([], None, id="nothing recorded"),
    ],
)
def test_the_determination_that_counts_is_the_signers_for_this_text(
    database: Database, recorded: list[Determination], expected: Determination | None
) -> None:
    with database.write() as connection:
        document, _ = a_version(connection)
        for one in recorded:
            determinations.record(connection, document, one)
        current = determinations.current(connection, document, "f" * 64)

    assert (current and current.determination) == expected


def test_a_revoked_determination_stays_on_record_and_counts_no_more(database: Database) -> None:
    with database.write() as connection:
        document, _ = a_version(connection)
        number = determinations.record(connection, document, SIGNED)
        determinations.revoke(connection, number, "王建国示例", "所附材料有变化", AT)
        current = determinations.current(connection, document, SIGNED.core_fingerprint)
        history = determinations.history(connection, document)
        kinds = [event.kind for event in chain.events(connection, f"document:{document}")]

    assert current is None
    assert history == (determinations.StoredDetermination(number, document, SIGNED, revoked=True),)
    assert kinds == ["determination.recorded", "determination.revoked"]


@pytest.mark.parametrize(
    ("one", "key"),
    [
        pytest.param(replace(SIGNED, decided_by=" "), "determination_needs_name", id="no decider"),
        pytest.param(replace(SIGNED, recorded_by=""), "determination_needs_name", id="no recorder"),
    ],
)
def test_a_determination_names_who_decided_and_who_recorded(
    sqlite: Database, one: Determination, key: str
) -> None:
    with sqlite.write() as connection:
        document, _ = a_version(connection)

    with pytest.raises(ActionRefused) as caught, sqlite.write() as connection:
        determinations.record(connection, document, one)

    assert caught.value.key == key


@pytest.mark.parametrize(
    ("reason", "times", "key"),
    [
        pytest.param(" ", 1, "decision_needs_reason", id="without a reason"),
        pytest.param("有变化", 2, "determination_not_standing", id="twice"),
    ],
)
def test_a_determination_is_revoked_once_and_with_a_reason(
    sqlite: Database, reason: str, times: int, key: str
) -> None:
    with sqlite.write() as connection:
        document, _ = a_version(connection)
        number = determinations.record(connection, document, SIGNED)
        for _ in range(times - 1):
            determinations.revoke(connection, number, "王建国示例", reason, AT)

    with pytest.raises(ActionRefused) as caught, sqlite.write() as connection:
        determinations.revoke(connection, number, "王建国示例", reason, AT)

    assert caught.value.key == key
