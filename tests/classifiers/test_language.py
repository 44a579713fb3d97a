from __future__ import annotations

import subprocess
import sys

from classifiers.papers import content, view, view_of
from gongkai_classifiers.language import COMPONENTS, PREFIX, observations, pipeline, read

PAPER = (
    "关于做好就业工作的通知",
    "各县（区）人社局：",
    "现将有关事项通知如下。",
    "中卫市人力资源和社会保障局",
    "2026年3月12日",
    "（此件公开发布）",
)


def test_the_pipeline_runs_every_component_in_order() -> None:
    names = pipeline().pipe_names

    assert names == [PREFIX + component.partition("@")[0] for component in COMPONENTS]


def test_the_pipeline_is_built_once() -> None:
    assert pipeline() is pipeline()


def test_a_token_is_a_character_and_its_index_an_offset() -> None:
    paper = view(*PAPER)

    doc = read(paper)

    assert doc.text == paper.main.text
    assert [token.text for token in doc] == list(paper.main.text)


def test_attachments_follow_the_main_text_in_the_same_doc() -> None:
    paper = view_of(content(*PAPER), content("名单", "（此件不公开）", name="附件1.txt"))

    doc = read(paper)

    assert doc.text == "\n".join(transcript.text for _, transcript in paper.members)
    spans = [span.text for span in doc.spans["gongkai_labels"]]
    assert spans == ["此件公开发布", "此件不公开"]


def test_observations_name_the_components_with_versions() -> None:
    seen = observations(view(*PAPER))

    assert seen.components == COMPONENTS
    assert [kind.value for kind in seen.doc_types] == ["通知"]
    assert [label.text for label in seen.labels] == ["此件公开发布"]


def test_one_bundle_leaves_nothing_behind_for_the_next() -> None:
    first = observations(view(*PAPER))
    observations(view("关于另一件事的请示", "市人民政府：", "妥否，请批示。"))

    assert observations(view(*PAPER)) == first


def test_an_empty_file_is_observed_too() -> None:
    seen = observations(view())

    assert seen.components == COMPONENTS


def test_importing_the_package_does_not_import_spacy() -> None:
    program = (
        "import sys, gongkai_classifiers.plugin, gongkai_classifiers.language; "
        "print('spacy' in sys.modules)"
    )

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"sys_path = {sys.path!r}; import sys; sys.path[:] = sys_path; {program}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"
