from __future__ import annotations

import pytest

from gongkai.errors import ConfigurationError
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.finding import BasisLevel, FindingCode
from gongkai.policy.profile import known_profiles, load_profile

HEAD = """
[profile]
id = "{id}"
version = "3"
title = "本局"
extends = "{parent}"
"""


def write(folder, id, body="", parent="national_2019"):
    (folder / f"{id}.toml").write_text(HEAD.format(id=id, parent=parent) + body, "utf-8")


def test_an_office_overrides_single_keys_and_keeps_the_rest(tmp_path):
    write(
        tmp_path,
        "bureau",
        """
[severity.PERSON_NAME]
value = { draft = "off", submitted = "info", issued = "info", public = "warning" }
basis = "本局公开工作细则第五条"
level = "local"
""",
        parent="zhongwei_2022",
    )

    profile = load_profile("bureau", [tmp_path])

    assert profile.key == "bureau@3"
    assert profile.severity(FindingCode.PERSON_NAME, Stage.SUBMITTED) is Severity.INFO
    assert profile.severity(FindingCode.PII_DIRECT, Stage.SUBMITTED) is Severity.BLOCK
    assert profile.label_of(DisclosureAttribute.NOT_DISCLOSED) == "不公开"
    assert profile.keys.severity[FindingCode.PERSON_NAME].level is BasisLevel.LOCAL


def test_an_office_profile_stands_before_the_packaged_one_of_the_same_name(tmp_path):
    write(
        tmp_path,
        "molss_legacy",
        """
[deadlines.request]
value = { reply = 10, extend = 5 }
basis = "本局承诺"
level = "practice"
""",
    )

    profile = load_profile("molss_legacy", [tmp_path])

    assert profile.keys.deadlines.request.value.reply == 10


def test_the_names_of_own_and_packaged_profiles_are_known(tmp_path):
    write(tmp_path, "bureau")

    assert {"bureau", "national_2019", "zhongwei_2022"} <= set(known_profiles([tmp_path]))


@pytest.mark.parametrize(
    ("body", "key", "said"),
    [
        pytest.param(
            '[deadlines.requests]\nvalue = 1\nbasis = "x"\nlevel = "local"\n',
            "deadlines.requests",
            "request",
            id="an unknown key names the nearest valid one",
        ),
        pytest.param(
            '[severity.PII_DIRCT]\nvalue = 1\nbasis = "x"\nlevel = "local"\n',
            "severity.PII_DIRCT",
            "PII_DIRECT",
            id="so does an unknown finding code",
        ),
        pytest.param(
            "[returned.automatic]\nvalue = false\n",
            "returned.automatic.basis",
            "returned",
            id="an override states its own basis",
        ),
        pytest.param(
            '[returned.automatic]\nbasis = "x"\nlevel = "local"\n',
            "returned.automatic.value",
            "returned",
            id="a ground without a value is no override",
        ),
        pytest.param(
            '[returned.automatic]\nvalue = false\nbasis = "x"\nlevel = "rumour"\n',
            "returned.automatic.level",
            "practice",
            id="the level is one of five",
        ),
        pytest.param(
            '[named_lists.subsidies]\nvalue.title = "补贴"\nvalue.cues = ["补贴"]\n'
            'value.permitted_fields = ["身份证件号码"]\nbasis = "x"\nlevel = "local"\n',
            "",
            "never permitted",
            id="no list may show an ID number",
        ),
        pytest.param(
            '[stamp.preset]\nvalue = "无此写法"\nbasis = "x"\nlevel = "local"\n',
            "",
            "preset",
            id="the chosen wording exists",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path, body, key, said):
    write(tmp_path, "bureau", body)

    with pytest.raises(ConfigurationError) as caught:
        load_profile("bureau", [tmp_path])

    assert str(tmp_path / "bureau.toml") in str(caught.value)
    assert caught.value.values["key"] == key
    assert said in str(caught.value)


def test_an_error_in_a_parent_is_named_with_the_parents_file(tmp_path):
    write(tmp_path, "city", "[returned]\nautomatik = 1\n")
    write(tmp_path, "bureau", parent="city")

    with pytest.raises(ConfigurationError) as caught:
        load_profile("bureau", [tmp_path])

    assert caught.value.values["file"] == str(tmp_path / "city.toml")
    assert caught.value.values["nearest"] == "automatic"


@pytest.mark.parametrize(
    ("files", "key"),
    [
        pytest.param({"a": "b", "b": "a"}, "profile_cycle", id="two extend each other"),
        pytest.param({"a": "a"}, "profile_cycle", id="one extends itself"),
        pytest.param({"a": "nobody"}, "profile_parent_unknown", id="an unknown parent"),
        pytest.param({}, "profile_unknown", id="no such profile"),
    ],
)
def test_broken_descent_is_an_error(tmp_path, files, key):
    for id, parent in files.items():
        write(tmp_path, id, parent=parent)

    with pytest.raises(ConfigurationError) as caught:
        load_profile("a", [tmp_path])

    assert caught.value.key == key
    assert str(caught.value)


def test_a_name_cannot_lead_out_of_the_folder(tmp_path):
    (tmp_path / "profiles").mkdir()
    write(tmp_path, "secret")

    with pytest.raises(ConfigurationError) as caught:
        load_profile("../secret", [tmp_path / "profiles"])

    assert caught.value.key == "profile_unknown"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("[profile\n", "settings_syntax", id="no TOML"),
        pytest.param('[profile]\nid = "other"\n', "wrong_value", id="the name inside differs"),
        pytest.param("", "wrong_value", id="no head at all"),
    ],
)
def test_a_file_that_is_no_profile_is_an_error(tmp_path, text, key):
    (tmp_path / "bureau.toml").write_text(text, "utf-8")

    with pytest.raises(ConfigurationError) as caught:
        load_profile("bureau", [tmp_path])

    assert caught.value.key == key


def test_bytes_that_are_no_text_are_an_error(tmp_path):
    (tmp_path / "bureau.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigurationError) as caught:
        load_profile("bureau", [tmp_path])

    assert caught.value.key == "settings_unreadable"
