"""A job gets its result or an honest reason, whatever another job does to its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from faults.tasks import Setup
from gongkai.errors import ConfigurationError, UnreadableDocument
from gongkai.workers import (
    Crew,
    CrewClosed,
    LossKind,
    TaskFailed,
    WorkerLost,
    WorkerNotStarted,
)
from gongkai.workers.frames import BrokenFrame, Done, Reader, packed

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="service platform")

MISBEHAVE = "faults.tasks:misbehave"
MEBIBYTE = 1 << 20


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone_within(seconds: float, pid: int) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_every_job_gets_its_own_result() -> None:
    with Crew[int, int]("faults.tasks:echo", size=2) as crew:
        futures = [crew.submit(number) for number in range(200)]

        assert [future.result() for future in futures] == list(range(200))


def test_jobs_and_results_may_be_larger_than_a_pipe_holds() -> None:
    data = b"\0" * (5 * MEBIBYTE)

    with Crew[bytes, bytes]("faults.tasks:echo") as crew:
        assert crew.submit(data).result() == data


def test_a_task_is_set_up_once_per_worker() -> None:
    with Crew[str, tuple[str, int, int]]("faults.tasks:Greeter", setup=Setup("hello ")) as crew:
        first, second = crew.submit("a").result(), crew.submit("b").result()

        assert (first[:2], second[:2]) == (("hello a", 1), ("hello b", 2))
        assert first[2] == second[2]


def test_a_crew_that_is_ready_has_all_its_workers() -> None:
    with Crew[str, object](MISBEHAVE, size=2).ready() as crew:
        assert len(set(crew.pids)) == 2
        assert crew.limits_missing == frozenset()


def test_nothing_is_started_before_it_is_needed() -> None:
    with Crew[str, object](MISBEHAVE, size=2) as crew:
        assert crew.pids == ()

        crew.submit("work").result()

        assert len(crew.pids) == 1


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        pytest.param("die", LossKind.DIED, id="killed from outside, as by the kernel"),
        pytest.param("leave", LossKind.DIED, id="a library calls exit()"),
        pytest.param("hang", LossKind.TIMED_OUT, id="waits for ever"),
        pytest.param("spin", LossKind.OUT_OF_CPU, id="computes for ever"),
        pytest.param("eat", LossKind.OUT_OF_MEMORY, id="asks for more and more memory"),
    ],
)
def test_a_job_that_costs_two_workers_is_given_up_and_says_where_it_was(
    deed: str, kind: LossKind
) -> None:
    wall = 0.3 if deed == "hang" else 20.0

    with Crew[str, object](MISBEHAVE, memory=512 * MEBIBYTE, wall=wall, cpu=0.1) as crew:
        with pytest.raises(WorkerLost) as caught:
            crew.submit(deed, label="a.docx").result()

        assert caught.value.kind is kind
        assert caught.value.last_announcement == f"about to {deed}"
        assert "a.docx" in str(caught.value)
        assert crew.submit("work").result() == "done"


def test_the_other_jobs_do_not_suffer() -> None:
    deeds = ["work", "die", "work", "leave", "work", "eat", "work"] * 3

    with Crew[str, object](MISBEHAVE, size=2, memory=512 * MEBIBYTE) as crew:
        futures = [(deed, crew.submit(deed)) for deed in deeds]

        for deed, future in futures:
            if deed == "work":
                assert future.result() == "done"
            else:
                assert isinstance(future.exception(), WorkerLost)


def test_a_killed_worker_takes_with_it_what_it_started() -> None:
    with Crew[str, None]("faults.tasks:leave_a_child", wall=0.5) as crew:
        with pytest.raises(WorkerLost) as caught:
            crew.submit("job").result()

        assert gone_within(5, int(caught.value.last_announcement))


def test_a_process_that_escapes_its_worker_holds_nobody_up() -> None:
    with Crew[str, None]("faults.tasks:let_a_child_escape", wall=1.0) as crew:
        with pytest.raises(WorkerLost) as caught:
            crew.submit("job").result(timeout=20)

        os.kill(int(caught.value.last_announcement), signal.SIGKILL)


def test_a_worker_that_died_between_jobs_costs_the_next_job_nothing() -> None:
    with Crew[str, object](MISBEHAVE).ready() as crew:
        (first,) = crew.pids
        os.kill(first, signal.SIGKILL)
        assert gone_within(5, first)

        assert crew.submit("work").result() == "done"
        assert crew.pids != (first,)


@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        pytest.param("raise", "ValueError (tasks.py:", id="raises"),
        pytest.param("exit", "SystemExit (tasks.py:", id="calls sys.exit()"),
        pytest.param(
            "cannot travel", "AttributeError (frames.py", id="a result that cannot be pickled"
        ),
        pytest.param("not a value", "NotAValue is not a value", id="a class of its own"),
        pytest.param("a function", "posix.system is not a value", id="a way to run code"),
    ],
)
def test_a_task_that_fails_says_where_and_quotes_nothing(deed: str, problem: str) -> None:
    with Crew[str, object](MISBEHAVE) as crew:
        with pytest.raises(TaskFailed) as caught:
            crew.submit(deed, label="a.docx").result()

        assert problem in str(caught.value)
        assert "words of the document" not in str(caught.value)
        assert crew.submit("work").result() == "done"


def test_an_error_gongkai_names_travels_as_it_is() -> None:
    with (
        Crew[str, object](MISBEHAVE) as crew,
        pytest.raises(UnreadableDocument) as caught,
    ):
        crew.submit("raise ours").result()

    assert (caught.value.key, caught.value.values) == ("no_office", {"folder": "x"})


def test_a_reader_can_write_nothing_to_disk(tmp_path: Path) -> None:
    file = tmp_path / "leak.txt"

    with Crew[Path, int]("faults.tasks:write") as crew:
        failure = crew.submit(file).exception()

    assert isinstance(failure, TaskFailed)
    assert "OSError" in str(failure)
    assert file.read_bytes() == b""


def test_printing_and_reading_in_a_task_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with Crew[str, object](MISBEHAVE) as crew:
        assert crew.submit("print").result() == ""

    assert capfd.readouterr() == ("", "")


def test_a_worker_leads_its_own_group_and_uses_one_thread() -> None:
    with Crew[str, object](MISBEHAVE) as crew:
        pid, group, _ = crew.submit("where").result()  # type: ignore[misc]

        assert (pid, group) == (*crew.pids, *crew.pids)
        assert crew.submit("threads").result() == "1"


def test_a_module_beside_the_documents_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "struct.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)

    with Crew[str, object](MISBEHAVE) as crew:
        assert crew.submit("work").result() == "done"


def test_a_worker_is_replaced_after_its_share_of_jobs() -> None:
    with Crew[str, object](MISBEHAVE, jobs_per_worker=2) as crew:
        pids = [crew.submit("where").result()[0] for _ in range(4)]  # type: ignore[index]

        assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_worker_that_keeps_too_much_memory_is_replaced() -> None:
    with Crew[str, object](MISBEHAVE, memory=512 * MEBIBYTE, kept=0.1) as crew:
        before = crew.submit("where").result()
        crew.submit("keep").result()

        assert crew.submit("where").result() != before


@pytest.mark.parametrize(
    ("task", "setup"),
    [
        pytest.param("faults.nowhere:task", None, id="no such module"),
        pytest.param("faults.tasks:nobody", None, id="no such function"),
        pytest.param("faults.tasks:CannotStart", "setup", id="its set-up raises"),
    ],
)
def test_a_crew_that_cannot_start_says_so(task: str, setup: object) -> None:
    with Crew[str, object](task, setup=setup, size=2) as crew:
        with pytest.raises(WorkerNotStarted):
            crew.ready()

        failure = crew.submit("work").exception()

        assert isinstance(failure, WorkerNotStarted)
        assert "words of the settings" not in str(failure)


def test_settings_found_wrong_in_a_worker_are_told_as_they_are() -> None:
    with Crew[str, object]("faults.tasks:WronglyConfigured", setup="x") as crew:
        with pytest.raises(ConfigurationError, match="gongkai init x"):
            crew.ready()

        assert isinstance(crew.submit("work").exception(), ConfigurationError)


def test_closing_ends_what_runs_and_what_waits() -> None:
    with Crew[str, object](MISBEHAVE) as crew:
        running, waiting = crew.submit("hang"), crew.submit("work")
        wait_until_running(running)
        pids = crew.pids

    assert isinstance(running.exception(), CrewClosed)
    assert isinstance(waiting.exception(), CrewClosed)
    assert all(gone_within(5, pid) for pid in pids)
    with pytest.raises(CrewClosed):
        crew.submit("work")


def wait_until_running(future: Future[object]) -> None:
    end = time.monotonic() + 10
    while not future.running() and time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.parametrize("deed", ["work", "hang"])
def test_workers_end_with_their_supervisor(deed: str) -> None:
    program = f"""
        import sys, time
        from gongkai.workers import Crew
        crew = Crew("faults.tasks:misbehave").ready()
        crew.submit({deed!r})
        print(*crew.pids, flush=True)
        time.sleep(60)
    """
    paths = os.pathsep.join(entry for entry in sys.path if entry)
    supervisor = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
    )
    with supervisor:
        assert supervisor.stdout
        worker = int(supervisor.stdout.readline())

        supervisor.kill()

    assert gone_within(5, worker)


def test_a_supervisor_takes_values_only() -> None:
    class Shell:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    message = packed(Done(Shell(), 0))[8:]

    with pytest.raises(BrokenFrame, match="system is not a value"):
        Reader(()).message(message)
