"""What tests of the API share: the tiny release behind a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import serving


@pytest.fixture(scope="session")
def address(tiny_release: Path) -> Iterator[str]:
    """Where a server gives out the tiny catalogue."""
    with serving(tiny_release) as address:
        yield address
