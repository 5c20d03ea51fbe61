"""The page: a draft and its study in, the marked draft and its findings out.

`main` starts it; Gradio is imported only then.
"""

from __future__ import annotations


def main(host: str = "127.0.0.1", port: int | None = None, *, model: str = "compact", open_browser: bool = False) -> None:
    """Serve the page until interrupted; the model loads in the background."""
    from checker.web.server import serve

    serve(host, port, model=model, open_browser=open_browser)
