"""Resolve a source: look up a forwarded document in a list exported from the OA.

The list lies beside the plugin as oa_list.csv: doc_number,title,issuer,signed_date,attribute.
"""

from __future__ import annotations

import csv
from pathlib import Path

from gongkai import hookimpl
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.model.reading import Citation


@hookimpl
def resolve_source(citation: Citation) -> Source | None:
    """The row of the list with the same document number."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if citation.doc_number and row["doc_number"] == citation.doc_number:
                return _source(row)
    return None


def _source(row: dict[str, str]) -> Source:
    # An unlabelled original is an answer of its own; a label is never guessed.
    attribute = DisclosureAttribute(row["attribute"]) if row["attribute"] else None
    return Source(
        id=f"oa_list:{row['doc_number']}",
        title=row["title"],
        doc_number=row["doc_number"],
        issuer=row["issuer"],
        signed_date=row["signed_date"],
        status=SourceStatus.LABELLED if attribute else SourceStatus.UNLABELLED,
        attribute=attribute,
        evidence="OA",
    )
