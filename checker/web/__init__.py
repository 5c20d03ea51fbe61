"""The page: a draft and its study in, the marked draft and its findings out.

Gradio is imported only when the page is served.
"""

from __future__ import annotations


def serve(host: str = "127.0.0.1", port: int | None = None, *, model: str = "compact", open_browser: bool = False, mcp: bool = False) -> None:
    """Serve the page until interrupted; the model loads in the background.

    Without a port, the first free one from 7860 on is taken. `mcp` serves the two endpoints of `checker.web.api` to
    MCP clients as well.
    """
    from checker.web.server import serve as run

    run(host, port, model=model, open_browser=open_browser, mcp=mcp)


def main() -> None:
    """What `python app.py` does."""
    serve()
