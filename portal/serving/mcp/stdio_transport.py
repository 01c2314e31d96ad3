"""What ``portal mcp`` does: answer one agent over standard input and output (stdio), from a release on this machine."""

from __future__ import annotations

from pathlib import Path

from portal.serving.current_release import ReleaseSource
from portal.serving.mcp.sdk_presence import require_sdk
from portal.serving.mcp.tool_answers import AskedPortal


def answer_by_stdio(release: Path) -> int:
    """Answer until standard input ends; a newer release is followed as `ReleaseSource` does.

    Raises ReleaseError where there is none, ConfigurationError where the SDK is not installed.
    """
    require_sdk()
    source = ReleaseSource(release)
    source.current()
    import anyio
    from mcp.server.stdio import stdio_server

    from portal.serving.mcp.agent_server import agent_server

    def portal() -> AskedPortal:
        current = source.current()
        return AskedPortal(current, current.directory.portal.base_url.rstrip("/"))

    async def answer() -> None:
        server = agent_server(portal)
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(answer)
    return 0
