from __future__ import annotations

from core.store.conftest import database as database
from core.store.conftest import url as url
