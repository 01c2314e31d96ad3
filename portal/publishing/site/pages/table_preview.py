"""The first rows of a table as pages show them: preview, caption, long cells shortened."""

from __future__ import annotations

from portal.i18n import number_text, translate, translate_many
from portal.publishing.publication import PublishedResource
from portal.publishing.site.contexts.contexts import Preview
from portal.publishing.site.labels import Labels

PREVIEW_CHARACTERS_MAX = 200
"""Characters of a cell in a preview."""
_NUMERIC_TYPES = frozenset(["integer", "number"])


def preview(item: PublishedResource, labels: Labels) -> Preview | None:
    """Return the first rows of a table, None where there is none."""
    profile = item.profile
    if profile is None or not profile.rows:
        return None
    declared = {field.name: field for field in item.resource.schema.fields}
    types = [declared[column.name].type if column.name in declared else "any" for column in profile.columns]
    titles = [
        declared[column.name].title.to(labels.lang) if column.name in declared else column.name
        for column in profile.columns
    ]
    caption = (
        translate_many(labels.lang, "%(num)s row in all", "%(num)s rows in all", profile.rows)
        if profile.rows == len(profile.first_rows)
        else translate(
            labels.lang,
            "The first %(shown)s of %(rows)s rows",
            shown=len(profile.first_rows),
            rows=number_text(labels.lang, profile.rows),
        )
    )
    return Preview(
        header=tuple(titles),
        rows=tuple(tuple(shortened(text) for text in row) for row in profile.first_rows),
        numeric=tuple(type_ in _NUMERIC_TYPES for type_ in types),
        caption=caption,
    )


def shortened(text: str) -> str:
    """Return the beginning of a cell, as long as a page has room for."""
    return text if len(text) <= PREVIEW_CHARACTERS_MAX else text[: PREVIEW_CHARACTERS_MAX - 1] + "…"
