"""``python -m gongkai_classifiers.evaluation``: one run, one table or one object."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from gongkai.errors import GongkaiError
from gongkai.messages import speaking
from gongkai.pipeline import STANDARD_PROFILE
from gongkai.policy.profile import Profile, load_profile
from gongkai_classifiers.evaluation.answers import answers
from gongkai_classifiers.evaluation.composed import PROFILE, Part, composed
from gongkai_classifiers.evaluation.gold import GoldDocument, load_documents, with_entities
from gongkai_classifiers.evaluation.results import measured, show

_WIDTH = 150
_EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("evaluation")
@click.argument("documents", required=False, type=_EXISTING)
@click.option("--entities", type=_EXISTING, help="Where the documents' entities are marked.")
@click.option(
    "--composed",
    "part",
    type=click.Choice([str(part) for part in Part]),
    help="Measure on documents composed from the rules instead.",
)
@click.option("--profile", help="The policy to judge under.", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
def main(
    documents: Path | None,
    entities: Path | None,
    part: str | None,
    profile: str | None,
    as_json: bool,
) -> None:
    """Measure gongkai on DOCUMENTS, one JSON object per line, whose answers are known."""
    try:
        chosen = load_profile(profile or (PROFILE if part else STANDARD_PROFILE))
        gold = _gold(documents, entities, part, chosen)
        results = measured(list(answers(gold, chosen)), chosen)
    except GongkaiError as error:
        with speaking("en"):
            click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    if as_json:
        click.echo(json.dumps(results.as_object(), ensure_ascii=False))
    else:
        console = Console()
        show(results, console if console.is_terminal else Console(width=_WIDTH))


def _gold(
    documents: Path | None, entities: Path | None, part: str | None, profile: Profile
) -> list[GoldDocument]:
    if part is not None and documents is None:
        return composed(Part(part), profile)
    if part is not None or documents is None:
        raise click.UsageError("Give either DOCUMENTS or --composed.")
    gold = load_documents(documents)
    return with_entities(gold, entities) if entities else gold


if __name__ == "__main__":
    main()
