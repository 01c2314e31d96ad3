"""Contexts of the page for developers: ways to the data, endpoints with parameters and errors, shapes of answers."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.data_tables import DataTable
from portal.publishing.site.contexts.dataset_contexts import CodeExample
from portal.publishing.site.contexts.page_contexts import Link


@dataclass(frozen=True)
class Endpoint:
    """One address of the API with what may be asked, what it answers and what it may refuse with.

    *id* is where it stands on the page. *answer* is the name of a shape, "" for what describes itself; *posted* that of
    what may be posted. *example* is an address to try, "" for none.
    """

    id: str
    methods: tuple[str, ...]
    path: str
    title: str
    summary: str
    parameters: DataTable
    example: str = ""
    answer: str = ""
    posted: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """The keys of a JSON object; *parts* are the names of the shapes that stand in it."""

    name: str
    summary: str
    keys: DataTable
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class DevelopersPage:
    """How programs get at the catalogue, the files and the rows.

    *base_url* begins every absolute address. *rates* are requests a minute.
    *agents_address* is where agents speak to the portal (MCP).
    """

    base_url: str
    ways: DataTable
    operators: DataTable
    bounds: DataTable
    rates: DataTable
    errors: DataTable
    endpoints: tuple[Endpoint, ...]
    shapes: tuple[Shape, ...]
    actions: str
    agents_address: str
    problem: str
    """An error as it is answered, as JSON."""
    sample: Link | None = None
    """The page that asks for rows of the table that the examples take; None where there is no table."""
    sample_rows: tuple[tuple[str, str], ...] = ()
    """Questions about its rows to try, as (what it asks, address)."""
    examples: tuple[CodeExample, ...] = ()
