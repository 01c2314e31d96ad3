"""What tests of formats share: a published dataset of the tiny catalogue by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.publishing.publication import PublishedDataset
from portal.publishing.release import Release


@pytest.fixture(scope="session")
def published(tiny_build: Release) -> Callable[[str], PublishedDataset]:
    """Return a function that gives a dataset of the tiny catalogue as it was published."""
    by_name = {item.dataset.name: item for item in tiny_build.published}
    return by_name.__getitem__
