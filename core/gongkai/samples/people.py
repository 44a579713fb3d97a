"""Invented people whose numbers have the right shape and belong to nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass

_NO_SUCH_DIVISION = "119900"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = (
    "晓明",
    "建国",
    "丽华",
    "志强",
    "秀英",
    "海燕",
    "文博",
    "子涵",
    "雪梅",
    "国栋",
    "佳怡",
    "永福",
    "春兰",
    "立新",
    "思远",
    "桂芳",
    "一鸣",
    "淑珍",
    "浩然",
    "玉兰",
    "德胜",
    "美玲",
    "东升",
    "静怡",
)
_VILLAGES = ("东风", "新兴", "青松", "长安", "红旗", "永安", "和平", "星火")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    id_number: str
    phone: str
    bank_card: str
    address: str
    amount: int


def people(count: int, seed: int = 1) -> tuple[Person, ...]:
    """``count`` invented people; one seed always gives the same ones."""
    chance = random.Random(seed)
    return tuple(_person(chance) for _ in range(count))


def id_number(birth: str, order: int) -> str:
    """A number with a correct check digit under a division code that was never given out.

    ``birth`` is eight digits; an odd ``order`` below 1000 means a man.
    """
    body = f"{_NO_SUCH_DIVISION}{birth}{order:03d}"
    return body + _CHECK_DIGITS[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def bank_card(order: int) -> str:
    """A card number of 19 digits that passes the Luhn check."""
    body = f"621799{order:012d}"
    digits = [int(digit) for digit in reversed(body)]
    doubled = [2 * d - 9 * (d > 4) if i % 2 == 0 else d for i, d in enumerate(digits)]
    return body + str(-sum(doubled) % 10)


def _person(chance: random.Random) -> Person:
    order = chance.randrange(1, 1000)
    birth = (
        f"{chance.randrange(1955, 2004)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    )
    return Person(
        name=chance.choice(_SURNAMES) + chance.choice(_GIVEN),
        sex="男" if order % 2 else "女",
        id_number=id_number(birth, order),
        phone=f"1390000{chance.randrange(10_000):04d}",
        bank_card=bank_card(chance.randrange(10**9)),
        address=f"示例市示例区{chance.choice(_VILLAGES)}村{chance.randrange(1, 9)}组"
        f"{chance.randrange(1, 99)}号",
        amount=chance.randrange(10, 60) * 50,
    )
