"""Who acts, in which roles, on which day; and who may change that (SRC-22)."""

from __future__ import annotations

from gongkai.people.roster import acting, actor

__all__ = ["acting", "actor"]
