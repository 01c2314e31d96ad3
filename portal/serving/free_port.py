"""Is a TCP port free to listen on? Asked by `portal serve`, and by `make run` before it installs and builds anything.

The Makefile runs this file with the machine's own Python, so it uses nothing but the standard library.
"""

from __future__ import annotations

import errno
import socket
import sys

PORT_MAX = 65535
"""The highest port that TCP has."""
_TRIED_MAX = 100
"""Ports that are tried upwards before the search for a free one is given up."""


def listening_port(host: str, port: int) -> int:
    """Return *port*, or a free one for 0, after a trial that nobody else listens there. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        number: int = trial.getsockname()[1]
        return number


def fault_of(text: str, lang: str) -> str:
    """Say in one sentence why `make run` cannot use the port *text* on this machine, and what to do; "" where it can.

    >>> fault_of("http", "en")
    'PORT should be a number from 1 to 65535, not "http"; for example: make run PORT=8001'
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= PORT_MAX):
        zh = f"PORT 应是 1 到 {PORT_MAX} 的整数，不能是“{text}”；例如：make run PORT=8001"
        en = f'PORT should be a number from 1 to {PORT_MAX}, not "{text}"; for example: make run PORT=8001'
        return zh if lang == "zh" else en
    try:
        listening_port("127.0.0.1", int(text))
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        zh = f"端口 {text} 已被别的程序占用" if is_taken else f"不能使用端口 {text}（{error.strerror}）"
        en = (
            f"Port {text} is in use by another program"
            if is_taken
            else f"Port {text} cannot be used ({error.strerror})"
        )
        other = _free_after(int(text))
        return (
            f"{zh}，请换一个：make run PORT={other}" if lang == "zh" else f"{en}; choose another: make run PORT={other}"
        )
    return ""


def _free_after(port: int) -> int:
    """Return a port that is free: one of the next, if any, and not one that needs a privilege."""
    first = max(port + 1, 8001)
    for number in range(first, min(first + _TRIED_MAX, PORT_MAX + 1)):
        try:
            return listening_port("127.0.0.1", number)
        except OSError:
            continue
    return listening_port("127.0.0.1", 0)


if __name__ == "__main__":
    fault = fault_of(sys.argv[1], sys.argv[2])
    if fault:
        sys.stderr.buffer.write(f"{fault}\n".encode())  # UTF-8 whatever the locale
        sys.exit(2)
