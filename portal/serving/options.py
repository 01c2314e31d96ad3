"""Options of ``portal serve``: trusted proxies, limits and where they are counted, access log, metrics.

The process that was started hands them to its workers through the environment.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Literal

OPTIONS_VARIABLE = "KAIFANG_SERVING"

LoggedAddresses = Literal["none", "network", "full"]
"""What of an asker's address stands in the log: nothing, its network (IPv4 /24, IPv6 /48), all of it."""


@dataclass(frozen=True)
class ServingOptions:
    """How requests are taken in and accounted for. The defaults count nothing, log nothing and trust nobody."""

    trusted_proxies: int = 0
    """How many proxies stand in front and state who asks, in ``X-Forwarded-For``, ``-Proto`` and ``-Host``."""
    is_limited: bool = False
    """Whether somebody who asks too often is refused."""
    limit_storage: str = "memory://"
    """Where requests are counted: in each process for itself, or in Redis for all."""
    access_log: str = ""
    """The file that has a line for each request, "-" for standard output; "" for none."""
    log_addresses: LoggedAddresses = "none"
    has_metrics: bool = False
    """Whether requests are counted for Prometheus; where to is stated in the environment."""

    def hand_on(self) -> None:
        """Write the options into the environment, for the processes to be started."""
        os.environ[OPTIONS_VARIABLE] = json.dumps(asdict(self))


def handed_options() -> ServingOptions:
    """Return what the process that started this one wrote down."""
    return ServingOptions(**json.loads(os.environ.get(OPTIONS_VARIABLE, "{}")))
