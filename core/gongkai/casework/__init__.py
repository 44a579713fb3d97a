"""Cases at work: what a judgement does to them, and what people do, each in one transaction."""

from __future__ import annotations

from gongkai.casework.acting import CaseRefused, Casework, Moved

__all__ = ["CaseRefused", "Casework", "Moved"]
