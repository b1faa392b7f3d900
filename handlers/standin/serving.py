"""Serving in threads over kept-alive connections."""

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    """HTTP/1.1, so that connections are kept, and no line per request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def serve(app: Flask, host: str = "127.0.0.1", port: int = 0) -> BaseWSGIServer:
    """A server with a thread per connection, bound but not yet serving; port 0 takes a free one (`.port`)."""
    return make_server(host, port, app, threaded=True, request_handler=_Quiet)
