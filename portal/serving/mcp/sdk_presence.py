"""Whether the MCP SDK (extra ``mcp``) is installed, and the one sentence to say where it is not."""

from __future__ import annotations

from importlib.util import find_spec

from portal.model.errors import ConfigurationError


def require_sdk() -> None:
    """Raise ConfigurationError where the SDK is not installed."""
    if find_spec("mcp") is None or find_spec("mcp_types") is None:
        raise ConfigurationError(
            "供智能体使用的 MCP 需要 mcp 软件包：请运行 pip install 'kaifang[mcp]'。",
            "Answering agents by MCP takes the package mcp: run pip install 'kaifang[mcp]'.",
        )
