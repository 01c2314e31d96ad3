"""Content negotiation (Accept) at the page of a dataset and of the catalogue: Turtle, JSON-LD, RDF/XML, JSON, Markdown.

The descriptions are files that stand beside the page; a program that asks at the address of the page for one of their
media types gets it at once (200, with its own address in Content-Location), for its next step would be to follow a
redirect to it. People keep the page: a browser names ``text/html`` before anything else, and whoever takes anything
gets the page too. Source: RFC 9110, 12.5.1 (Accept) and 8.7 (Content-Location).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from portal.model.addresses import (
    DATASETS,
    HOME,
    beside,
    dataset_at,
    in_language,
    language_of,
    site_file,
    without_language,
)
from portal.publishing.formats.metadata_formats import CATALOGUE_FORMATS, DATA_PACKAGE, DCAT, ENTRY, MARKDOWN

ACCEPT_CHARACTERS_MAX = 2_000
"""Characters of an Accept header that count."""

_HTML = "text/html"
_OF_DATASET = (*DCAT, MARKDOWN, DATA_PACKAGE, ENTRY)
_KINDS = {form.media_type for form in _OF_DATASET}
_OF_CATALOGUE = tuple(
    {form.media_type: form for form in reversed(CATALOGUE_FORMATS) if form.media_type in _KINDS}.values()
)


def description_of(path: str, accept: str | None, released: Container[str]) -> str:
    """Return the full path of the description that *accept* asks for at the page *path*, "" for the page itself.

    *released* are the files of the release by their paths in it.

    >>> released = {"site/datasets/schools/index.ttl", "site/datasets/schools/datapackage.json"}
    >>> description_of("/en/datasets/schools/", "text/turtle", released)
    '/datasets/schools/index.ttl'
    >>> description_of("/datasets/schools/", "text/html, application/xml;q=0.9, */*;q=0.8", released)
    ''
    """
    if not accept or not is_negotiated(path):
        return ""
    offers = {media_type: file for media_type, file in _offers(path) if f"site/{site_file(file)}" in released}
    return offers.get(_best(accept, offers), "")


def is_negotiated(path: str) -> bool:
    """Whether there may be more than the page at the full path *path*.

    >>> is_negotiated("/datasets/schools/"), is_negotiated("/"), is_negotiated("/datasets/schools/report/")
    (True, True, False)
    """
    plain = without_language(path)
    return plain in (HOME, DATASETS) or bool(dataset_at(plain))


def _best(accept: str, offers: Mapping[str, str]) -> str:
    """Return which media type fits *accept* best: by weight, then the one that is named most exactly, then the page."""
    accepted = parse_accept_header(accept[:ACCEPT_CHARACTERS_MAX], MIMEAccept)
    best, highest = _HTML, _rank(accepted, _HTML)
    for media_type in offers:
        rank = _rank(accepted, media_type)
        if rank > highest and rank[0] > 0:
            best, highest = media_type, rank
    return best


def _rank(accepted: MIMEAccept, media_type: str) -> tuple[float, int]:
    """Return the weight that a media type has, and how exactly it is named: as it is, by its kind, or as anything."""
    kind = f"{media_type.partition('/')[0]}/*"
    for exactness, name in ((2, media_type), (1, kind), (0, "*/*")):
        weights = [weight for value, weight in accepted if value.partition(";")[0].strip().lower() == name]
        if weights:
            return max(weights), exactness
    return 0.0, 0


def _offers(path: str) -> Iterator[tuple[str, str]]:
    """Yield the media types that may stand at a page, each with the full path of its file."""
    page = without_language(path)
    page, forms = (page, _OF_DATASET) if dataset_at(page) else (HOME, _OF_CATALOGUE)
    for form in forms:
        file = beside(page, form.file)
        yield form.media_type, in_language(language_of(path), file) if form.is_translated else file
