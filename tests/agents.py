"""An agent as the SDK of MCP makes it: it connects, lists the tools and calls them, over either transport."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, Tool
from support import PROJECT

from portal.serving.mcp.publishers_text import MARKED_KEY

ERAS = ("legacy", "auto")
"""With a handshake, as clients did until 2025, and without one."""

Call = tuple[str, dict[str, Any]]


CALLS: tuple[Call, ...] = (
    ("portal_overview", {}),
    ("search_datasets", {"q": "学校"}),
    ("describe_dataset", {"dataset": "schools"}),
    ("preview_rows", {"dataset": "schools"}),
    ("query_rows", {"dataset": "schools", "filters": {"学生数__gte": 320}, "aggregate": ["count"]}),
    ("download_addresses", {"dataset": "schools"}),
)
"""One of each tool, on the tiny catalogue."""


def by_stdio(release: Path) -> StdioServerParameters:
    """Return how ``portal mcp`` is started, as in the settings of an agent."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "portal", "mcp", str(release)],
        env={"PYTHONPATH": str(PROJECT), "KAIFANG_LANG": "en", "PATH": os.environ["PATH"]},
        cwd=str(PROJECT),
    )


def talk(
    server: str | StdioServerParameters, era: str, calls: Sequence[Call] = ()
) -> tuple[str, list[Tool], list[CallToolResult]]:
    """Connect, list the tools, and make *calls*; return the instructions, the tools and the results."""

    async def conversation() -> tuple[str, list[Tool], list[CallToolResult]]:
        async with Client(server, mode=era) as client:
            tools = (await client.list_tools()).tools
            results = [await client.call_tool(name, arguments) for name, arguments in calls]
            return client.instructions or "", tools, [one for one in results if isinstance(one, CallToolResult)]

    return asyncio.run(conversation())


def data_of(result: CallToolResult) -> Any:
    """Return what a result holds of publishers."""
    return result.structured_content[MARKED_KEY]
