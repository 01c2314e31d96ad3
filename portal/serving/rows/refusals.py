"""Questions about rows that HTTP has a status of its own for: 404, 406, 409, 413, 414, 415; each says what to do."""

from __future__ import annotations

from portal.model.errors import QueryError


class NothingThereError(QueryError):
    """There are no such rows; the reason says why."""

    status = 404


class UnfittingError(QueryError):
    """A question that is well formed and does not fit this table as it is now, or whose parts do not fit each other."""

    status = 409


class FormatUnknownError(QueryError):
    """No format that the asker accepts can be made."""

    status = 406


class TooLargeError(QueryError):
    """The answer does not fit into the format."""

    status = 413


class AddressTooLongError(QueryError):
    """The query string is longer than is read."""

    status = 414


class BodyUnreadableError(QueryError):
    """The body of the request is of a kind that is not read."""

    status = 415
