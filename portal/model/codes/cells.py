"""Faults of cells and columns that Frictionless does not see: numbers, check digits, coordinates."""

from __future__ import annotations

from portal.model.codes.declare import Code

CELLS: tuple[Code, ...] = ()
