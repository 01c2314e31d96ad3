"""The page of a dataset: downloads, preview of tables, data dictionary, citation, metadata links.

Its context: metadata in words, files, a look into the tables, and the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from portal.i18n import day_text, number_text, size_text, translate, translate_many
from portal.model.addresses import (
    DATASETS,
    PROFILE,
    QR_CODE,
    api_dataset_path,
    api_rows_path,
    beside,
    data_path,
    dataset_path,
    in_language,
    publisher_path,
    report_path,
    rows_page_path,
    theme_path,
    with_query,
)
from portal.model.catalog import Dataset, Field, Resource
from portal.model.known_formats import DOWNLOAD_ORDER
from portal.model.portal import Directory
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.terms import REFERENCE_SYSTEMS
from portal.model.text import LocalText, enumerated
from portal.publishing.formats import citation, schema_org
from portal.publishing.formats.metadata_formats import dataset_formats
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.quality.stars import stars_of_resource
from portal.publishing.quality.weights import Weights, default_weights
from portal.publishing.site.cells_in_words import writer_of
from portal.publishing.site.code_names import Names
from portal.publishing.site.column_pictures import picture
from portal.publishing.site.connections import Connection
from portal.publishing.site.contexts.access_contexts import FeedbackView
from portal.publishing.site.contexts.dataset_contexts import AlikeTable, DatasetPage, Download, FieldRow, ResourceView
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.dataset_lists import badges, format_link, overdue_badge
from portal.publishing.site.frame import in_script
from portal.publishing.site.labels import Labels
from portal.publishing.site.markdown import to_html, to_summary
from portal.publishing.site.missing_translations import missing_translations
from portal.publishing.site.pages.code_examples import code_examples
from portal.publishing.site.pages.column_distribution import percent, sentences, top_values
from portal.publishing.site.pages.dataset_access import access_view, feedback
from portal.publishing.site.pages.dataset_connections import joined_by
from portal.publishing.site.pages.dataset_facts import MAIN_LINES, access_note, details, item_rows, items_note
from portal.publishing.site.pages.dataset_quality import quality_view, stars_view
from portal.publishing.site.pages.first_look import first_look
from portal.publishing.site.pages.rows_page import tables_link
from portal.publishing.site.pages.standards_pages import register_views
from portal.publishing.site.pages.table_order import PagePart, page_parts
from portal.publishing.site.pages.table_preview import shortened
from portal.publishing.site.pages.tables_together import together_with
from portal.standards.visibility import is_restricted


def dataset_page(
    published: PublishedDataset,
    directory: Directory,
    labels: Labels,
    successor: PublishedDataset | None = None,
    today: date | None = None,
    weights: Weights | None = None,
    departments: Mapping[str, LocalText] | None = None,
    names: Mapping[tuple[str, str], Names] | None = None,
    connections: Iterable[Connection] = (),
    maps: Mapping[str, MapView] | None = None,
) -> DatasetPage:
    """Return the page's context in the language of *labels*; *successor* is the dataset that takes its place.

    It is cited as of *today*; *weights* are those of its score, otherwise the usual ones; *departments* are the names
    of departments by their codes, *names* those of codes in its tables by resource and column, *connections*
    the ways in which it can be joined with others, *maps* those of its resources, by their names.
    """
    dataset, lang = published.dataset, labels.lang
    json_ld = schema_org.dump(
        published, lang=lang, base_url=directory.portal.base_url, portal_title=directory.portal.title.to(lang)
    )
    shown = published.resources or tuple(PublishedResource(item) for item in dataset.resources)
    parts = page_parts(shown)
    tables = [item for part in parts for _number, item in part.members if item.table_file]
    lines = tuple(details(published, labels))
    main_lines = {translate(lang, label) for label in MAIN_LINES}
    return DatasetPage(
        name=dataset.name,
        title=dataset.title.to(lang),
        description=to_html(dataset.description.to(lang)),
        publisher=Link(dataset.publisher.title.to(lang), publisher_path(dataset.publisher.id)),
        themes=tuple(Link(theme.title.to(lang), theme_path(theme.id)) for theme in dataset.themes),
        keywords=tuple(Link(word.to(lang), with_query(DATASETS, [("q", word.to(lang))])) for word in dataset.keywords),
        badges=(*badges(dataset, labels), *overdue_badge(published, labels)),
        badge_note=access_note(published, lang),
        successor=Link(successor.dataset.title.to(lang), dataset_path(successor.dataset.name)) if successor else None,
        details=tuple(item for item in lines if item.label in main_lines),
        further=tuple(item for item in lines if item.label not in main_lines),
        resources=tuple(_part(part, published, labels, names or {}, maps or {}) for part in parts),
        items=item_rows(dataset.guide.items, lang) if not shown else (),
        items_note=items_note(dataset.guide.items, lang) if not shown else "",
        source_url=dataset.guide.online_address,
        json_ld=in_script(json_ld),
        api_path=api_dataset_path(dataset.name),
        report_path=report_path(dataset.name) if dataset.is_released else "",
        package=_package(published, lang),
        files_path=data_path(dataset.name) if published.has_files else "",
        forms=tuple(format_link(form, dataset_path(dataset.name), lang) for form in dataset_formats(published)),
        quality=quality_view(published, weights or default_weights(), lang),
        citations=tuple(_citations(dataset, directory, lang, today)) if today and published.resources else (),
        registers=tuple(register_views(published, departments or {}, lang)),
        examples=code_examples(published, tables[0], lang, directory.portal.base_url) if tables else (),
        examples_table=tables[0].resource.title.to(lang) if len(tables) > 1 else "",
        joins=tuple(joined_by(connections, lang)),
        profile_path=f"{dataset_path(dataset.name)}{PROFILE}" if tables else "",
        facts=tuple(_facts(published, labels)),
        qr_path=beside(dataset_path(dataset.name), QR_CODE),
        access=access_view(published, directory.portal, lang),
        feedback=feedback(published, directory.portal, lang, today) if today else FeedbackView(),
    )


def _facts(published: PublishedDataset, labels: Labels) -> Iterator[str]:
    """Yield how new it is, how often it is updated, and how many rows it has."""
    dataset, lang = published.dataset, labels.lang
    if dataset.updated:
        yield translate(lang, "Updated %(day)s", day=day_text(lang, dataset.updated))
    if dataset.update_cycle:
        cycle = labels.value("update_cycle", dataset.update_cycle)
        yield translate(lang, "Update cycle: %(cycle)s", cycle=cycle)
    if published.rows:
        yield translate_many(lang, "%(num)s row", "%(num)s rows", published.rows)
    if lang == "en" and missing_translations(dataset):
        yield translate(lang, "Partly in Chinese: some texts have no English yet")


def _package(published: PublishedDataset, lang: str) -> Download | None:
    file = published.package
    return Download("ZIP", f"/{file.path}", size_text(lang, file.size_bytes), file.sha256) if file else None


def _citations(dataset: Dataset, directory: Directory, lang: str, today: date) -> Iterator[tuple[str, str]]:
    url = directory.portal.base_url + in_language(lang, dataset_path(dataset.name))
    stated = citation.citation_of(
        dataset, lang=lang, portal_title=directory.portal.title.to(lang), url=url, accessed=today
    )
    yield "GB/T 7714", citation.gb7714(stated)
    yield "BibTeX", citation.bibtex(stated)
    yield "CSL-JSON", citation.csl_text(stated)


def _part(
    part: PagePart,
    published: PublishedDataset,
    labels: Labels,
    names: Mapping[tuple[str, str], Names],
    maps: Mapping[str, MapView],
) -> ResourceView:
    """Return a resource, or several tables of one shape of which the first is shown."""
    number, item = part.members[0]
    shown = replace(_resource(item, published, labels, number, names), map=maps.get(item.resource.name))
    if not part.is_several:
        return shown
    alike = tuple(_alike(number, item, published, labels.lang) for number, item in part.members)
    together = translate_many(labels.lang, "%(num)s table alike", "%(num)s tables alike", len(alike))
    as_one = together_with(published, item.resource.name)
    link = tables_link(as_one, labels.lang) if as_one else None
    return replace(shown, alike=alike, alike_title=together, together=link)


def _alike(number: int, item: PublishedResource, published: PublishedDataset, lang: str) -> AlikeTable:
    return AlikeTable(
        id=f"resource-{number}",
        title=item.resource.title.to(lang),
        size_note=_rows_note(item, lang),
        query_path=rows_page_path(published.dataset.name, item.resource.name),
        downloads=_downloads(item, lang),
    )


def _downloads(item: PublishedResource, lang: str) -> tuple[Download, ...]:
    is_map = item.resource.format == "geojson"

    def place(file: PublishedFile) -> tuple[bool, bool, int]:
        """A spreadsheet comes first, of a map the map; the publisher's own file last."""
        is_first = is_map and file.format == "geojson"
        return (not is_first, file.is_original, DOWNLOAD_ORDER.get(file.format, len(DOWNLOAD_ORDER)))

    return tuple(
        Download(file.format.upper(), f"/{file.path}", size_text(lang, file.size_bytes), file.sha256, file.is_original)
        for file in sorted(item.files, key=place)
    )


def _resource(
    item: PublishedResource,
    published: PublishedDataset,
    labels: Labels,
    number: int,
    names: Mapping[tuple[str, str], Names],
) -> ResourceView:
    resource, lang = item.resource, labels.lang
    own = {column: known for (name, column), known in names.items() if name == resource.name}
    stars = stars_of_resource(item, published.dataset.licences)
    return ResourceView(
        id=f"resource-{number}",
        title=resource.title.to(lang),
        description=to_summary(resource.description.to(lang), 500),
        format=resource.format.upper(),
        size_note=_size_note(item, lang),
        stars=stars_view(stars, lang) if stars else None,
        downloads=_downloads(item, lang),
        look=first_look(item, labels, own),
        fields=tuple(_fields(item, labels, own)),
        keys=tuple(key_sentences(resource, published.dataset, lang)),
        notes=(*_notes(item, lang), *_register_note(item, published.dataset, lang)),
        link=resource.url,
        rows_path=api_rows_path(published.dataset.name, resource.name) if item.profile else "",
        query_path=rows_page_path(published.dataset.name, resource.name) if item.table_file else "",
    )


def _size_note(item: PublishedResource, lang: str) -> str:
    if item.profile is None:
        return ""
    columns = translate_many(lang, "%(num)s column", "%(num)s columns", len(item.profile.columns))
    return translate(lang, "%(rows)s, %(columns)s", rows=_rows_note(item, lang), columns=columns)


def _rows_note(item: PublishedResource, lang: str) -> str:
    return translate_many(lang, "%(num)s row", "%(num)s rows", item.profile.rows) if item.profile else ""


def _notes(item: PublishedResource, lang: str) -> Iterator[str]:
    crs = item.resource.crs
    if crs:
        name = REFERENCE_SYSTEMS[crs].to(lang) if crs in REFERENCE_SYSTEMS else crs
        yield translate(lang, "Coordinates are in %(system)s.", system=name)
    if "xlsx" in item.left_out:
        yield translate(
            lang, "There is no XLSX file: the table does not fit into a sheet. CSV and JSON hold all of it."
        )
    if "geojson" in item.left_out:
        yield translate(lang, "There is no GeoJSON file: the coordinates are shifted from their true places.")
    if item.resource.kind == "link":
        yield translate(lang, "The file is on another site and is not checked here.")
    elif item.profile is None and item.files:
        yield translate(lang, "The file is offered as the publisher made it; its content was not checked.")


def _register_note(item: PublishedResource, dataset: Dataset, lang: str) -> Iterator[str]:
    if item.profile and is_restricted(item.resource.standard, dataset.edition):
        yield translate(lang, "The fields that its standard keeps from this edition are left out.")


def _fields(item: PublishedResource, labels: Labels, names: Mapping[str, Names]) -> Iterator[FieldRow]:
    resource, profile, lang = item.resource, item.profile, labels.lang
    columns = {column.name: column for column in profile.columns} if profile else {}
    published = {str(field["name"]): field for field in item.table_schema.get("fields", ())}
    first = dict(zip(columns, profile.first_rows[0], strict=False)) if profile and profile.first_rows else {}
    fields = resource.schema.fields or tuple(Field(name, LocalText(name)) for name in columns)
    for field in fields:
        column, rows = columns.get(field.name), profile.rows if profile else 0
        told = {**published.get(field.name, {"name": field.name, "type": field.type}), "title": field.title.to(lang)}
        example = "" if column is None or column.is_withheld else first.get(field.name, "")
        yield FieldRow(
            name=field.name,
            title=labels.field(field),
            type=labels.type(field.type),
            description=to_summary(field.description.to(lang), 500),
            rules=labels.rules(field, shortened(example)),
            gaps=_gaps(column, profile, lang),
            span=_span(column, told, lang),
            picture=picture(column) if column else None,
            distribution=tuple(sentences(column, told, rows, lang)) if column and rows else (),
            top=top_values(column, told, rows, lang, names.get(field.name)) if column else (),
        )


def _span(column: ColumnProfile | None, field: Mapping[str, object], lang: str) -> str:
    if column is None or not column.minimum:
        return ""
    write = writer_of(field, lang)
    low, high = write(column.minimum).text, write(column.maximum).text
    return low if low == high else f"{low} – {high}"


def _gaps(column: ColumnProfile | None, profile: TableProfile | None, lang: str) -> str:
    if column is None or profile is None or not profile.rows:
        return ""
    if not column.gaps:
        return translate(lang, "None")
    return translate(
        lang,
        "%(gaps)s (%(share)s)",
        gaps=number_text(lang, column.gaps),
        share=percent(column.gaps, profile.rows, lang),
    )


def key_sentences(resource: Resource, dataset: Dataset, lang: str) -> Iterator[str]:
    """Yield the keys of a table in words."""
    titles = {item.name: item.title.to(lang) for item in dataset.resources}
    if resource.schema.primary_key:
        yield translate(lang, "Primary key: %(fields)s", fields=enumerated(lang, resource.schema.primary_key))
    for key in resource.schema.foreign_keys:
        yield translate(
            lang,
            "%(fields)s refers to %(reference)s in “%(table)s”",
            fields=enumerated(lang, key.fields),
            reference=enumerated(lang, key.reference_fields),
            table=titles.get(key.reference_resource, resource.title.to(lang)),
        )
