"""OpenSearch 1.1 description: lets browsers search the portal from their address bar.

Source: OpenSearch 1.1, draft 6, description elements; a short name has at most 16 characters.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from portal.model.addresses import DATASETS, in_language
from portal.model.known_formats import media_type_of
from portal.model.portal import Portal

_SHORT_NAME = slice(16)
_LONG_TEXT = slice(1024)


def dump(portal: Portal, lang: str) -> str:
    """Return the description of the search in one language."""
    title, text = portal.title.to(lang), portal.description.to(lang)
    template = f"{portal.base_url}{in_language(lang, DATASETS)}?q={{searchTerms}}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(title[_SHORT_NAME])}</ShortName>\n"
        f"<Description>{escape(text[_LONG_TEXT])}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f"<Url type={quoteattr(media_type_of('html'))} template={quoteattr(template)}/>\n"
        "</OpenSearchDescription>\n"
    )
