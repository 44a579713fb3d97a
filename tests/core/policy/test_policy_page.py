from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from gongkai.policy.leaf import Leaf
from gongkai.policy.profile import load_profile
from gongkai.policy.schema import ProfileSchema
from gongkai.settings import Strict

PAGE = Path(__file__).parents[3] / "docs/policy.md"


def paths(model: type[Strict], at: str = "") -> list[str]:
    found = []
    for name, info in model.model_fields.items():
        kind, path = info.annotation, f"{at}{name}"
        nested = isinstance(kind, type) and issubclass(kind, Strict) and not issubclass(kind, Leaf)
        found += paths(kind, f"{path}.") if nested and path != "profile" else [path]
    return found


@pytest.mark.parametrize("path", paths(ProfileSchema))
def test_every_key_stands_on_the_page(path):
    page = PAGE.read_text("utf-8")
    *parents, last = path.split(".")

    assert re.search(rf"`(?:{re.escape('.'.join([*parents, last]))}|\.{last})\b", page) or (
        f"[{path}]" in page
    )


def test_every_threshold_stands_on_the_page():
    page = PAGE.read_text("utf-8")

    missing = [n for n in load_profile("national_2019").keys.thresholds if f"`{n}`" not in page]

    assert missing == []


def test_the_example_on_the_page_is_a_profile(tmp_path):
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL).group(1)
    (tmp_path / f"{tomllib.loads(example)['profile']['id']}.toml").write_text(example, "utf-8")

    profile = load_profile("bureau", [tmp_path])

    assert profile.title == "云岭市人社局"
