"""What must not be published: personal data, secrets, and what has not been approved."""

from __future__ import annotations

from portal.model.codes.declare import Code

PRIVACY: tuple[Code, ...] = ()
