"""The web process: the webhook, health, and in the demo the stand-in of LINE with its phone page."""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

import nlp
from bot.config import Settings
from handlers import front, tasks
from handlers.api import ADDRESS, api
from handlers.broadcaster import Broadcaster
from handlers.clock import Timekeeper
from handlers.console import console
from handlers.exporter import Exporter
from handlers.health import health
from handlers.line.webhook import add_webhook
from handlers.rehearser import Rehearser
from handlers.runtime import Runtime
from handlers.standin import phone
from handlers.standin.app import blueprint
from handlers.standin.state import Standin
from handlers.worker import Worker

log = structlog.get_logger()
STANDIN = "/standin"
THREADS = 32
WORKER = "khaojai worker"


def create_app(runtime: Runtime, standin: Standin | None = None) -> Flask:
    """The application over a runtime; with a stand-in, it is served too."""
    app = Flask("khaojai", static_folder=None)
    settings = runtime.settings
    app.secret_key = settings.secret_key
    if proxies := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    add_webhook(app, runtime.inbox, runtime.wake, settings.line_secrets)
    app.register_blueprint(health(runtime.store, runtime.clock))
    app.register_blueprint(console(runtime), url_prefix="/console")
    app.register_blueprint(api(runtime), url_prefix=ADDRESS)
    app.register_error_handler(Exception, _failed)
    if standin is not None:
        app.register_blueprint(blueprint(standin), url_prefix=STANDIN)
        app.register_blueprint(phone.phone_blueprint(f"{STANDIN}/control"))
    app.register_blueprint(front.front_blueprint(demo=standin is not None))
    return app


def _failed(error: Exception) -> Any:
    """A bug: logged once with its traceback, and no detail given away."""
    if isinstance(error, HTTPException):
        return error
    log.exception("request failed")
    return "internal error", 500


class Server(BaseApplication):
    """gunicorn, set up from our settings. `build` makes the application, after the fork."""

    def __init__(self, build: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._build = build
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn our options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in the process that serves it."""
        return self._build()


def serve(settings: Settings) -> None:
    """Serve until stopped. Without a broker, the worker runs in this process's threads."""
    Server(lambda: build(settings), options(settings)).run()


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's settings."""
    return {
        "bind": f"{settings.bind}:{settings.port}",
        "workers": processes(settings),
        "worker_class": "gthread",
        "threads": THREADS,
        "keepalive": 30,
        "graceful_timeout": 10,
        "control_socket_disable": True,
        "worker_exit": _leave,
    }


def processes(settings: Settings) -> int:
    """How many web processes: one where something lives in its memory (the worker, the stand-in), or on SQLite."""
    alone = not settings.broker_url or settings.uses_standin or settings.database.startswith("sqlite")
    return 1 if alone else settings.web_concurrency


def build(settings: Settings) -> Flask:
    """The application of this process, with the threads that belong to it."""
    runtime = Runtime.of(settings)
    standin = None
    if settings.uses_standin:
        standin = Standin(
            secret=settings.line_channel_secret,
            token=settings.line_channel_access_token,
            webhook_url=f"http://127.0.0.1:{settings.port}/line/webhook",
        )
        standin.settings.change({"redelivery": 3})
    worker = start_worker(runtime)
    app = create_app(runtime, standin)
    app.extensions[WORKER] = worker
    return app


def start_worker(runtime: Runtime) -> Worker | None:
    """Make waking work: over the broker where there is one, else with a worker in this process's threads."""
    huey = tasks.queue(runtime.settings)
    if runtime.settings.broker_url:
        runtime.wake = tasks.Caller(tasks.watch(huey, _elsewhere))
        return None
    worker = Worker(runtime)
    runtime.wake = tasks.Caller(tasks.watch(huey, worker.work))
    tasks.consume(huey, threads=2)
    threading.Thread(target=worker.serve, name="worker", daemon=True).start()
    Exporter(runtime).start(threading.Event())
    Rehearser(runtime).start(threading.Event())
    Broadcaster(runtime).start_all(threading.Event())
    clock = Timekeeper(runtime)
    threading.Thread(target=clock.serve, args=(threading.Event(),), name="clock", daemon=True).start()
    threading.Thread(target=_warm, args=(runtime,), name="warm", daemon=True).start()
    return worker


def _warm(runtime: Runtime) -> None:
    """Load what the first answer needs, so that nobody waits for it: the way to LINE, and what reads Thai."""
    _ = runtime.gateway
    nlp.warm()


def _leave(_server: object, process: Any) -> None:
    """Before the process ends: what its worker has begun is finished."""
    worker = process.wsgi.extensions.get(WORKER) if process.wsgi else None
    if worker is not None:
        worker.stop()


def _elsewhere() -> None:
    """What the task does is the worker processes' own; here it is only named."""
