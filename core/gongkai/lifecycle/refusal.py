"""Why a wish is not granted: a code of the catalogue ``case.refused_<code>`` and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason; ``values`` hold codes and names of people of the office, no document text."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
