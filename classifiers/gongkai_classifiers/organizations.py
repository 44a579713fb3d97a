"""Names of organisations, found by the trained net of segments; they tell what stands near them.

No finding comes of them: who a body is may be known. An address beside one is its office, and
what a paper says of an enterprise may concern its secrets (条例15).
"""

from __future__ import annotations

import re

from gongkai.model.reading import Entity, EntityKind, Observations
from gongkai_classifiers.segments import Sort, named
from gongkai_classifiers.view import View

_ENTERPRISE = re.compile(
    "公司|集团|银行|[工总分酒砖瓦茶煤沙材品具械]厂|煤矿|合作社|商行|经营部|门市部|超市|商店|[饭酒面药茶宾旅]"
    "[店馆楼]|农场|企业|养殖场|加油站|事务所|诊所|药房|网吧|冷库|供销社|联社|支行|分行"
)


def sort_of(name: str) -> str:
    """``enterprise`` for who acts on a market, else ``body``: office, school, society …"""
    return "enterprise" if _ENTERPRISE.search(name) else "body"


def observe(view: View) -> Observations:
    """The organisations named in every file, hidden places included."""
    entities = tuple(
        Entity(
            EntityKind.ORGANIZATION,
            transcript.span(segment.start, segment.end),
            sort_of(transcript.text[segment.start : segment.end]),
            confidence=round(segment.chance, 3),
            source="organizations",
        )
        for (_, transcript), found in zip(view.everything, view.once(named), strict=True)
        for segment in found
        if segment.sort is Sort.ORGANIZATION
    )
    return Observations(entities=entities, components=("organizations",))
