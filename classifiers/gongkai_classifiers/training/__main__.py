"""``python -m gongkai_classifiers.training COMMAND``: see docs/model.md."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import click

from gongkai.script import normalise
from gongkai_classifiers.segment_net import SegmentNet
from gongkai_classifiers.training.examples import read_examples, read_prose, write_examples
from gongkai_classifiers.training.ground_learn import write_model
from gongkai_classifiers.training.ground_recipe import ground_head, kind_head
from gongkai_classifiers.training.ground_recipe import lessons as ground_lessons
from gongkai_classifiers.training.ground_report import report
from gongkai_classifiers.training.learn import Plan, learn, write_nets
from gongkai_classifiers.training.lessons import lessons
from gongkai_classifiers.training.recipe import Amounts, Sources, examples
from gongkai_classifiers.training.segment_learn import SegmentPlan, write_net
from gongkai_classifiers.training.segment_learn import learn as learn_segments
from gongkai_classifiers.training.segment_lessons import segment_lessons
from gongkai_classifiers.training.segment_recipe import (
    SegmentAmounts,
    SegmentSources,
    reached,
    segment_examples,
)
from gongkai_classifiers.training.silver import Teacher, labelled

LARGEST = 15_000_000
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.group()
def training() -> None:
    """Make the models: of people's names, of bodies and addresses, of what a paper is about."""


@training.command()
@click.argument("prose", type=FILE)
@click.argument("output", type=OUTPUT)
@click.option("--sentences", default=120_000, show_default=True, help="How many to label.")
def label(prose: Path, output: Path, sentences: int) -> None:
    """Mark names in PROSE (.txt.gz) with the teacher; needs LAC and paddlepaddle."""
    lines = (normalise(line) for _, line in zip(range(sentences), read_prose(prose), strict=False))
    click.echo(write_examples(output, labelled(lines, Teacher())))


@training.command()
@click.argument("silver", type=FILE)
@click.argument("uner", type=FILE)
@click.argument("output", type=OUTPUT)
@click.option("--places", type=FILE, help="Names of places (.json.gz), to tell people from them.")
@click.option("--names", type=FILE, help="A word list with tags (word count nr), for given names.")
@click.option("--papers", default=Amounts().papers, show_default=True)
@click.option("--seed", default=Amounts().seed, show_default=True)
def generate(
    silver: Path,
    uner: Path,
    output: Path,
    places: Path | None,
    names: Path | None,
    papers: int,
    seed: int,
) -> None:
    """Write the examples: SILVER labels, UNER (.iob2.gz), invented papers, renamed prose."""
    amounts = Amounts(papers=papers, seed=seed)
    click.echo(write_examples(output, examples(Sources(silver, uner, places, names), amounts)))


@training.command()
@click.argument("source", type=FILE)
@click.argument("output", type=OUTPUT)
@click.option("--epochs", default=Plan().epochs, show_default=True)
@click.option("--seed", default=Plan().seed, show_default=True)
@click.option("--nets", default=3, show_default=True, help="How many, each with the next seed.")
@click.option("--threads", default=1, show_default=True)
def train(source: Path, output: Path, epochs: int, seed: int, nets: int, threads: int) -> None:
    """Learn weights from the examples of SOURCE; needs torch."""
    taught = lessons(e for e in read_examples(source) if e.part == "train")
    click.echo(f"{len(taught.answers)} windows")
    plans = [Plan(epochs=epochs, seed=seed + n) for n in range(nets)]
    click.echo(f"{write_nets(output, [learn(taught, plan, threads) for plan in plans])} bytes")


@training.command()
@click.argument("statutes", type=FILE)
@click.argument("uner", type=FILE)
@click.argument("places", type=FILE)
@click.argument("output", type=OUTPUT)
@click.option("--words", type=FILE, help="A word list with tags: given names and verbs.")
@click.option("--papers", default=SegmentAmounts().papers, show_default=True)
@click.option("--prose", default=SegmentAmounts().prose, show_default=True)
@click.option("--epochs", default=SegmentPlan().epochs, show_default=True)
@click.option("--threads", default=1, show_default=True)
def segments(
    statutes: Path,
    uner: Path,
    places: Path,
    output: Path,
    words: Path | None,
    papers: int,
    prose: int,
    epochs: int,
    threads: int,
) -> None:
    """Learn where bodies and addresses stand, and write OUTPUT; needs torch.

    STATUTES (.txt.gz), UNER (.iob2.gz), PLACES (.json.gz). Says what is reached on invented
    papers whose sentences never trained.
    """
    sources = SegmentSources(statutes, uner, places, words)
    made = list(segment_examples(sources, SegmentAmounts(papers=papers, prose=prose)))
    taught = segment_lessons(example for example in made if example.part == "train")
    click.echo(f"{len(taught.text.codes)} characters, {sum(map(len, taught.ends))} ends")
    arrays = learn_segments(taught, SegmentPlan(epochs=epochs), threads)
    size = write_net(output, arrays)
    for line in reached((e for e in made if e.part == "unseen"), SegmentNet(arrays)):
        click.echo(line)
    click.echo(f"{size} bytes {hashlib.sha256(output.read_bytes()).hexdigest()}")


@training.command()
@click.argument("weights", type=FILE)
@click.option("--name", type=click.Choice(["persons", "segments"]), default="persons")
def package(weights: Path, name: str) -> None:
    """Put WEIGHTS where the package looks for them, and say their digest for the card."""
    if weights.stat().st_size > LARGEST:
        raise click.ClickException(f"{weights.name} has more than {LARGEST} bytes")
    target = Path(__file__).parents[1] / "model" / f"{name}.npz"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(weights, target)
    click.echo(hashlib.sha256(target.read_bytes()).hexdigest())


@training.command()
@click.argument("output", type=OUTPUT)
@click.option("--statutes", type=FILE, help="Public statutes (.txt.gz, ### before each).")
def grounds(output: Path, statutes: Path | None) -> None:
    """Learn what papers are about from the papers under grounds/, and write OUTPUT.

    Asks for NumPy alone. Says first what is reached on batches of papers held out.
    """
    taught = ground_lessons(statutes)
    click.echo(f"{len(taught)} papers, variants counted")
    learnt = {"grounds": ground_head(taught), "kinds": kind_head(taught)}
    for line in report(learnt["grounds"], learnt["kinds"]):
        click.echo(line)
    size = write_model(output, {name: result.head for name, result in learnt.items()})
    click.echo(f"{size} bytes {hashlib.sha256(output.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    training()
