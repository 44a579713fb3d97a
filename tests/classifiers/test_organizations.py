"""The trained net finds organisations, whole and nothing beside them."""

from __future__ import annotations

import pytest

from classifiers.papers import view
from gongkai.errors import ConfigurationError
from gongkai.policy.profile import load_profile
from gongkai_classifiers.organizations import observe
from gongkai_classifiers.view import View


def found(*lines: str) -> list[tuple[str, str]]:
    return [(entity.span.text, entity.sub) for entity in observe(view(*lines)).entities]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "由石桥县财政局会同县水务局组织实施。",
            [("石桥县财政局", "body"), ("县水务局", "body")],
            id="two offices with verbs around",
        ),
        pytest.param(
            "任命赵晓明为石桥县人力资源和社会保障局副局长。",
            [("石桥县人力资源和社会保障局", "body")],
            id="before a title",
        ),
        pytest.param(
            "采购人：石桥县人民医院，中标人：青岚县丰禾食品有限公司。",
            [("石桥县人民医院", "body"), ("青岚县丰禾食品有限公司", "enterprise")],
            id="a hospital and a firm",
        ),
        pytest.param(
            "抄送：县委组织部、县纪委监委、县总工会。",
            [("县委组织部", "body"), ("县纪委监委", "body"), ("县总工会", "body")],
            id="a list",
        ),
    ],
)
def test_bodies_are_found_whole(line, expected):
    assert found(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("各有关部门要加强部署，抓好落实。", id="a class of bodies"),
        pytest.param("我局成立领导小组，由主要领导任组长。", id="our office"),
        pytest.param("用人单位应当依法缴纳社会保险费。", id="employers"),
    ],
)
def test_classes_of_bodies_are_no_bodies(line):
    assert found(line) == []


@pytest.fixture
def own_view(tmp_path):
    """A paper under an office's profile that names weights of its own."""
    lines = '[profile]\nid = "own"\nextends = "national_2019"\nversion = "1"\ntitle = "own"\n'
    leaf = '[models]\nsegments = { value = "own.npz", basis = "own", level = "practice" }\n'
    (tmp_path / "own.toml").write_text(lines + leaf, encoding="utf-8")
    return View(view("由石桥县财政局负责。").bundle, load_profile("own", (tmp_path,)))


@pytest.mark.parametrize(
    "weights",
    [pytest.param(None, id="absent"), pytest.param(b"nothing of the kind", id="no archive")],
)
def test_weights_that_are_none_are_an_error_of_the_settings(own_view, tmp_path, weights):
    if weights is not None:
        (tmp_path / "own.npz").write_bytes(weights)

    with pytest.raises(ConfigurationError) as caught:
        observe(own_view)

    assert "own.npz" in str(caught.value)
