"""Serving the page with every switch that could let text out turned off."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.resources import files
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from checker.errors import InputError
from checker.types import CheckerLike
from checker.web.page import build_page

MAX_WAITING = 32
"""Checks that may wait in the queue."""

_OWN = "'self'"
POLICY = "; ".join(
    (
        f"default-src {_OWN}",
        f"script-src {_OWN} 'unsafe-inline' 'unsafe-eval'",
        f"style-src {_OWN} 'unsafe-inline'",
        f"img-src {_OWN} data: blob:",
        f"font-src {_OWN} data:",
        f"worker-src {_OWN} blob:",
        f"frame-ancestors {_OWN}",
        f"base-uri {_OWN}",
        f"form-action {_OWN}",
        "object-src 'none'",
    )
)
"""The browser itself refuses any request to another host."""

_HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]


class PrivacyHeaders:
    """ASGI middleware that adds the headers above to every response."""

    def __init__(self, app: Callable[[_Message, _Receive, _Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: _Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def launch_options() -> dict[str, Any]:
    """The privacy switches and the looks, for `Blocks.launch`."""
    package = files("checker.web")
    style, *scripts = ((package / name).read_text(encoding="utf-8") for name in ("style.css", "connection.js", "script.js"))
    return {
        "theme": _theme(),
        "head": f"<style>\n{style}\n</style>" + "".join(f"\n<script>\n{script}\n</script>" for script in scripts),
        "share": False,
        "run_history": False,
        "enable_monitoring": False,
        "show_error": False,
        "max_file_size": "5mb",
        "allowed_paths": [],
        "footer_links": [],
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "app_kwargs": {"middleware": [Middleware(PrivacyHeaders)], "docs_url": None, "redoc_url": None, "openapi_url": None},
    }


def start(page: gr.Blocks, host: str = "127.0.0.1", port: int | None = None, **options: Any) -> str:
    """Launch the page in the background and return its address.

    Raises:
        InputError: when nothing can listen at that host and port.
    """
    page.queue(max_size=MAX_WAITING, api_open=False)
    try:
        _, address, _ = page.launch(server_name=host, server_port=port, prevent_thread_lock=True, quiet=True, **{**launch_options(), **options})
    except OSError as error:
        where = f"{host}, port {port}" if port else host
        raise InputError(f"the page cannot be served at {where}: the port is in use or not allowed; choose another one", code="no_port") from error
    return str(address)


def serve(host: str = "127.0.0.1", port: int | None = None, *, model: str = "compact", open_browser: bool = False, mcp: bool = False) -> None:
    """The page with the real checker, until interrupted; with `mcp` also an MCP server of its two endpoints.

    Raises:
        InputError: when nothing can listen there, or the `mcp` extra is not installed.
    """
    if mcp and find_spec("mcp") is None:
        raise InputError("the MCP server needs one more package: pip install 'health-claim-checker[mcp]'", code="no_mcp")
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

    def load() -> CheckerLike:
        from checker.pipeline import Checker

        return Checker.load(model)

    page = build_page(load, local=is_local(host), model=model)
    print(f"The page is at {start(page, host, port, inbrowser=open_browser, mcp_server=mcp)} (Ctrl+C stops it)", flush=True)
    page.block_thread()


def is_local(host: str) -> bool:
    """Whether only this computer can reach that address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host."""
    sans = [gr.themes.Font("system-ui"), gr.themes.Font("Segoe UI"), gr.themes.Font("Roboto"), gr.themes.Font("sans-serif")]
    mono = [gr.themes.Font("ui-monospace"), gr.themes.Font("Consolas"), gr.themes.Font("monospace")]
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=sans, font_mono=mono)
