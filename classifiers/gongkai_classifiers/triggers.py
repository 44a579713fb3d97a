"""Cues for the decision table (requirements §6), of whole papers and of passages.

Passages that would hold a paper up are found with precision before recall: a rule that
says 不得公开国家秘密、商业秘密、个人隐私 is no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.model.reading import EntityKind, Observations, Span, Trigger, TriggerCode
from gongkai.model.transcript import Transcript
from gongkai_classifiers.columns import roster_cell
from gongkai_classifiers.cues import Hit, Where, anything, hits
from gongkai_classifiers.headline import Extract, Headline
from gongkai_classifiers.names import is_name
from gongkai_classifiers.view import View

VERSION = "1"

_LISTING = re.compile(
    "公示|公布|名单|任免|任职|免职|任命|免去|聘任|表彰|表扬|通报|结果|授予|花名册|拟|公告|分工|组成人员"
    "|录用|聘用|配租"
)
_ANNOUNCED = re.compile(
    "(?:现将|现予|现对|拟对|拟将|确定|决定).{0,80}(?:公示|公布|公告|名单|授予|表彰|任命|免去)"
)
_PRIVATE_MATTER = re.compile(
    "关于(?:同意|批准|给予|对|办理|确认)?(?P<name>[一-龥]{2,3}?)(?:同志|先生|女士)?(?:等.{0,4}人)?(?:申请|要求|因病)?的?"
    "(?:退休|病退|提前退休|内退|辞职|辞退|开除|处分|调动|商调|借调|抚恤|丧葬|困难补助|工龄|档案|工资|死亡|信访|投诉|举报|反映)"
)
_SOMEBODY = re.compile("[某×]|(?:同志|先生|女士)")
_ACT = re.compile(
    "关于|同意|批准|给予|撤销|解除|终止|对|为|办理|确认|认定|核定|发放|商调|借调|接收"
)
_ABOUT_ONE = re.compile(
    "(?P<name>[一-龥]{2,4}?)"
    "(?:同志|先生|女士|.{0,12}?(?:辞去|辞职|辞退|开除|处分|警告|记过|降级|撤职|退休|病退|调出|调入|调动|合同|解聘|聘用|考察|政审"
    "|工伤|抚恤|丧葬|遗属|去世|病故|补助|救济|工龄|档案|工资|待遇|复核|申诉|投诉|举报|信访|处理))"
)
"""Whoever a title is about: named 同志, or by name and what one person alone can have."""
_OF_PUBLIC_OFFICE = re.compile(
    "任免|任职|免职|任命|免去|职务|代表|委员|建议|提案|表彰|授予|追授|学习|先进|事迹|治丧|烈士|讲话|精神"
    "|思想|领导小组|分工|公示|名单|慰问|模范"
)
_ADDRESSED = re.compile(
    "^(?:尊敬的)?(?P<name>[一-龥]{2,4})(?:同志|先生|女士)?(?:[(][^()]{2,40}[)])?:$"
)
_MATTER_SURE = 0.8
_YIELDING = frozenset(
    {TriggerCode.VITAL_INTEREST, TriggerCode.WIDE_KNOWLEDGE, TriggerCode.INSTITUTION}
)
_MOST_PASSAGES = 20


def observe(view: View) -> Observations:
    """Cues in the title, the opening, the close, and in passages of every file."""
    head = Headline(view)
    triggers = [*_about(head), *_named_lists(view, head)]
    for _, transcript in view.everything:
        triggers += _passages(transcript)
    return Observations(triggers=tuple(_settled(triggers)), components=("triggers",))


def _about(head: Headline) -> Iterator[Trigger]:
    """What the whole paper is about."""
    if head.title.lines:
        yield from _subject(head.title, Where.TITLE, Where.FORM)
    else:
        for hit in hits(head.name, Where.TITLE):
            yield Trigger(hit.cue.code, None, True, round(hit.cue.weight - 0.1, 2))
    yield from _private_matter(head.title)
    yield from _addressed(head)
    yield from _subject(head.opening, Where.OPENING)
    yield from _subject(head.closing, Where.CLOSING)


def _subject(extract: Extract, *where: Where) -> Iterator[Trigger]:
    for hit in hits(extract.text, *where):
        span = extract.span(hit.start, hit.end)
        yield Trigger(hit.cue.code, span, hit.cue.subject, hit.cue.weight)


def _private_matter(title: Extract) -> Iterator[Trigger]:
    """Somebody's retirement, pay or complaint in the title (SRC-07)."""
    for match in _PRIVATE_MATTER.finditer(title.text):
        if is_name(match["name"]) or _SOMEBODY.search(match.group()):
            span = title.span(match.start("name"), match.end())
            yield Trigger(TriggerCode.PRIVATE_SUBJECT, span, True, _MATTER_SURE)

    if _OF_PUBLIC_OFFICE.search(title.text):
        return
    for act in _ACT.finditer(title.text):
        about = _ABOUT_ONE.match(title.text, act.end())
        if about and is_name(about["name"]):
            span = title.span(*about.span("name"))
            yield Trigger(TriggerCode.PRIVATE_SUBJECT, span, True, _MATTER_SURE)


def _addressed(head: Headline) -> Iterator[Trigger]:
    """A paper to one natural person is about that person's matter."""
    for line in head.salutation.lines:
        match = _ADDRESSED.match(line.text)
        if match and is_name(match["name"]):
            span = head.salutation.view.main.span(*line.whole)
            yield Trigger(TriggerCode.PRIVATE_SUBJECT, span, True, _MATTER_SURE)


def _passages(transcript: Transcript) -> Iterator[Trigger]:
    counted: dict[TriggerCode, int] = {}
    for hit in hits(transcript.compact, Where.PASSAGE):
        counted[hit.cue.code] = counted.get(hit.cue.code, 0) + 1
        if counted[hit.cue.code] <= _MOST_PASSAGES:
            yield _passage(hit, transcript.span(*transcript.spread(hit.start, hit.end)))
    holds_a_cue = anything(Where.LINE).search
    for index, block in enumerate(transcript.blocks):
        if len(block.text) > 60:
            continue
        line = "".join(transcript.line(index).split())
        if not holds_a_cue(line):
            continue
        for hit in hits(line, Where.LINE):
            start = transcript.starts[index]
            yield _passage(hit, transcript.span(start, start + len(block.text)))


def _passage(hit: Hit, span: Span) -> Trigger:
    return Trigger(hit.cue.code, span, False, hit.cue.weight)


def _named_lists(view: View, head: Headline) -> Iterator[Trigger]:
    """Lists of people or units the law wants published; ``detail`` is the list's kind (C-17)."""
    roster = _has_people(view)
    title = head.title.text or head.name
    opening = head.opening.text
    attached = "".join("".join(member.name.split()) for member in view.bundle.attachments)
    listed = _LISTING.search(title) is not None or roster
    announced = _ANNOUNCED.search(opening) is not None
    for entry in view.profile.named_lists:
        cue = next((cue for cue in entry.cues if cue in title), None)
        if cue and (listed or announced):
            span = head.title.span(title.find(cue), title.find(cue) + len(cue))
            yield Trigger(TriggerCode.NAMED_LIST, span, True, 0.85, entry.kind)
            continue
        cue = next((cue for cue in entry.cues if cue in opening), None)
        if cue and (announced or roster):
            start = opening.find(cue)
            span = head.opening.span(start, start + len(cue))
            yield Trigger(TriggerCode.NAMED_LIST, span, announced, 0.65, entry.kind)
            continue
        if roster and any(cue in attached for cue in entry.cues):
            yield Trigger(TriggerCode.NAMED_LIST, None, True, 0.7, entry.kind)


def _has_people(view: View) -> bool:
    """Whether a table of the bundle has a column of names."""
    meanings = (roster_cell(block) for _, block in view.bundle.blocks())
    return any(meaning and meaning.kind is EntityKind.PERSON for meaning in meanings)


def _settled(triggers: list[Trigger]) -> Iterator[Trigger]:
    """One trigger per code, subject and detail, the surest; every passage.

    A public call for comments is no consultation of offices; a paper about one person lists
    nobody; and in a paper on internal affairs words of public interest say nothing of the whole.
    """
    about = {t.code for t in triggers if t.subject}
    best: dict[tuple[TriggerCode, str, bool], Trigger] = {}
    for trigger in triggers:
        code = trigger.code
        if code is TriggerCode.CONSULTATION and TriggerCode.PUBLIC_CONSULTATION in about:
            continue
        if code is TriggerCode.NAMED_LIST and TriggerCode.PRIVATE_SUBJECT in about:
            continue
        subject = trigger.subject and not (
            TriggerCode.INTERNAL_MATTER in about and code in _YIELDING
        )
        if not subject and code not in _YIELDING:
            yield trigger
            continue
        settled = replace(trigger, subject=subject)
        key = (code, trigger.detail, subject)
        if key not in best or settled.confidence > best[key].confidence:
            best[key] = settled
    yield from best.values()
