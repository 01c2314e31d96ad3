"""Filled workbooks that are brought in."""

from __future__ import annotations

from portal.model.codes.declare import Code

WORKBOOKS: tuple[Code, ...] = ()
