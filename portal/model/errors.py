"""What a wrong call raises. Bad data are findings, not exceptions; these are for arguments, settings and machines."""

from __future__ import annotations

from portal.model.text import LocalText


class PortalError(Exception):
    """A call that cannot be carried out; *message* is one sentence for the person who made it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = LocalText(zh, en)


class ConfigurationError(PortalError):
    """catalog.yaml, publishers.yaml, themes.yaml or an argument cannot be used."""


class ReleaseError(PortalError):
    """A release cannot be written, found or read."""


class QueryError(PortalError):
    """A search asks for something that does not exist; *parameter* is the argument at fault."""

    def __init__(self, parameter: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.parameter = parameter
