from __future__ import annotations

from procedure.conftest import world as world
