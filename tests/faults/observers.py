"""A task that asks one faulty observer and one good one, in a worker."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from faults import works
from gongkai.host import Host
from gongkai.hosting.answers import Answers
from gongkai.model.reading import Observations
from gongkai.testing import a_bundle, a_profile


class Observers:
    """A job is the set of plugins to leave out."""

    def __init__(self, fault: str) -> None:
        self.host = Host.of({"faulty": import_module(f"faults.{fault}"), "works": works})
        self.profile = a_profile()

    def __call__(self, skip: set[str], announce: Callable[[str], None]) -> Answers[Observations]:
        host = self.host.supervised(announce, skip)
        return host.observe(a_bundle("关于示例工作的通知"), self.profile)
