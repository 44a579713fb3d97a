"""Every place where text can hide in a DOCX is read, with its place, room and flags."""

from __future__ import annotations

from functools import cache

import pytest

from core.documents.hidden_places import PLACES, hidden_places_file, word_of
from gongkai.documents.docx import read_docx
from gongkai.model.content import Content


@cache
def content() -> Content:
    return read_docx(hidden_places_file())


@pytest.mark.parametrize("name", PLACES)
def test_a_hidden_word_is_read_in_exactly_one_place(name):
    expected = PLACES[name]

    found = [block for block in content().blocks if word_of(name) in block.text]

    assert [(b.place, b.part, b.flags) for b in found] == [
        (expected.place, expected.part, expected.flags)
    ]


def test_all_56_places_are_tried():
    assert len(PLACES) == 56


def test_places_are_unique_in_a_file():
    places = [block.place for block in content().blocks]

    assert len(places) == len(set(places))


def test_changes_and_comments_are_counted():
    assert (content().revisions, content().comments) == (4, 1)


def test_nothing_is_left_unread_in_silence():
    assert content().notes == ()
