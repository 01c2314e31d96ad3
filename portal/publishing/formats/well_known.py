"""What stands in /.well-known/: api-catalog (RFC 9727, a linkset after RFC 9264) and security.txt (RFC 9116).

Programs that know nothing of a portal but its name ask there for its APIs; who found a weakness asks there whom to
tell. Both depend on settings and on the day alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.model.addresses import (
    API_CATALOG,
    API_HEALTH,
    API_OPENAPI,
    API_V1,
    CKAN_APIS,
    DEVELOPERS,
    HOME,
    SECURITY_TXT,
    beside,
    catalog_file,
    in_language,
)
from portal.model.known_formats import media_type_of
from portal.model.portal import Portal
from portal.model.text import LANGUAGES
from portal.publishing.formats.metadata_formats import CATALOGUE_FORMATS

VALID_DAYS_MAX = 364
"""Days for which a security.txt holds; less than a year, as RFC 9116 asks. Every build writes it anew."""


def api_catalog(portal: Portal) -> dict[str, Any]:
    """Return the APIs of the portal as a linkset: where each is, its descriptions for programs and for people.

    >>> [item["anchor"] for item in api_catalog(Portal(base_url="https://data.example.cn"))["linkset"]][1:]
    ['https://data.example.cn/api/v1', 'https://data.example.cn/api/3', 'https://data.example.cn/catalog.jsonld']
    """
    base = portal.base_url
    guide = [_link(base + in_language(lang, DEVELOPERS), "html", hreflang=[lang]) for lang in LANGUAGES]
    native, ckan = base + API_V1, base + CKAN_APIS[0].rstrip("/")
    catalogue = base + catalog_file("jsonld")
    return {
        "linkset": [
            {"anchor": base + API_CATALOG, "item": [{"href": native}, {"href": ckan}, {"href": catalogue}]},
            {
                "anchor": native,
                "service-desc": [_link(base + API_OPENAPI, "json")],
                "service-doc": guide,
                "status": [_link(base + API_HEALTH, "json")],
            },
            {"anchor": ckan, "service-doc": guide},
            {
                "anchor": catalogue,
                "alternate": [
                    {"href": base + beside(HOME, form.file), "type": form.media_type}
                    for form in CATALOGUE_FORMATS
                    if form.label.startswith("DCAT") and base + beside(HOME, form.file) != catalogue
                ],
                "service-doc": guide,
            },
        ]
    }


def security_txt(portal: Portal, today: date) -> str:
    """Return whom to tell of a weakness, "" where the portal does not say.

    >>> print(security_txt(Portal(security_contact=("mailto:security@example.cn",)), date(2026, 6, 1)), end="")
    Contact: mailto:security@example.cn
    Expires: 2027-05-31T00:00:00Z
    Preferred-Languages: zh, en
    """
    return "".join(f"{line}\n" for line in _security_lines(portal, today)) if portal.security_contact else ""


def _security_lines(portal: Portal, today: date) -> Iterator[str]:
    yield from (f"Contact: {contact}" for contact in portal.security_contact)
    yield f"Expires: {today + timedelta(days=VALID_DAYS_MAX)}T00:00:00Z"
    yield f"Preferred-Languages: {', '.join(LANGUAGES)}"
    if portal.has_base_url and portal.base_url.startswith("https://"):
        yield f"Canonical: {portal.base_url}{SECURITY_TXT}"
    if portal.security_policy:
        yield f"Policy: {portal.security_policy}"


def _link(href: str, ending: str, **more: Any) -> dict[str, Any]:
    return {"href": href, "type": media_type_of(ending), **more}
