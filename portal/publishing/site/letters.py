"""Letters begun for visitors (``mailto:``, RFC 6068): to whom, about what, and the first lines."""

from __future__ import annotations

from urllib.parse import quote


def letter(email: str, subject: str, body: str) -> str:
    """Return the address of a letter, "" where there is no mailbox.

    >>> letter("data@city.example", "Bus stops", "What is wrong:")
    'mailto:data@city.example?subject=Bus%20stops&body=What%20is%20wrong%3A'
    """
    if not email:
        return ""
    lines = body.replace("\n", "\r\n")
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
