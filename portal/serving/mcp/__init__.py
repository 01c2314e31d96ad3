"""Agents ask by MCP (Model Context Protocol): read-only tools on the functions of the API, over stdio and HTTP.

`agent_tools` answers a call without knowing the protocol; `agent_server` tells the SDK of it, and alone loads the SDK.
Nothing here changes anything or asks another server, and whatever publishers wrote is marked as theirs
(`publishers_text`).
"""
