"""``portal mcp``: answer an agent on this machine over standard input and output (Model Context Protocol)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, PathName


@click.command(context_settings=HELP, short_help="Answer an agent by MCP (stdio). 以 MCP 回答智能体。")
@click.argument("release", type=PathName(), default=Path("build/current"))
def mcp(**arguments: Any) -> int:
    """Answer an agent over standard input and output. 通过标准输入输出回答智能体（默认 build/current）。

    Agents start it themselves; over HTTP they ask at /mcp of portal serve. It only reads, and asks no other server.
    """
    from portal.serving.mcp.stdio_transport import answer_by_stdio as run

    return run(**arguments)
