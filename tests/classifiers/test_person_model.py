"""The net finds names in prose without a cue, and nothing in the prose of offices."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import time
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.papers import view
from gongkai.errors import ConfigurationError
from gongkai.model.reading import EntityRole
from gongkai.policy.profile import load_profile
from gongkai.script import normalise, traditional_to_simplified
from gongkai_classifiers.person_model import SURE_ENOUGH, built_in, guesses
from gongkai_classifiers.person_rules import Person
from gongkai_classifiers.person_windows import beginnings
from gongkai_classifiers.persons import LearntPersons, RulePersons, _again, observe, persons
from gongkai_classifiers.squeezed import squeezed
from gongkai_classifiers.view import View

PROSE = (
    "村民赵晓明今年种了二十亩玉米，妻子孙红梅在合作社务工。",
    "郭建平违规将工程发包给其弟郭建安，并收取好处费。",
    "据了解，吴志远把电话打到了服务大厅，周海燕接了电话。",
    "常务副县长陈国华来到企业，陈国华希望大家抓好安全生产。",
)


def names(text: str) -> list[str]:
    normal = normalise(text)
    return ["".join(normal[p.start : p.end].split()) for p in persons(normal)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PROSE[0], ["赵晓明", "孙红梅"], id="a brief report"),
        pytest.param(PROSE[1], ["郭建平", "郭建安"], id="a criticism"),
        pytest.param(PROSE[2], ["吴志远", "周海燕"], id="a story"),
        pytest.param(PROSE[3], ["陈国华", "陈国华"], id="a visit"),
        pytest.param("欧阳文静说，收入翻了一番。", ["欧阳文静"], id="a double surname"),
        pytest.param(
            "经查，伍大勇将工程发包给其弟仵建国。", ["伍大勇", "仵建国"], id="rarer surnames"
        ),
        pytest.param("乡村干部报年轻女记者周慧(笔名草莓)来了", ["周慧"], id="before a bracket"),
        pytest.param("“优秀人民警察”孙雯；大队长冯晖。", ["孙雯", "冯晖"], id="before a semicolon"),
    ],
)
def test_names_without_a_cue_are_found(text, expected):
    assert names(text) == expected


def test_rules_alone_do_not_find_them():
    assert all(not RulePersons().find(normalise(text)) for text in PROSE[1:3])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("提高效率，完善方案，关于江西高校安全工作", id="words"),
        pytest.param("张家口市、石家庄市、周口市、黄冈市", id="cities"),
        pytest.param("王家沟村、李家庄村、高台镇、马家河村", id="villages"),
        pytest.param("由于时间紧、任务重，应当成立专班，全面强化管理。", id="phrases"),
        pytest.param("方向明确，项目推进，单位负责，计划周密。", id="short clauses"),
        pytest.param("牟政办发〔2023〕12号", id="a document number"),
        pytest.param(
            "鲁政发〔2023〕1号，干部队伍建设，丘陵地区，鲁班奖", id="what rarer surnames begin"
        ),
        pytest.param("金融、水利、林业、文化、卫生", id="a list of words"),
    ],
)
def test_words_and_places_are_no_people(text):
    assert names(text) == []


def test_where_rules_and_net_agree_the_role_is_the_rules():
    found = persons("联系人:赵晓明。赵晓明把电话打到了大厅。")

    assert {person.role for person in found} == {EntityRole.CONTACT_LINE}


def test_a_learnt_name_beside_a_rank_is_there_by_office():
    text = normalise("县领导陈国华、吴志远等参加慰问。副县长（分管）周海燕到会。")

    found = {text[p.start : p.end]: p.role for p in persons(text)}

    assert found["周海燕"] is EntityRole.OFFICIAL


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PROSE), st.data())
def test_inserted_spaces_change_nothing(text, data):
    cuts = data.draw(st.lists(st.integers(1, len(text) - 1), max_size=4, unique=True))
    spaced = "".join(" " + c if i in cuts else c for i, c in enumerate(text))

    assert names(spaced) == names(text)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=4))
def test_traditional_and_simplified_twins_name_the_same_people(parts):
    text = "\n".join(parts)
    back = {simple: odd for odd, simple in traditional_to_simplified().items()}

    twin = text.translate(back)

    assert persons(normalise(twin)) == persons(normalise(text))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="张王李欧阳晓明建国的局长 \n\t，。(huì)\U00020000\ud800a1", max_size=80))
def test_any_text_is_read_and_every_guess_lies_inside_it(text):
    normal = normalise(text)

    found = guesses(normal, built_in(), 0.05)

    assert all(0 <= g.start < g.end <= len(normal) for g in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_latin_sounds_behind_characters_are_passed_over():
    text = squeezed("会(huì)议由张(zhāng)晓明主持")

    assert "".join(map(chr, text.codes)) == "会议由张晓明主持"
    assert text.range_of(3, 3) == (8, 18)


def test_a_name_in_a_million_characters_has_its_exact_place():
    filler = "各单位要提高效率，完善方案。\n" * 40_000
    text = filler + PROSE[1] + filler

    found = [(text[p.start : p.end], p.start - len(filler)) for p in persons(normalise(text))]

    assert found == [("郭建平", 0), ("郭建安", 13)]


def test_a_name_begins_where_a_surname_stands():
    text = squeezed("张三、司马南、司机")

    assert beginnings(text).tolist() == [0, 3, 4, 7]


def test_an_office_may_bring_its_own_net_and_threshold():
    finder = LearntPersons(nets=built_in, least=1.01)

    assert finder.find(PROSE[1]) == RulePersons().find(PROSE[1])


@pytest.fixture
def own_view(tmp_path):
    """A paper under an office's profile that names weights of its own."""
    lines = '[profile]\nid = "own"\nextends = "national_2019"\nversion = "1"\ntitle = "own"\n'
    leaf = '[models]\npersons = { value = "own.npz", basis = "own", level = "practice" }\n'
    (tmp_path / "own.toml").write_text(lines + leaf, encoding="utf-8")
    bundle = view(PROSE[1]).bundle
    return View(bundle, load_profile("own", (tmp_path,)))


def test_the_profile_names_the_weights_of_an_office(own_view, tmp_path):
    weights = files("gongkai_classifiers").joinpath("model/persons.npz")
    (tmp_path / "own.npz").write_bytes(weights.read_bytes())

    seen = [entity.span.text for entity in observe(own_view).entities]

    assert seen == ["郭建平", "郭建安"]


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(None, id="absent"),
        pytest.param(b"nothing of the kind", id="no archive"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="an empty archive"),
    ],
)
def test_weights_that_are_none_are_an_error_of_the_settings(own_view, tmp_path, found):
    if found is not None:
        (tmp_path / "own.npz").write_bytes(found)

    with pytest.raises(ConfigurationError) as caught:
        observe(own_view)

    assert "own.npz" in str(caught.value)


def test_importing_the_finder_loads_no_weights():
    program = (
        f"import sys; sys.path[:] = {sys.path!r}; import gongkai_classifiers.persons;"
        "print('numpy' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == "False"


def test_the_page_about_the_model_is_about_these_weights():
    weights = files("gongkai_classifiers").joinpath("model/persons.npz").read_bytes()
    page = Path(__file__).parents[2] / "docs" / "model.md"

    assert hashlib.sha256(weights).hexdigest() in page.read_text("utf-8")
    assert len(weights) < 15_000_000


def test_the_threshold_is_a_chance():
    assert 0.5 < SURE_ENOUGH < 1


@given(st.text("甲乙丙 ·", min_size=1, max_size=60), st.data())
@settings(max_examples=200, deadline=None)
def test_further_mentions_are_those_that_looking_for_each_name_finds(text, data):
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=6))
    known = [Person(at, min(len(text), at + data.draw(st.integers(1, 4)))) for at in starts]
    names = dict.fromkeys(text[person.start : person.end] for person in known)

    again = [(person.start, person.end) for person in _again(text, known)]

    assert again == [m.span() for name in names for m in re.finditer(re.escape(name), text)]


def test_many_names_in_a_long_text_cost_in_proportion_to_its_length():
    def seconds(count: int) -> float:
        names = [f"张{chr(0x4E00 + n // 90)}{chr(0x5E00 + n % 90)}" for n in range(count)]
        known = [Person(at * 15, at * 15 + 3) for at in range(count)]
        text = "".join(f"{name}在家务农，今年收成不错。" for name in names)
        began = time.process_time()
        assert len(list(_again(text, known))) == count
        return time.process_time() - began

    short = min(seconds(800) for _ in range(3))

    assert seconds(8000) < 40 * short
