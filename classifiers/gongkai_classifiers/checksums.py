"""Check digits of the numbers a document may carry; pure arithmetic, no context."""

from __future__ import annotations

import re
from datetime import date

PROVINCES = frozenset(
    str(region)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 83),
    )
    for region in range(first, last + 1)
)
"""First two digits of a resident ID: provinces, and 81–83 for residents of the SARs and Taiwan."""

_FILLING = re.compile("[^0-9A-Za-z]+")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CARD_LENGTHS = {"62": (16, 19), "4": (16, 16), "5": (16, 16), "3": (14, 15), "9": (16, 19)}


def compact(value: str) -> str:
    """``value`` with only its ASCII letters and digits, in upper case."""
    return _FILLING.sub("", value).upper()


def id_check_digit(first17: str) -> str:
    """The 18th place of a resident ID number (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, first17, strict=True))
    return _ID_CHECK[total % 11]


def is_birth_date(digits: str) -> bool:
    """Whether eight digits are a day on which a living person may have been born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1890 <= born.year <= 2099


def is_resident_id(value: str) -> bool:
    """Whether 18 places are a resident ID number: region, birth date and check digit.

    Numbers beginning with 9 are the permanent residence cards of foreigners (2023 form). A
    multiplication sign at the end is the X it looks like.
    """
    number = compact(value.replace("×", "X"))
    if len(number) != 18 or not number[:17].isdigit():
        return False
    region = number[:2] in PROVINCES or number[0] == "9"
    return region and is_birth_date(number[6:14]) and id_check_digit(number[:17]) == number[17]


def is_old_resident_id(value: str) -> bool:
    """Whether 15 digits have the shape of a first generation ID number; it has no check digit."""
    number = compact(value)
    return (
        len(number) == 15
        and number.isdigit()
        and number[:2] in PROVINCES
        and is_birth_date("19" + number[6:12])
    )


def credit_check_digit(first17: str) -> str:
    """The 18th place of a unified social credit code (GB 32100-2015)."""
    total = sum(
        weight * _CREDIT_ALPHABET.index(place)
        for weight, place in zip(_CREDIT_WEIGHTS, first17, strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31]


def is_credit_code(value: str) -> bool:
    """Whether 18 places are a unified social credit code with its check digit."""
    code = compact(value)
    if len(code) != 18 or any(place not in _CREDIT_ALPHABET for place in code):
        return False
    return code[2:8].isdigit() and credit_check_digit(code[:17]) == code[17]


def luhn(digits: str) -> bool:
    """Whether a row of digits has a correct Luhn check digit."""
    plain = sum(int(digit) for digit in digits[-1::-2])
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (plain + doubled) % 10 == 0


def is_card(value: str) -> bool:
    """Whether digits are a bank card by issuer, length and Luhn."""
    number = compact(value)
    if not number.isdigit():
        return False
    lengths = _CARD_LENGTHS.get(number[:2]) or _CARD_LENGTHS.get(number[:1])
    return lengths is not None and lengths[0] <= len(number) <= lengths[1] and luhn(number)


def is_hong_kong_id(value: str) -> bool:
    """Whether a value like A123456(3) has the check digit of a Hong Kong identity card."""
    number = compact(value).rjust(9)
    places = [36 if c == " " else int(c, 36) for c in number]
    total = sum(place * weight for place, weight in zip(places, range(9, 0, -1), strict=True))
    return len(number) == 9 and total % 11 == 0


def is_taiwan_id(value: str) -> bool:
    """Whether a value like A123456789 has the check digit of a Taiwan identity card."""
    number = compact(value)
    if len(number) != 10 or not number[1:].isdigit():
        return False
    letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    weights = (8, 7, 6, 5, 4, 3, 2, 1, 1)
    total = sum(int(d) * w for d, w in zip(number[1:], weights, strict=True))
    return (letter // 10 + letter % 10 * 9 + total) % 10 == 0
