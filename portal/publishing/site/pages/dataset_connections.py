"""The datasets that a dataset can be joined with, as its page names them: by which column, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.addresses import dataset_path
from portal.publishing.site.connections import Connection
from portal.publishing.site.contexts.dataset_contexts import JoinedBy
from portal.publishing.site.contexts.page_contexts import Link

LINKS_SHOWN_MAX = 5
"""Datasets that are named for a column; the others unfold."""

_SENTENCES = {
    "refers": _("Its column “%(column)s” refers to:"),
    "referred": _("Referred to by the column “%(column)s” of:"),
    "code": _("Joined by “%(column)s” with:"),
    "list": _("The same list of values in “%(column)s” as in:"),
}


def joined_by(connections: Iterable[Connection], lang: str) -> Iterator[JoinedBy]:
    """Yield what the page says of each connection."""
    for one in connections:
        links = tuple(Link(item.dataset.title.to(lang), dataset_path(item.dataset.name)) for item in one.others)
        more = links[LINKS_SHOWN_MAX:]
        yield JoinedBy(
            sentence=translate(lang, _SENTENCES[one.kind], column=one.column),
            links=links[:LINKS_SHOWN_MAX],
            more=more,
            more_label=translate_many(lang, "and %(num)s more", "and %(num)s more", len(more)) if more else "",
        )
