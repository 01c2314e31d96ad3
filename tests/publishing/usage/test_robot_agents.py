"""Robots and people by their User-Agent: the whole list is found, browsers and programs of people are not."""

from __future__ import annotations

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from portal.publishing.usage.robot_agents import is_robot


def test_every_robot_of_the_list_is_one() -> None:
    """Each example that the list gives, but for libraries, is known, whether its pattern is a word or more."""
    missed = [
        agent
        for item in CRAWLER_USER_AGENTS_DATA
        if "http-library" not in item.get("tags", ())
        for agent in item.get("instances", ())
        if not is_robot(agent)
    ]
    assert missed == []


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0.50 NetType/WIFI",
        "Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0",
        "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 Chrome/109.0 Safari/537.36 QQBrowser/13.0",
        "Mozilla/5.0 (Linux; U; Android 13; zh-CN) AppleWebKit/537.36 Chrome/100.0 UCBrowser/16.0 Mobile Safari/537.36",
        "python-requests/2.32.3",
        "curl/8.5.0",
        "duckdb/v1.5.5(linux_amd64)",
        "R (4.4.1 x86_64-pc-linux-gnu x86_64 linux-gnu)",
        "ckanapi/4.9",
        "okhttp/4.12.0",
        "frictionless/5.21.0",
        "Microsoft Office Excel 2021",
    ],
)
def test_people_and_their_programs_are_no_robots(agent: str) -> None:
    """Browsers of China among them."""
    assert not is_robot(agent)
