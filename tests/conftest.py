"""What holds for every test: no network (INT-01), the environment as it was, no marked paper."""

from __future__ import annotations

import ipaddress
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from datetime import datetime, timedelta

import pytest

from starred_levels import files_with_starred_levels

IN_CI = "CI"
"""Set by ``.ci/run``: then a skipped test is a failed run."""

_ASKS_FOR_A_HOST = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_SENDS_TO_AN_ADDRESS = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
)
_reached_out: list[str] = []

LONGEST_TEST = timedelta(seconds=60)


class ReachedOut(RuntimeError):
    """Something wanted to leave this machine."""


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_stay_at_home)


def _stay_at_home(
    event: str,
    arguments: tuple[object, ...],
    # Hooks are heard to the very end, when this module has no names any more.
    asks: Set[str] = _ASKS_FOR_A_HOST,
    sends: Set[str] = _SENDS_TO_AN_ADDRESS,
) -> None:
    """Refuse, and remember, every address that is neither loopback nor a Unix socket."""
    if event in asks:
        host = arguments[0]
    elif event in sends:
        address = arguments[1]
        # A Unix socket's address is a path; a netlink socket's is a pair of numbers.
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if isinstance(name, str) and not _is_here(name):
        _reached_out.append(f"{event} {name}")
        raise ReachedOut(f"tests use no network, this one wanted {event} {name}")


def _is_here(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """No test begins on one day and ends on the next: near midnight it waits for the new day."""
    now = datetime.now()
    left = datetime.combine(now + timedelta(days=1), datetime.min.time()) - now
    if left < LONGEST_TEST:
        time.sleep(left.total_seconds() + 0.1)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail even when the code under test swallowed the refusal."""
    _reached_out.clear()
    yield
    assert not _reached_out


@pytest.fixture(autouse=True)
def _environment_as_found() -> Iterator[None]:
    """Fail a test that leaves the environment changed, and put it back for the next."""
    found = _environment()
    yield
    left = _environment()
    for name in left.keys() - found.keys():
        del os.environ[name]
    os.environ.update(found)
    changed = {name for name in left.keys() | found.keys() if left.get(name) != found.get(name)}
    assert not changed


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}


@pytest.fixture(scope="session", autouse=True)
def _no_marked_paper_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing any test has written holds a level followed by a star, not even a log (INT-04).

    Files of ``tempfile`` and of child processes go below the run's own folder as well.
    """
    base = tmp_path_factory.getbasetemp()
    scratch = tmp_path_factory.mktemp("scratch")
    kept, before = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    yield
    tempfile.tempdir = before
    if kept is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = kept
    assert not list(files_with_starred_levels(base))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that could not run is a failure, not a footnote."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(IN_CI) and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("skipped tests count as failures here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
