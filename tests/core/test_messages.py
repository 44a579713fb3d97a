"""Messages by key, in the language spoken here and now."""

from __future__ import annotations

import threading

import pytest

from gongkai.messages import has, language, say, speak, speaking


def test_a_message_is_filled_in_the_language_spoken() -> None:
    chinese = say("cli.no_such_path", path="件")
    with speaking("en"):
        english = say("cli.no_such_path", path="件")

    assert chinese == "没有找到“件”。请核对路径。"
    assert english == '"件" was not found. Check the path.'
    assert language() == "zh"


def test_a_missing_message_is_a_failure_and_no_blank() -> None:
    with pytest.raises(KeyError):
        say("cli.nothing_of_this_name")

    assert not has("cli.nothing_of_this_name")


def test_text_after_the_name_of_a_catalogue_leads_into_no_package() -> None:
    assert not has("places.property_antigravity:x")


def test_an_unknown_language_is_chinese() -> None:
    with speaking("en"):
        speak("fr")

        assert language() == "zh"


def test_a_new_thread_begins_in_chinese() -> None:
    heard: list[str] = []
    with speaking("en"):
        thread = threading.Thread(target=lambda: heard.append(language()))
        thread.start()
        thread.join()

    assert heard == ["zh"]
