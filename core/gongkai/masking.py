"""What may be shown of a personal value: enough to find it again, never enough to use it."""

from __future__ import annotations

from gongkai.model.reading import EntityKind

STAR = "*"
_NUMBERS = {
    EntityKind.ID_NUMBER: 3,
    EntityKind.PASSPORT: 2,
    EntityKind.PHONE: 3,
    EntityKind.BANK_CARD: 4,
    EntityKind.SOCIAL_SECURITY_NUMBER: 3,
    EntityKind.PLATE: 2,
    EntityKind.CREDIT_CODE: 4,
}
_HIDDEN_AT_LEAST = 4
_SHORT_NUMBER = 6
_ADDRESS_HEAD = 3


def mask(kind: EntityKind, text: str) -> str:
    """The first places of ``text`` and a star for each of the others; separators are dropped.

    At least four places, and always more than half, are covered, so a masked value is never
    a finding again. Organisations are no secret and come back as they are.

    >>> mask(EntityKind.PHONE, "0951-6012345")
    '095********'
    >>> mask(EntityKind.PERSON, "张三")
    '张*'
    """
    value = "".join(text.split())
    if kind is EntityKind.ORGANIZATION or not value:
        return value
    if kind is EntityKind.PERSON:
        return _person(value)
    if kind is EntityKind.EMAIL:
        return _email(value)
    if kind is EntityKind.ADDRESS:
        return _covered(value, _ADDRESS_HEAD)
    if kind is EntityKind.SENSITIVE_FACT:
        return STAR * len(value)
    return _covered("".join(c for c in value if c.isalnum() or c == STAR), _NUMBERS[kind])


def _covered(value: str, shown: int) -> str:
    """The first places of a value; fewer when that would show half of it or more."""
    if len(value) <= _SHORT_NUMBER:
        return value[:1] + STAR * max(_HIDDEN_AT_LEAST, len(value) - 1)
    shown = min(shown, (len(value) - 1) // 2, len(value) - _HIDDEN_AT_LEAST)
    return value[:shown] + STAR * (len(value) - shown)


def _person(value: str) -> str:
    """The first place of a name; of a name with a dot only the first place too."""
    return value[:1] + STAR * max(1, len(value) - 1)


def _email(value: str) -> str:
    local, at, domain = value.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else local[:1] + STAR * 3
