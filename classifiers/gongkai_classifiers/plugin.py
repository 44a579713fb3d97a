"""The built-in classifiers as one guest of the ``observe`` hook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai import hookimpl
from gongkai.model.bundle import Bundle
from gongkai.model.reading import Observations
from gongkai_classifiers.language import observations
from gongkai_classifiers.view import View

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile


@hookimpl
def observe(bundle: Bundle, profile: Profile) -> Observations:
    """Everything the built-in classifiers see; never abstains, never decides (SRC-05)."""
    return observations(View(bundle, profile))
