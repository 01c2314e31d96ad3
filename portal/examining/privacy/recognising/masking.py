"""Masking: how much of an ID number, phone, name or address is shown, the rest as stars (*).

Enough is shown to find the place, too little to know the person.
"""

from __future__ import annotations

import re

Kind = str
"""What was found: id, phone, card, passport, plate, email, name, address or secrecy."""


_DOMAIN = re.compile("[A-Za-z0-9.,-]+$")


def masked(kind: Kind, text: str) -> str:
    """Return *text* with all but a few characters as stars.

    >>> masked("id", "110101185001010018"), masked("phone", "13800000000"), masked("email", "ab.c@example.com")
    ('1****************8', '138****0000', 'a***@example.com')
    >>> masked("name", "欧阳某"), masked("address", "示例市样本区虚构路 8 号"), masked("secrecy", "秘密★3年")
    ('欧**', '示例市***', '秘密★3年')
    >>> masked("name", "的"), masked("address", "8号")
    ('*', '8***')
    """
    if kind == "secrecy":
        return text
    if kind == "phone":
        digits = re.sub(r"\D", "", text)[-11:]
        return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else "***"
    if kind == "email":
        domain = _DOMAIN.search(text)
        return f"{text[:1]}***@{domain[0] if domain else ''}"
    if kind == "name":
        return text[: len(text) > 1] + "*" * max(len(text) - 1, 1)
    if kind == "address":
        return f"{text[: 3 if len(text) > 5 else len(text) > 1]}***"
    compact = re.sub(r"[\s·•.・-]", "", text)
    return f"{compact[:1]}{'*' * max(len(compact) - 2, 3)}{compact[-1:]}"
