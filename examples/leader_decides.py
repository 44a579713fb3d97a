"""Guard a move: only a leader approves what will be published."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.move import Allow, Move, Refuse


@hookimpl
def guard_transition(move: Move) -> Allow | Refuse | None:
    """Refuse an approval for publication by anybody but a leader."""
    if move.target != "approved":
        return None
    if move.attribute is DisclosureAttribute.PROACTIVE and move.role != "leader":
        return Refuse("主动公开的公文由分管领导审定，请报分管领导。")
    return Allow()
