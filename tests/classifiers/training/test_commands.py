"""The commands that make the model: examples are written, what is missing is said."""

from __future__ import annotations

import gzip

import pytest
from click.testing import CliRunner

from gongkai_classifiers.training.__main__ import training
from gongkai_classifiers.training.examples import Example, read_examples, write_examples


@pytest.fixture
def sources(tmp_path):
    silver = tmp_path / "silver.jsonl"
    write_examples(
        silver, [Example(f"申请人应当提交第{n}份材料。", (), "silver") for n in range(50)]
    )
    uner = tmp_path / "uner.iob2.gz"
    uner.write_bytes(gzip.compress("1\t张晓明\tB-PER\t-\t-\n2\t来\tO\t-\t-\n\n".encode()))
    return silver, uner


def test_examples_of_every_source_are_generated(sources, tmp_path):
    output = tmp_path / "examples.jsonl"

    done = CliRunner().invoke(
        training, ["generate", *map(str, sources), str(output), "--papers", "20"]
    )

    assert done.exit_code == 0, done.output
    kinds = {example.source.partition(":")[0] for example in read_examples(output)}
    assert {"invented", "uner"} <= kinds


def test_the_same_seed_generates_the_same_examples(sources, tmp_path):
    outputs = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]

    for output in outputs:
        CliRunner().invoke(
            training, ["generate", *map(str, sources), str(output), "--papers", "20", "--seed", "3"]
        )

    assert outputs[0].read_text("utf-8") == outputs[1].read_text("utf-8")


def test_weights_too_large_for_the_package_are_not_put_there(tmp_path):
    heavy = tmp_path / "heavy.npz"
    with heavy.open("wb") as file:
        file.truncate(15_000_001)

    done = CliRunner().invoke(training, ["package", str(heavy)])

    assert done.exit_code == 1
    assert "15000000" in done.output
