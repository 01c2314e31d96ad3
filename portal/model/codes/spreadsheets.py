"""What workbooks bring along: sheets, headers, notes, hidden things."""

from __future__ import annotations

from portal.model.codes.declare import Code

SPREADSHEETS: tuple[Code, ...] = ()
