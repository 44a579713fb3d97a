"""What each file of a document is: the main file, an attachment, or working material (A4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.model.bundle import Bundle, IssueForm, Member, Role
from gongkai.model.content import Content
from gongkai.script import normalise
from gongkai.settings import Folder
from gongkai.watch.attachment_note import attachments_inside, parse_attachment_note, squeeze
from gongkai.watch.names import (
    FORM_NAME,
    KINDS,
    MAIN_STEMS,
    attachment,
    base_name,
    is_process_material,
    is_text,
    text_rank,
    version,
)

_SAME_MOMENT = 60 * 10**9  # copying a folder stamps its files within seconds
_TITLE = re.compile(rf".{{2,80}}(?:{KINDS})(?:\([^()]{{1,12}}\))?")
_RECIPIENT = re.compile(
    r".{0,120}(?:局|厅|部|委|办|院|府|会|公司|单位|部门|科室|中心|学校|市|县|区|机构)[^。]{0,30}:"
)
_DATE = re.compile(
    r".{0,30}?(?:(?:20\d\d|二[〇○零Oo0][一二三四五六七八九〇○零]{2})\s*年|年)\s*\S{0,3}\s*月\s*\S{0,3}\s*日\s*"
)
_HEAD_LINES = 25


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file of a document. ``content`` refines the choice; without it names decide."""

    name: str
    sha256: str
    content: Content | None = None
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """Who is what. ``main`` is None when there is nothing but working material.

    ``question`` names the files that could each be the main one; the newest was taken.
    ``missing`` are titles the main file lists and nobody found; ``unlisted`` attachments it
    does not list.
    """

    main: FileFact | None
    attachments: tuple[FileFact, ...] = ()
    references: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    question: tuple[str, ...] = ()


def plan(files: Sequence[FileFact], process_material: Sequence[str]) -> BundlePlan:
    """Who is what among the files of one document.

    Whatever is neither main nor known as working material or an older version counts as an
    attachment and is judged: attachments are content (SRC-14).
    """
    papers = sorted((f for f in files if not f.name.endswith(FORM_NAME)), key=lambda f: f.name)
    if not papers:
        return BundlePlan(None)
    if len(papers) == 1:
        return _with_note(papers[0], (), (), ())
    process = [f for f in papers if is_process_material(f.name, process_material)]
    named = [f for f in papers if f not in process and attachment(f.name) is not None]
    others = [f for f in papers if f not in process and f not in named]
    candidates = [f for f in others if is_text(f.name)] or others or _promoted(named)
    extra = [f for f in others if f not in candidates]
    heads, older, renditions = _newest_of_families(candidates)
    main, question, rest = _choose(heads)
    references = tuple(sorted(f.name for f in (*process, *older)))
    if main is None:
        return BundlePlan(None, references=references)
    attached = [f for f in (*named, *extra, *rest, *renditions) if f is not main]
    return _with_note(main, attached, references, question)


def _promoted(named: Sequence[FileFact]) -> list[FileFact]:
    """When every file calls itself an attachment, the one that reads like a document, or all."""
    return [f for f in named if _reads_like_a_document(f.content)] or list(named[:1])


def _newest_of_families(
    candidates: Sequence[FileFact],
) -> tuple[list[FileFact], list[FileFact], list[FileFact]]:
    """The newest of each version family, the older ones, and other forms of the newest."""
    families: defaultdict[str, list[FileFact]] = defaultdict(list)
    for fact in candidates:
        families[version(fact.name).stem].append(fact)
    # 送审稿0312.docx says only that it is a version: of 正文, else of the one paper there is.
    named = [stem for stem in families if stem in MAIN_STEMS] or [s for s in families if s]
    if "" in families and len(named) == 1:
        families[named[0]] += families.pop("")
    heads, older, renditions = [], [], []
    for family in families.values():
        head = _newest(family)
        same = [f for f in family if base_name(f.name) == base_name(head.name)]
        head = min(same, key=lambda f: (text_rank(f.name), f.name))
        heads.append(head)
        renditions += [f for f in same if f is not head]
        older += [f for f in family if f not in same]
    return heads, older, renditions


def _newest(facts: Sequence[FileFact]) -> FileFact:
    """The latest by time; within a minute, 定稿 before an unmarked name before 送审稿."""
    latest = max(fact.mtime_ns for fact in facts)
    recent = [f for f in facts if latest - f.mtime_ns <= _SAME_MOMENT]

    def order(fact: FileFact) -> tuple[int, tuple[int, ...], int, str]:
        found = version(fact.name)
        return found.rank, found.order, fact.mtime_ns, fact.name

    return max(recent, key=order)


def _choose(
    heads: Sequence[FileFact],
) -> tuple[FileFact | None, tuple[str, ...], list[FileFact]]:
    """The main file, the question if more than one could be it, and the others."""
    if not heads:
        return None, (), []
    fit = [f for f in heads if _reads_like_a_document(f.content)]
    if not fit:
        fit = [f for f in heads if version(f.name).stem in MAIN_STEMS]
    if not fit:
        fit = [f for f in heads if _TITLE.fullmatch(version(f.name).stem)]
    fit = fit or list(heads)
    main = _newest(fit)
    question = tuple(sorted(f.name for f in fit)) if len(fit) > 1 else ()
    return main, question, [f for f in heads if f is not main]


def _reads_like_a_document(content: Content | None) -> bool:
    """A title with its kind, and a main recipient or a signed date (or the blank for one)."""
    if content is None:
        return False
    lines = [text for block in content.printed if (text := normalise(block.text).strip())]
    head = lines[:_HEAD_LINES]
    titled = any(_TITLE.fullmatch("".join(line.split())) for line in head)
    addressed = any(_RECIPIENT.fullmatch(line) for line in head)
    signed = any(_DATE.fullmatch(line) for line in lines)
    return titled and (addressed or signed)


def _with_note(
    main: FileFact,
    attached: Sequence[FileFact],
    references: tuple[str, ...],
    question: tuple[str, ...],
) -> BundlePlan:
    lines = [b.text for b in main.content.printed] if main.content is not None else []
    titles = parse_attachment_note("\n".join(lines))
    inside = attachments_inside(lines, titles)
    numbers = {fact.name: _listed_as(fact, titles) for fact in attached}
    found = inside | set(numbers.values())
    ordered = sorted(attached, key=lambda fact: (*_position(fact, numbers[fact.name]), fact.name))
    return BundlePlan(
        main,
        tuple(ordered),
        references,
        missing=tuple(t for n, t in enumerate(titles, 1) if n not in found),
        unlisted=tuple(fact.name for fact in ordered if not numbers[fact.name]),
        question=question,
    )


def _listed_as(fact: FileFact, titles: Sequence[str]) -> int:
    """Which entry of the note a file answers to, by its title, else by its number; 0 for none."""
    words = squeeze(base_name(fact.name))
    named = attachment(fact.name)
    own = squeeze(named.title) if named else words
    for number, title in enumerate(titles, 1):
        listed = squeeze(title)
        if listed and (listed in words or (len(own) >= 2 and own in listed)):
            return number
    if named is None:
        return 0
    if named.number:
        return named.number if named.number <= len(titles) else 0
    return 1 if len(titles) == 1 else 0


def _position(fact: FileFact, listed: int) -> tuple[int, int]:
    named = attachment(fact.name)
    number = listed or (named.number if named else 0)
    return (0, number) if number else (1, 0)


def assemble(
    plan: BundlePlan, contents: Mapping[str, Content], folder: Folder, form: IssueForm | None
) -> Bundle:
    """The bundle to be judged: the plan's files with their content, in the folder's stage.

    ``contents`` maps the names of main file and attachments to what was read of them.
    Raises ``ValueError`` for a plan without a main file: there is nothing to judge.
    """
    if plan.main is None:
        raise ValueError("a plan without a main file has nothing to judge")
    attachments = tuple(
        Member(fact.name, Role.ATTACHMENT, contents[fact.name], number)
        for number, fact in enumerate(plan.attachments, 1)
    )
    return Bundle(
        main=Member(plan.main.name, Role.MAIN, contents[plan.main.name]),
        attachments=attachments,
        references=plan.references,
        missing=plan.missing,
        unlisted=plan.unlisted,
        stage=folder.stage,
        section=(form.section if form and form.section else folder.section),
        form=form,
    )
