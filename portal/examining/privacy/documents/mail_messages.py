"""E-mails and web archives (EML, MHT): their headers, texts and attachments, decoded."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator

from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead
from portal.model.known_formats import BY_NAME

PARTS_MAX = 500
"""So many parts of a message are looked through."""
_ENDINGS = {BY_NAME["html"].own_media_type: "html", BY_NAME["txt"].media_type: "txt", "message/rfc822": "eml"}


def mail_parts(data: bytes, place: str = "") -> Iterator[tuple[str, bytes] | NotRead]:
    """Yield the headers, then each part, as a name and bytes; beyond `PARTS_MAX` that there are more.

    >>> [part[0] for part in mail_parts(b"Subject: x\\n\\nbody") if isinstance(part, tuple)]
    ['headers.txt', 'text.txt']
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    yield "headers.txt", headers.encode("utf-8", errors="replace")
    for number, part in enumerate(message.walk()):
        if number >= PARTS_MAX:
            yield NotRead(TOO_MUCH, is_part=True, place=place)
            return
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            ending = _ENDINGS.get(part.get_content_type(), "")
            yield part.get_filename() or (f"text.{ending}" if ending else "part"), payload
