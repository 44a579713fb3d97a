"""The second half of ``gongkai demo``: one paper from its proposal to a register that verifies.

Every step is the real command. The section, the secrecy officer and the leader sign on paper,
and the office records it, as most offices do.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.cli.session import Session
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.samples import demonstration as papers
from gongkai.settings import Office


class Procedure:
    """Walks one case of an office; ``run`` says and runs a command."""

    def __init__(self, session: Session, office: Office, case: str) -> None:
        self._session, self._office, self._case = session, office, case

    def walk(self) -> bool:
        """All steps in order; False when the one that must be refused was not, or any other was."""
        held_up = not self._try("register", "add", self._case)
        self._session.out.print(say("demo.order_kept"), style="italic")
        return held_up and all(self._try(*step) for step in self._steps())

    def _steps(self) -> list[tuple[str, ...]]:
        case = self._case
        opinion = ("--opinion", "公开", "--basis", "TL-19", "--reason", papers.OPINION, "--yes")
        reviewers = (papers.DRAFTER, papers.HEAD, papers.CONTACTS["secrecy_officer"])
        kept = self._office.root.parent / "校外保管"
        kept.mkdir()
        return [
            # The list was cured after it was marked: for the new text he says so again (SRC-03).
            ("case", "propose", case, "主动公开", "--not-secret", *_on_paper(papers.DRAFTER)),
            ("case", "examine", case, *_on_paper(papers.HEAD)),
            *(("case", "sign", case, *opinion, *_on_paper(name)) for name in reviewers),
            ("case", "accept", case),
            ("case", "approve", case, *_on_paper(papers.LEADER)),
            ("register", "resolution", "add", papers.RESOLUTION, *papers.RESOLVED, _today()),
            ("register", "add", case, "--resolution", papers.RESOLUTION),
            ("register", "publish", case, "--url", "https://www.example.gov.cn/gs/1.html"),
            ("register", "checkpoint", "--kept-by", papers.KEEPER, "--out", str(kept)),
            ("case", "show", case),
        ]

    def verified(self) -> bool:
        """Whether the register verifies against the checkpoint that somebody else keeps."""
        kept = self._office.root.parent / "校外保管"
        (paper,) = kept.iterdir()
        return self._try("register", "verify", "--checkpoint", str(paper))

    def _try(self, *arguments: str) -> bool:
        """Whether a command did what it was asked; a refusal is shown as anybody would see it."""
        try:
            return run(self._session, self._office, *arguments) == 0
        except ActionRefused as refused:
            self._session.tell(str(refused))
            return False


def run(session: Session, office: Office, *arguments: str) -> int:
    """Say and run a command as somebody at this account would; returns its exit code."""
    from gongkai.cli.main import gongkai

    shown = " ".join(Path(a).name if "/" in a and ":" not in a else a for a in arguments)
    session.out.print(f"$ gongkai {shown}", style="cyan", soft_wrap=True)
    ended = gongkai.main(
        args=["--office", str(office.root), *arguments],
        prog_name="gongkai",
        standalone_mode=False,
    )
    return ended if isinstance(ended, int) else 0


def _on_paper(signer: str) -> tuple[str, ...]:
    return ("--paper", "--signer", signer, "--on", _today())


def _today() -> str:
    return date.today().isoformat()
