"""Accept-Encoding and compression of answers: which variant of a file is sent, and gzip or brotli on the fly.

A file is sent as it is or in the variant that was written at build; each has its own strong ETag, and a part is cut out
of that form alone whose ETag the asker named, else out of the file as it is: what asks for parts without naming one
(readers of Parquet, programs that go on with a download) counts in bytes of the file. Answers that are made are
compressed as they leave, streams piece by piece, at levels that cost little. Sources: RFC 9110, 8.4, 12.5.3, 13.1.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import brotli
from flask import Request, Response
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wsgi import ClosingIterator

from portal.model.known_formats import is_text_type
from portal.publishing.files.manifest import ManifestEntry
from portal.publishing.files.precompressed import COMPRESSED_BYTES_MIN, VARIANTS, Gzip, Packer
from portal.serving.headers import has

CODINGS = tuple(VARIANTS.values())
"""What answers may be compressed with, the smallest first."""
_ENDINGS = {coding: ending for ending, coding in VARIANTS.items()}
_GZIP_LEVEL = 1
_BROTLI_QUALITY = 3
"""Half the time of the levels at build, for a tenth more bytes."""
_WITHOUT_BODY = (204, 206, 304)

Form = tuple[str, ManifestEntry]
"""A file in one of its forms: its path in the release, and what the manifest says of it."""


@lru_cache(maxsize=512)
def acceptable(stated: str) -> tuple[str, ...]:
    """Return the codings that a value of Accept-Encoding allows, the best first; "" is no coding, and always there.

    >>> acceptable("gzip, deflate, br"), acceptable("br;q=0, *;q=0.5"), acceptable("identity, gzip;q=0.5")
    (('br', 'gzip', ''), ('gzip', ''), ('', 'gzip'))
    """
    weights = {"gzip" if name == "x-gzip" else name.lower(): weight for name, weight in parse_accept_header(stated)}
    others = weights.get("*", 0.0)
    found = [(weights.get(coding, others), coding) for coding in CODINGS]
    liked = sorted([(weight, coding) for weight, coding in found if weight > 0], key=lambda item: -item[0])
    plain = weights.get("identity", 0.0)
    better = [coding for weight, coding in liked if weight >= plain]
    return (*better, "", *(coding for weight, coding in liked if weight < plain))


def forms_of(name: str, manifest: Mapping[str, ManifestEntry]) -> dict[str, Form]:
    """Return the forms of the file at *name* in the release, by their codings."""
    found = {"": (name, manifest[name])}
    for coding, ending in _ENDINGS.items():
        entry = manifest.get(name + ending)
        if entry and entry.encoding == coding:
            found[coding] = (name + ending, entry)
    return found


def chosen_form(request: Request, forms: Mapping[str, Form]) -> Form:
    """Return the form of a file that is sent to who asks with *request*.

    A form that the asker has already, or has begun with, comes before one that would be smaller.
    """
    if len(forms) == 1:
        return forms[""]
    headers = request.headers
    wanted = [forms[coding] for coding in acceptable(headers.get("Accept-Encoding", "")) if coding in forms]
    for condition in ("If-None-Match", "If-Match"):
        if condition in headers:
            named = _named(headers[condition], wanted)
            if named:
                return named
    if request.method == "GET" and "Range" in headers:
        return _named(headers.get("If-Range", ""), wanted) or forms[""]
    return wanted[0]


def _named(tags: str, forms: Sequence[Form]) -> Form | None:
    """Return the first form whose ETag is among *tags*."""
    stated = parse_etags(tags)
    return next((form for form in forms if stated.contains_weak(form[1].sha256)), None)


def compressed(response: Response, request: Request) -> Response:
    """Compress an answer that was made for *request*, where that is worth it and wanted.

    What is sent as it stands on disk has its variants already.
    """
    if response.direct_passthrough or response.status_code in _WITHOUT_BODY or has(response, "content-encoding"):
        return response
    if not is_text_type(response.mimetype or ""):
        return response
    size = None if response.is_streamed else response.calculate_content_length()
    if size is not None and size < COMPRESSED_BYTES_MIN:
        return response
    response.vary.add("Accept-Encoding")
    coding = acceptable(request.headers.get("Accept-Encoding", ""))[0]
    if not coding:
        return response
    packer: Packer = brotli.Compressor(quality=_BROTLI_QUALITY) if coding == "br" else Gzip(_GZIP_LEVEL)
    if size is None:
        close = getattr(response.response, "close", None)
        response.response = ClosingIterator(_packed(response.iter_encoded(), packer), [close] if close else [])
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(packer.process(response.get_data()) + packer.finish())
    response.headers["Content-Encoding"] = coding
    return response


def _packed(pieces: Iterator[bytes], packer: Packer) -> Iterator[bytes]:
    """Yield a stream compressed, as it comes."""
    for piece in pieces:
        packed = packer.process(piece)
        if packed:
            yield packed
    yield packer.finish()
