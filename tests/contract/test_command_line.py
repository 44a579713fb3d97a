"""The command line other tools rely on: its commands, its object, and what --help costs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from gongkai.cli.main import COMMANDS, gongkai
from gongkai.cli.session import Session
from gongkai.messages import has
from gongkai.samples.demonstration import ALL_COLUMNS, roster, subsidy_notice
from gongkai.samples.gbt9704 import OfficialDocument, official_document

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, *sorted((ROOT / "docs").glob("*.md"))]
PROMISED = {
    "demo", "init", "check", "explain", "text", "stamp", "submit", "source", "watch", "status",
    "quarantine", "profile", "plugins",
}  # fmt: skip
HEAVY = (
    "spacy", "thinc", "pypdfium2", "pdfplumber", "pikepdf", "openpyxl", "docx", "lxml",
    "sqlalchemy", "alembic",
)  # fmt: skip
TOP = {
    "file", "attachments", "references", "sha256", "input_digest", "core_fingerprint", "format",
    "stage", "profile", "doc_type", "elements", "stated", "forwards", "suggestion", "entities",
    "findings", "notes", "checked_by", "question", "scope_reason", "outcome",
}  # fmt: skip
INNER = {
    "attachments": {"file", "number", "sha256", "format", "readable"},
    "doc_type": {"value", "confidence", "evidence"},
    "elements": {
        "title", "doc_number", "issuer", "main_recipients", "cc", "signed_date", "signer",
        "signature", "urgency", "serial_number", "attachment_note", "annotation", "imprint",
        "printer", "contact",
    },
    "stated": {"attribute", "text", "place", "source", "scope"},
    "forwards": {"title", "doc_number"},
    "suggestion": {"attribute", "hint", "mode", "confidence", "rules"},
    "entities": {"kind", "sub", "role", "place", "start", "end", "text"},
    "findings": {
        "code", "severity", "rule", "place", "start", "end", "count", "excerpt", "headline",
        "basis", "cure", "waivable", "key",
    },
    "notes": {"file", "code", "scope", "place", "detail"},
    "checked_by": {"name", "version", "ran", "required", "failure"},
}  # fmt: skip


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from gongkai.cli import main; raise SystemExit(main())",
            *arguments,
        ],
        capture_output=True,
        check=False,
        cwd=ROOT / "core",
        timeout=60,
    )


def top() -> click.Context:
    """The command line as it stands when somebody runs it, outside every office."""
    return click.Context(gongkai, info_name="gongkai", obj=Session(None))


def below(context: click.Context) -> list[click.Context]:
    """Every command below one, imported, those of plugins included."""
    group = context.command
    if not isinstance(group, click.Group):
        return []
    found: list[click.Context] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        inner = click.Context(command, parent=context, info_name=name)
        found += [inner, *below(inner)]
    return found


def words(context: click.Context) -> tuple[str, ...]:
    """A command by its full path."""
    return tuple(context.command_path.split()[1:])


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What check --json says of a paper with much in it, one that forwards, and a broken one."""
    folder = tmp_path_factory.mktemp("papers")
    full = folder / "公示"
    full.mkdir()
    (full / "公示.docx").write_bytes(subsidy_notice())
    (full / "附件：名单.xlsx").write_bytes(roster(ALL_COLUMNS))
    forwarding = OfficialDocument(
        title="关于转发《示例省人力资源和社会保障厅关于做好培训工作的通知》的通知",
        annotation="（此件公开发布）",
    )
    (folder / "转发.docx").write_bytes(official_document(forwarding))
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    answer = run("check", "--json", str(full), str(folder / "转发.docx"), str(folder / "旧.doc"))
    return [json.loads(line) for line in answer.stdout.decode("utf-8").splitlines()]


def test_the_promised_commands_are_there() -> None:
    assert set(COMMANDS) >= PROMISED


def test_every_command_can_be_imported() -> None:
    assert {words(each)[0] for each in below(top())} >= set(COMMANDS)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_lists_every_command(readme: Path) -> None:
    listed = re.findall(r"^\| `gongkai (\w+)", readme.read_text("utf-8"), re.MULTILINE)

    assert set(listed) == {words(each)[0] for each in below(top())}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_pages_name_no_command_that_is_not_there(page: Path) -> None:
    known = {" ".join(words(each)) for each in below(top())}
    named = re.findall(
        r"(?:^|`|&& |bin/)gongkai (?:--office \S+ )?([a-z]+(?: [a-z]+)?)",
        page.read_text("utf-8"),
        re.MULTILINE,
    )

    assert {n for n in named if n not in known and n.split()[0] not in known} == set()


def option_keys(command: str, option: click.Parameter) -> tuple[str, str]:
    return f"{command}_option_{option.name}", f"option_{option.name}"


def test_every_command_and_option_has_its_words() -> None:
    silent = []
    for each in below(top()):
        path = words(each)
        own = getattr(each.command, "catalogue", "cli.")
        if not has(f"{own}help_{'_'.join(path)}"):
            silent.append(" ".join(path))
        for option in each.command.params:
            keys = [
                f"{catalogue}{key}"
                for catalogue in (own, "cli.")
                for key in (f"{path[-1]}_option_{option.name}", f"option_{option.name}")
            ]
            if isinstance(option, click.Option) and not any(map(has, keys)):
                silent.append(f"{' '.join(path)} --{option.name}")

    assert silent == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_comes_in_both_languages(language: str) -> None:
    answer = run("--lang", language, "--help")

    assert answer.returncode == 0
    assert ("用法" in answer.stdout.decode("utf-8")) == (language == "zh")


def test_help_imports_nothing_heavy() -> None:
    asked = (
        "import sys; sys.argv = ['gongkai', '--help']\n"
        "from gongkai.cli import main; main()\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, cwd=ROOT / "core"
    )

    assert answer.stderr.decode().strip() == "[]"


def test_check_prints_one_object_per_document(objects: list[dict[str, Any]]) -> None:
    assert [Path(found["file"]).name for found in objects] == ["公示.docx", "转发.docx", "旧.doc"]
    assert all(found.keys() == TOP for found in objects)


@pytest.mark.parametrize("part", INNER)
def test_a_part_of_the_object_keeps_its_keys(part: str, objects: list[dict[str, Any]]) -> None:
    values = [found[part] for found in objects]
    items = [item for v in values for item in (v if isinstance(v, list) else [v]) if item]

    assert items, f"none of the papers has {part}"
    assert all(item.keys() == INNER[part] for item in items)


def test_the_page_about_the_object_names_every_key() -> None:
    page = (ROOT / "docs" / "reading-json.md").read_text("utf-8")

    keys = TOP.union(*INNER.values())

    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_a_file_that_cannot_be_read_is_exit_status_65(tmp_path: Path) -> None:
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    answer = run("check", str(tmp_path / "旧.doc"))

    assert answer.returncode == 65
