from __future__ import annotations

import sys
from pathlib import Path

# The package lies beside the tests' own folder of the same name and is not installed.
sys.path.append(str(Path(__file__).parents[2]))
