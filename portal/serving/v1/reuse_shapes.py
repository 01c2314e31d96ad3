"""JSON for re-users of a dataset in /api/v1: whom to ask, how to cite it, its descriptions in other formats."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from portal.model.addresses import beside, dataset_path, in_language
from portal.model.catalog import Dataset, Publisher
from portal.publishing.formats.citation import bibtex, citation_of, csl_text, gb7714
from portal.publishing.formats.metadata_formats import dataset_formats
from portal.publishing.publication import PublishedDataset


class ContactShape(BaseModel):
    """The office to ask, as its publisher states it; never a person."""

    publisher: str
    unit: str
    phone: str


class CitationShape(BaseModel):
    """How the dataset is cited as of the day of the release."""

    gb7714: str = Field(description="a line after GB/T 7714-2015")
    bibtex: str
    csl_json: str


class DescriptionShape(BaseModel):
    """The description of the dataset in another format."""

    title: str
    media_type: str
    url: str


def contact_of(publisher: Publisher, lang: str) -> ContactShape:
    """Return whom to ask about the data of *publisher*."""
    return ContactShape(publisher=publisher.title.to(lang), unit=publisher.unit, phone=publisher.phone)


def citation_shape(dataset: Dataset, lang: str, portal_title: str, base_url: str, accessed: date) -> CitationShape:
    """Return how *dataset* is cited as of the day *accessed*."""
    url = base_url + in_language(lang, dataset_path(dataset.name))
    stated = citation_of(dataset, lang=lang, portal_title=portal_title, url=url, accessed=accessed)
    return CitationShape(gb7714=gb7714(stated), bibtex=bibtex(stated), csl_json=csl_text(stated))


def descriptions_of(published: PublishedDataset, lang: str, base_url: str) -> list[DescriptionShape]:
    """Return the descriptions that stand beside the page of a dataset."""
    page = dataset_path(published.dataset.name)
    return [
        DescriptionShape(
            title=form.label,
            media_type=form.media_type,
            url=base_url + beside(in_language(lang if form.is_translated else "zh", page), form.file),
        )
        for form in dataset_formats(published)
    ]
