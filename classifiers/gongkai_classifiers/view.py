"""What every component of the classifiers looks at: one bundle, its texts and its layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from gongkai.model.bundle import Bundle, Member
from gongkai.model.transcript import Transcript
from gongkai_classifiers.layout import Layout, layout_of

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile

Found = TypeVar("Found")


class View:
    """A bundle under a profile; transcripts and layout are made once, when first asked for.

    ``main`` and ``members`` hold the printed text, ``everything`` hidden places too.
    ``layout`` says where the parts of the main file begin, in offsets of ``main``.
    """

    def __init__(self, bundle: Bundle, profile: Profile) -> None:
        self.bundle = bundle
        self.profile = profile
        self._known: dict[Callable[[View], Any], Any] = {}

    def once(self, look: Callable[[View], Found]) -> Found:
        """What ``look`` finds here, looked for only the first time: components share it."""
        if look not in self._known:
            self._known[look] = look(self)
        found: Found = self._known[look]
        return found

    @cached_property
    def members(self) -> tuple[tuple[Member, Transcript], ...]:
        """Each file of the bundle with its printed text, the main file first."""
        return tuple((member, Transcript.of(member)) for member in self.bundle.members)

    @cached_property
    def everything(self) -> tuple[tuple[Member, Transcript], ...]:
        """Each file of the bundle with all its text, the main file first (SRC-14)."""
        return tuple((member, Transcript.of_everything(member)) for member in self.bundle.members)

    @property
    def main(self) -> Transcript:
        """The printed text of the main file."""
        return self.members[0][1]

    @cached_property
    def layout(self) -> Layout:
        """Where the parts of the main file's printed text stand."""
        return layout_of(self.main)
