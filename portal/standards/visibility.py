"""Which columns of a register the public or departments may see (open or sharing edition).

Decided field by field in its standard, and by nothing else. The public gets rows of a register only where the public
may see every field of it; of any other it gets counts by department. Departments get rows with the fields that they may
see. A column that the standard does not know is seen by nobody where anything is kept back.
"""

from __future__ import annotations

from portal.model.catalog import Edition
from portal.standards.loading import standard_named
from portal.standards.register import Standard


def visible_fields(standard: Standard, edition: Edition) -> frozenset[str]:
    """Return the names of the fields that *edition* may show.

    >>> from portal.standards.loading import standard_named
    >>> sorted(visible_fields(standard_named("information-system"), "open"))
    ['owner', 'owner_uscc']
    """
    return frozenset(item.name for item in standard.fields if edition in item.editions)


def keeps_back(standard: Standard, edition: Edition) -> bool:
    """Whether *edition* may not show some field."""
    return len(visible_fields(standard, edition)) < len(standard.fields)


def is_publishable(standard: Standard, edition: Edition) -> bool:
    """Whether *edition* may show rows, of the visible fields at least.

    >>> from portal.standards.loading import standard_named
    >>> [is_publishable(standard_named("information-system"), edition) for edition in ("open", "sharing")]
    [False, True]
    """
    return not keeps_back(standard, edition) or (edition != "open" and bool(visible_fields(standard, edition)))


def is_restricted(name: str, edition: Edition) -> bool:
    """Whether a table that says it follows the standard *name* may not be given out as it is.

    A name that nobody knows restricts too: who keeps a register under it expects that something is kept back.

    >>> [is_restricted(name, "open") for name in ("", "department", "information-system", "no-such-standard")]
    [False, False, True, True]
    """
    if not name:
        return False
    standard = standard_named(name)
    return standard is None or keeps_back(standard, edition)
