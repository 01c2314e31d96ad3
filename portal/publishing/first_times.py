"""When each dataset was first released (first-released.json): tells what was added from what changed.

It goes on from release to release, as the times of changes do. A dataset that was withdrawn and comes again is new.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from portal.publishing.release_content import ReleaseContent

FIRST_TIMES_FILE = "first-released.json"

_ADAPTER = TypeAdapter(dict[str, datetime])


def write_first_times(content: ReleaseContent, folder: Path, former: Path | None) -> None:
    """Write into *folder* when each dataset of *content* was first released; *former* is such a folder of before."""
    known = read_first_times(former) if former else {}
    times = {item.dataset.name: known.get(item.dataset.name, item.changed) for item in content.datasets if item.changed}
    (folder / FIRST_TIMES_FILE).write_bytes(_ADAPTER.dump_json(times))


def read_first_times(folder: Path) -> dict[str, datetime]:
    """Return when each dataset was first released; nothing where a release of an earlier version does not say."""
    try:
        return _ADAPTER.validate_json((folder / FIRST_TIMES_FILE).read_bytes())
    except (OSError, ValidationError):
        return {}
