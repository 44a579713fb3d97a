"""Writes docs/life-cycle.md from the transitions and the catalogues.

``python tests/contract/life_cycle_page.py`` replaces the page; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.lifecycle.act import JUDGED, TRANSITIONS, Guard, Transition
from gongkai.lifecycle.state import State
from gongkai.messages import say, speaking

PAGE = Path(__file__).parents[2] / "docs" / "life-cycle.md"

GUARDS = {
    Guard.SEPARATE: "nobody acts in two capacities the profile keeps apart",
    Guard.TEXT_JUDGED: "the files are those that were judged, nothing waits to be judged",
    Guard.NOTHING_OPEN: "no blocking finding without a human's decision",
    Guard.LABELLED: "one attribute, proposed by a named human",
    Guard.DECLARED: "somebody declared that it is no state secret",
    Guard.REASONED: "reason and basis where it is withheld or not as advised",
    Guard.REASON: "the act has a reason",
    Guard.POLICY_SEEN: "a policy paper to be withheld was seen by the disclosure office",
    Guard.AGREED: "the drafter agreed and is named",
    Guard.PROACTIVE: "the attribute is PROACTIVE",
    Guard.NOT_PROACTIVE: "the attribute is not PROACTIVE",
    Guard.LET_GO: "the secrecy officer has ruled on the stopped paper",
}

HEAD = """\
# The life cycle of a case

A **case** (办理件) is a document under the life cycle. It is opened when a paper is judged at the
stage *submitted* or later; a draft is no case, a received or a Party paper neither. Its number
is `2026-017`: year and serial, without gaps.

The order is data: `core/gongkai/lifecycle/act.py`. `decide` reads it and collects every reason
against a wish; `Casework.carry_out` asks the plugins' guards and writes the move in one
transaction, with its row of the chain. This page is written from that data by
`tests/contract/life_cycle_page.py`.

- A move names the revision it was decided on. Of two people who decide at once one wins, the
  other is told.
- A **duty** is a plugin's to answer for (`guards.*` in the profile): it must allow the move. If it
  is missing, silent, slow or raises, the move is refused.
- Everything signed is bound to the core fingerprint. Filling in number and date changes nothing;
  another text undoes the signatures, and after the approval it waits for a human: `keep` for a
  change of wording, `resign` for one of substance.
- A signature on paper counts like one in the system. The office or the custodian records it with
  signer, date and scan; never the drafter.
- Who drafted a paper once, in any round, checks it in none. The profile says which capacities one
  person may not have (`separation.forbidden_pairs`), and who signs where nobody else is left
  (`separation.fallback`, with a reason).
- Where office and section disagree the drafter objects (`propose --objection`): the office
  cannot return the paper again, the signer decides, both views stay on record.

## States

| state | shown as |
|---|---|
"""

ACTS = """
## What people do

| act | 办理 | from | to | roles | guards | duties |
|---|---|---|---|---|---|---|
"""

OWN = """
## What gongkai does by itself

A judgement moves a case only so; of a paper that rests or was stopped it moves nothing.

| from | to |
|---|---|
"""

MEANING = """
## Guards of the core

| guard | holds when |
|---|---|
"""


def page() -> str:
    """The whole page."""
    with speaking("zh"):
        states = "".join(f"| `{state}` | {say(f'case.state_{state}')} |\n" for state in State)
        acts = "".join(map(_act, TRANSITIONS))
    own = "".join(f"| {_states(row.sources)} | `{row.target}` |\n" for row in JUDGED)
    guards = "".join(f"| `{guard}` | {GUARDS[guard]} |\n" for guard in Guard)
    return HEAD + states + ACTS + acts + OWN + own + MEANING + guards


def _act(row: Transition) -> str:
    cells = (
        f"`{row.act}`",
        say(f"case.act_{row.act}"),
        _states(row.sources),
        f"`{row.target}`",
        ", ".join(row.roles),
        ", ".join(row.guards) or "–",
        ", ".join(row.duties) or "–",
    )
    return f"| {' | '.join(cells)} |\n"


def _states(states: Iterable[State]) -> str:
    order: Iterator[State] = (state for state in State if state in set(states))
    return " ".join(f"`{state}`" for state in order)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
