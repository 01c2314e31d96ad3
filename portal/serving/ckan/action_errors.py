"""Errors of CKAN actions inside the envelope: Validation Error 409, Not Found Error 404, Search Query Error 400.

Source: ckan/views/api.py and ckan/logic/__init__.py of CKAN 2.11.
"""

from __future__ import annotations

from typing import Any


class ActionError(Exception):
    """What an action answers instead of a result; *kind* stands under ``__type``, *details* beside it."""

    def __init__(self, status: int, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.details = details


def invalid(**messages: str | list[str]) -> ActionError:
    """Return the error that parameters are wrong, each with what is wrong with it.

    >>> invalid(id=["Missing value"]).details
    {'id': ['Missing value']}
    """
    return ActionError(409, "Validation Error", **messages)


def not_found(what: str = "") -> ActionError:
    """Return the error that there is no such thing.

    >>> not_found("Action function not found").details
    {'message': 'Not found: Action function not found'}
    """
    return ActionError(404, "Not Found Error", message=f"Not found: {what}" if what else "Not found")
