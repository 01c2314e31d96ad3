"""Stars follow the best form in which data are offered, and need an open licence."""

from __future__ import annotations

import pytest

from portal.model.catalog import Licence, Resource
from portal.model.text import LocalText
from portal.publishing.publication import PublishedFile, PublishedResource
from portal.publishing.quality.stars import stars_of_resource

CC_BY = Licence("CC-BY-4.0", LocalText("署名"))
CC_BY_NC = Licence("CC-BY-NC-4.0", LocalText("非商业"))


def offered(*formats: str) -> PublishedResource:
    """Return a resource that is offered in *formats*."""
    resource = Resource("r", LocalText("r"), "file", formats[0], "")
    files = tuple(PublishedFile(f"r.{name}", name, "", 1, "", "") for name in formats)
    return PublishedResource(resource, files)


@pytest.mark.parametrize(
    ("formats", "licences", "stars"),
    [
        (["pdf"], [CC_BY], 1),
        (["zip"], [CC_BY], 1),
        (["xlsx"], [CC_BY], 2),
        (["xlsx", "csv"], [CC_BY], 3),
        (["csv"], [CC_BY_NC], 0),
        (["csv"], [], 0),
    ],
)
def test_stars(formats: list[str], licences: list[Licence], stars: int) -> None:
    """The best form counts; a licence that is not open, or none, gives no star."""
    assert stars_of_resource(offered(*formats), tuple(licences)) == stars
