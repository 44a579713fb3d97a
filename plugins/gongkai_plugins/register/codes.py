"""The register's codes; the words shown are in its catalogue as ``<kind>_<value>``."""

from __future__ import annotations

from enum import StrEnum

from gongkai.messages import say


class Channel(StrEnum):
    """Forms of disclosure (PUB-01)."""

    WEBSITE = "website"
    WECHAT = "wechat"
    WEIBO = "weibo"
    GAZETTE = "gazette"
    NOTICE_BOARD = "notice_board"
    MEDIA = "media"
    MEETING = "meeting"
    SCREEN = "screen"
    SERVICE_WINDOW = "service_window"
    OTHER = "other"


class Cadence(StrEnum):
    """经常性工作定期公开，临时性工作随时公开 (PRO-09)."""

    FIXED = "FIXED"
    PERIODIC = "PERIODIC"
    IMMEDIATE = "IMMEDIATE"


class Occasion(StrEnum):
    """Why an entry was made: for the first time, anew after a change, or to correct one."""

    FIRST = "first"
    AGAIN = "again"
    CORRECTION = "correction"


class Standing(StrEnum):
    """How an entry stands today, as the ledger and the list show it."""

    REGISTERED = "registered"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


class Method(StrEnum):
    """How an opinion came (PRE-05)."""

    EMAIL = "email"
    BOX = "box"
    PHONE = "phone"
    FORM = "form"
    LETTER = "letter"
    WEB = "web"
    MEETING = "meeting"
    VISIT = "visit"


def channel_words(codes: tuple[str, ...]) -> str:
    """Forms of disclosure as they are printed."""
    named = (say(f"gongkai_plugins.register:channel_{code}") for code in codes)
    return say("gongkai_plugins.register:and").join(named)


def channel_of(text: str) -> Channel | None:
    """The channel a code or its words name; None for neither."""
    wanted = text.strip()
    for channel in Channel:
        if wanted in (channel.value, say(f"gongkai_plugins.register:channel_{channel}")):
            return channel
    return None
