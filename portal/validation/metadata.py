"""Rules on the description of a dataset: what the catalogue wants to know beyond what Frictionless checks.

A rule is a function that yields findings for one dataset; the order of `RULES` is the order of the report. Missing
metadata are errors in a portal with ``profile: national`` and warnings in every other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from portal.model.catalog import UNKNOWN_PUBLISHER, Catalog, Dataset
from portal.model.findings import Finding, Report, found
from portal.model.terms import (
    AREAS,
    GRANULARITIES,
    LICENCES,
    SHARING_TYPES,
    UPDATE_CYCLES,
    known_licence,
)
from portal.model.text import LocalText

CATALOGUE_KEYS = frozenset(
    (
        "areas category code demonstration derived_from format former_names granularity items location network "
        "online_url open ownership phone planned privacy_exception provider_unit public_contact published publisher "
        "quasi_identifiers related_codes responsible review secrecy sharing spatial superseded_by systems temporal "
        "themes update_cycle updated volume"
    ).split()
)


def check_metadata(catalog: Catalog, *, profile: str) -> Report:
    """Apply every rule to every dataset; *profile* is ``basic`` or ``national``."""
    return Report(
        tuple(
            replace(finding, severity="error") if profile == "national" and finding.severity == "warning" else finding
            for dataset in catalog.datasets
            for rule in RULES
            for finding in _apply(rule, dataset, catalog)
        )
    )


def _apply(rule: Rule, dataset: Dataset, catalog: Catalog) -> list[Finding]:
    """Apply one rule; what nobody foresaw in a descriptor is a finding, and the other rules go on."""
    try:
        return list(rule(dataset, catalog))
    except Exception as error:
        reason = LocalText(type(error).__name__, type(error).__name__)
        return [_find(dataset, "processing-failed", reason=reason)]


def title_present(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """信息资源名称 is a mandatory element of the guide's core metadata."""
    if not _stated(dataset, "title"):
        yield _find(dataset, "title-missing", field="title")


def description_present(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """信息资源摘要 is a mandatory element of the guide's core metadata."""
    if not dataset.description:
        yield _find(dataset, "description-missing", field="description")


def publisher_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """信息资源提供方 is mandatory, and publishers.yaml knows every one where the portal keeps such a list."""
    if dataset.publisher.id == UNKNOWN_PUBLISHER:
        yield _find(dataset, "publisher-missing", field="catalogue.publisher")
    elif not dataset.publisher.is_listed and "publisher" in _catalogue(dataset):
        yield _find(dataset, "publisher-unknown", field="catalogue.publisher", value=dataset.publisher.title.zh)


def licence_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """A dataset without a licence is not open, whatever else it says."""
    if not dataset.licences:
        yield _find(dataset, "licence-missing", field="licenses")
    for licence in dataset.licences:
        if not known_licence(licence.name):
            yield _find(
                dataset, "licence-unknown", field="licenses", value=licence.name, allowed=", ".join(sorted(LICENCES))
            )


def themes_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """Themes are those of the portal's list."""
    ids = [theme.id for theme in catalog.themes]
    stated = _catalogue(dataset).get("themes")
    for value in stated if isinstance(stated, list) else []:
        if value not in ids:
            yield _find(dataset, "theme-unknown", field="catalogue.themes", value=value, allowed=", ".join(ids))


def terms_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """Elements with a closed list of values hold one of them."""
    sharing = _catalogue(dataset).get("sharing")
    stated: tuple[tuple[str, Any, Collection[str]], ...] = (
        ("catalogue.update_cycle", dataset.update_cycle, UPDATE_CYCLES),
        ("catalogue.granularity", dataset.granularity, GRANULARITIES),
        ("catalogue.sharing.type", sharing.get("type") if isinstance(sharing, Mapping) else None, SHARING_TYPES),
        *(("catalogue.areas", area, AREAS) for area in dataset.areas),
    )
    for field, value, allowed in stated:
        if value and not (isinstance(value, str) and value in allowed):
            yield _find(dataset, "value-unknown", field=field, value=value, allowed=", ".join(allowed))


def dates_readable(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """Dates are written YYYY-MM-DD."""
    reason = LocalText("应写成 YYYY-MM-DD 的日期", "it should be a date as YYYY-MM-DD")
    planned = _catalogue(dataset).get("planned")
    for key, value, read in (
        ("published", _catalogue(dataset).get("published"), dataset.published),
        ("updated", _catalogue(dataset).get("updated"), dataset.updated),
        ("planned", planned.get("on") if isinstance(planned, Mapping) else planned, dataset.planned_on),
    ):
        if value not in (None, "") and not isinstance(value, bool) and read is None:
            yield _find(dataset, "value-type", field=f"catalogue.{key}", value=value, reason=reason)


def shapes_understood(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """Lists are written as lists, and openness as yes, no, or a mapping; what is not understood is passed over."""
    catalogue = _catalogue(dataset)
    for key in ("themes", "areas"):
        if not isinstance(catalogue.get(key, []), list):
            reason = LocalText("应写成列表，例如 [traffic]", "it should be a list, e.g. [traffic]")
            yield _find(dataset, "value-type", field=f"catalogue.{key}", value=catalogue[key], reason=reason)
    opening = catalogue.get("open")
    is_open = opening.get("is_open", True) if isinstance(opening, Mapping) else opening
    if opening is not None and not isinstance(is_open, bool):
        reason = LocalText("应写 true 或 false；现按不开放处理", "it should be true or false; it is taken as not open")
        yield _find(dataset, "value-type", field="catalogue.open", value=is_open, reason=reason)


def keys_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """Keys under ``catalogue`` are those the portal reads; elsewhere in a descriptor keys are free."""
    for key in _catalogue(dataset):
        if key not in CATALOGUE_KEYS:
            yield _find(dataset, "key-unknown", field=f"catalogue.{key}")


def sharing_fits_openness(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """What may not even be shared among departments cannot be open to the public."""
    stated = _catalogue(dataset).get("open")
    says_open = stated is True or (isinstance(stated, Mapping) and stated.get("is_open") is True)
    if dataset.sharing.type == "none" and (dataset.is_open or says_open):
        yield _find(dataset, "sharing-contradiction", field="catalogue.sharing.type")


def successor_known(dataset: Dataset, catalog: Catalog) -> Iterator[Finding]:
    """What takes the place of a dataset is another dataset of the catalogue."""
    names = {item.name for item in catalog.datasets} - {dataset.name}
    if dataset.superseded_by and dataset.superseded_by not in names:
        yield _find(dataset, "successor-unknown", field="catalogue.superseded_by", value=dataset.superseded_by)


Rule = Callable[[Dataset, Catalog], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    title_present,
    description_present,
    publisher_known,
    licence_known,
    themes_known,
    terms_known,
    dates_readable,
    shapes_understood,
    keys_known,
    sharing_fits_openness,
    successor_known,
)


def _catalogue(dataset: Dataset) -> Mapping[str, Any]:
    return dataset.source.descriptor.get("catalogue", {}) if dataset.source else {}


def _stated(dataset: Dataset, key: str) -> Any:
    return dataset.source.descriptor.get(key) if dataset.source else None


def _find(dataset: Dataset, code: str, **details: Any) -> Finding:
    return found(code, dataset=dataset.name, file=dataset.descriptor_file, **details)
