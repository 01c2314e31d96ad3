"""Rules on metadata of a dataset: title, description, publisher, licence, themes, dates, unknown keys.

What the catalogue wants to know beyond what Frictionless checks. A rule is a function that yields findings for one
dataset; the order of `RULES` is the order of the report. Missing metadata are errors in a portal with
``profile: national`` and warnings in every other. What the national guide asks beyond a plain Data Package stands in
`guide_rules.py`, what concerns resource codes in `resource_code_rules.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portal.examining.reading.descriptors.catalogue_keys import CATALOGUE_KEYS, PARTS_OF_KEYS
from portal.examining.reading.descriptors.dataset_names import is_name
from portal.examining.reading.descriptors.openness import unclear_keys
from portal.examining.validation.metadata.department_rules import check_departments
from portal.examining.validation.metadata.guide_rules import GUIDE_RULES
from portal.examining.validation.metadata.html_rule import texts_without_html
from portal.examining.validation.metadata.reference_rules import references_lead_somewhere
from portal.examining.validation.metadata.resource_code_rules import CODE_RULES
from portal.examining.validation.metadata.rule import Facts, Rule, catalogue_of, facts_of, find, joined
from portal.examining.validation.metadata.stated_texts import (
    addresses_linked,
    dates_readable,
    texts_without_controls,
)
from portal.examining.validation.metadata.view_rules import views_usable
from portal.findings.finding import Finding, Report
from portal.model.catalog import UNKNOWN_PUBLISHER, Catalog, Dataset
from portal.model.terms import (
    AREAS,
    GRANULARITIES,
    LICENCES,
    UPDATE_CYCLES,
    known_licence,
)
from portal.model.text import LANGUAGES, LocalText

LIST_KEYS = ("themes", "areas", "items", "related_codes", "systems", "former_names", "derived_from")
MAPPING_KEYS = ("category", "format", "volume")


def check_metadata(
    catalog: Catalog, *, profile: str, today: date | None = None, released: Mapping[str, str] | None = None
) -> Report:
    """Apply every rule to every dataset, then to the departments; *profile* is ``basic`` or ``national``.

    *released* is the code of each dataset that was released before; without *today* no day lies in the future.
    """
    facts = facts_of(catalog, is_national=profile == "national", today=today, released=released)
    findings = [
        *(finding for dataset in catalog.datasets for rule in RULES for finding in _apply(rule, dataset, facts)),
        *check_departments(catalog.publishers),
    ]
    if facts.is_national:
        findings = [replace(item, severity="error") if item.severity == "warning" else item for item in findings]
    return Report(tuple(findings))


def _apply(rule: Rule, dataset: Dataset, facts: Facts) -> list[Finding]:
    """Apply one rule; what nobody foresaw in a descriptor is a finding, and the other rules go on."""
    try:
        return list(rule(dataset, facts))
    except Exception as error:
        reason = LocalText(type(error).__name__, type(error).__name__)
        return [find(dataset, "processing-failed", reason=reason)]


def title_present(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """信息资源名称 is a mandatory element of the guide's core metadata."""
    if not dataset.descriptor.get("title"):
        yield find(dataset, "title-missing", field="title")


def description_present(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """信息资源摘要 is a mandatory element of the guide's core metadata."""
    if not dataset.description:
        yield find(dataset, "description-missing", field="description")


def publisher_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """信息资源提供方 is mandatory, and publishers.yaml knows every one where the portal keeps such a list."""
    if dataset.publisher.id == UNKNOWN_PUBLISHER:
        yield find(dataset, "publisher-missing", field="catalogue.publisher")
    elif not dataset.publisher.is_listed and "publisher" in catalogue_of(dataset):
        yield find(dataset, "publisher-unknown", field="catalogue.publisher", value=dataset.publisher.title.zh)


def licence_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A dataset without a licence is not open, whatever else it says; of one without a name Frictionless tells."""
    if not dataset.licences and not dataset.descriptor.get("licenses"):
        yield find(dataset, "licence-missing", field="licenses")
    for licence in dataset.licences:
        if not known_licence(licence.name):
            yield find(
                dataset, "licence-unknown", field="licenses", value=licence.name, allowed=", ".join(sorted(LICENCES))
            )


def themes_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Themes are those of the portal's list."""
    ids = frozenset(theme.id for theme in facts.themes)
    allowed = LocalText(
        *(", ".join(f"{item.id} ({item.title.to(lang)})" for item in facts.themes) for lang in LANGUAGES)
    )
    stated = catalogue_of(dataset).get("themes")
    for value in stated if isinstance(stated, list) else []:
        if value not in ids:
            yield find(dataset, "theme-unknown", field="catalogue.themes", value=value, allowed=allowed)


def terms_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Elements with a closed list of values hold one of them."""
    stated: tuple[tuple[str, Any, Collection[str]], ...] = (
        ("catalogue.update_cycle", dataset.update_cycle, UPDATE_CYCLES),
        ("catalogue.granularity", dataset.granularity, GRANULARITIES),
        *(("catalogue.areas", area, AREAS) for area in dataset.areas),
    )
    for field, value, allowed in stated:
        if value and not (isinstance(value, str) and value in allowed):
            yield find(dataset, "value-unknown", field=field, value=value, allowed=", ".join(allowed))


def shapes_understood(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Lists are written as lists, and mappings as mappings; what is not understood is passed over."""
    catalogue = catalogue_of(dataset)
    for key in LIST_KEYS:
        value = catalogue.get(key)
        if value is not None and not isinstance(value, list):
            reason = LocalText("应写成列表，例如 [甲, 乙]", "it should be a list, e.g. [a, b]")
            yield find(dataset, "value-type", field=f"catalogue.{key}", value=value, reason=reason)
    for key in MAPPING_KEYS:
        value = catalogue.get(key)
        if value is not None and not isinstance(value, Mapping):
            parts = ", ".join(sorted(PARTS_OF_KEYS[key]))
            reason = LocalText(f"应写成键值对，其中的键是 {parts}", f"it should be a mapping with the keys {parts}")
            yield find(dataset, "value-type", field=f"catalogue.{key}", reason=reason)


def keys_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Keys under ``catalogue`` are those the portal reads; elsewhere in a descriptor keys are free.

    Those that seem to speak of openness were told when the descriptor was read.
    """
    told = {key.field for key in unclear_keys(dataset.descriptor)}
    for key, value in catalogue_of(dataset).items():
        parts = value if key in PARTS_OF_KEYS and isinstance(value, Mapping) else ()
        unknown = [f"catalogue.{key}"] if key not in CATALOGUE_KEYS else []
        unknown += [f"catalogue.{key}.{part}" for part in parts if part not in PARTS_OF_KEYS[key]]
        yield from (find(dataset, "key-unknown", field=field) for field in unknown if field not in told)


def sharing_fits_openness(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """What may not even be shared among departments cannot be open to the public.

    What everybody may have, but departments on condition only, they do not get in the sharing edition: an oversight.
    """
    stated = catalogue_of(dataset).get("open")
    says_open = stated is True or (isinstance(stated, Mapping) and stated.get("is_open") is True)
    if dataset.sharing.type == "none" and (dataset.is_open or says_open):
        yield find(dataset, "sharing-contradiction", field="catalogue.sharing.type")
    if dataset.sharing.type == "conditional" and dataset.is_open:
        yield find(dataset, "sharing-narrower-than-open", field="catalogue.sharing.type")


def successor_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """What takes the place of a dataset is another dataset of the catalogue."""
    successor = dataset.superseded_by
    if successor and (successor == dataset.name or successor not in facts.names):
        yield find(dataset, "successor-unknown", field="catalogue.superseded_by", value=successor)


def origins_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """What a dataset was made from are other datasets of the catalogue, by their present or former names."""
    names = (name for name in dataset.derived_from if name not in facts.names and name not in facts.former_names)
    unknown = [*names, *(name for name in dataset.derived_from if name == dataset.name)]
    if unknown:
        yield find(dataset, "derived-from-unknown", field="catalogue.derived_from", names=joined(unknown))


def former_names_free(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A former name leads to one dataset: it can stand in an address, no dataset bears it and no other claims it."""
    field = "catalogue.former_names"
    for name in dataset.former_names:
        if not is_name(name):
            reason = LocalText("曾用名应是数据集的 name", "a former name is the name of a dataset")
            yield find(dataset, "value-type", field=field, value=name, reason=reason)
        elif name in facts.names:
            yield find(dataset, "former-name-taken", field=field, value=name, other=name)
        elif len(facts.former_names[name]) > 1:
            others = [other for other in facts.former_names[name] if other != dataset.name]
            yield find(dataset, "former-name-taken", field=field, value=name, other=joined(others))


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
    origins_known,
    former_names_free,
    texts_without_html,
    addresses_linked,
    texts_without_controls,
    views_usable,
    references_lead_somewhere,
    *GUIDE_RULES,
    *CODE_RULES,
)
