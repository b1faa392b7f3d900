"""The settings: read once from the environment, every problem reported at once. `.env.example` mirrors them."""

from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import Misconfigured

DEMO_SECRET = "khaojai-demo-channel-secret"
DEMO_TOKEN = "khaojai-demo-channel-token"
DEMO_KEY = "khaojai-demo-secret-key"
LINE_API = "https://api.line.me"
LINE_CONTENT_API = "https://api-data.line.me"


class Mode(StrEnum):
    """Where the program runs: `demo` has a working default for everything, `production` refuses them."""

    DEMO = "demo"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """What an operator may set. An empty environment gives SQLite, LINE's stand-in and the seeded lab."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    khaojai_env: Mode = Mode.DEMO
    line_channel_secret: str = DEMO_SECRET
    line_channel_secret_previous: str = ""
    line_channel_access_token: str = DEMO_TOKEN
    line_api_url: str = ""
    line_basic_id: str = ""
    database_url: str = ""
    broker_url: str = ""
    secret_key: str = DEMO_KEY
    data_dir: Path = Path("var")
    host: str = ""
    port: int = 8000
    web_concurrency: int = 2
    trusted_proxies: int = 0
    broadcast_reserve: int = 500
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    @property
    def production(self) -> bool:
        """Whether this is the real thing."""
        return self.khaojai_env is Mode.PRODUCTION

    @property
    def uses_standin(self) -> bool:
        """Whether LINE's stand-in is served and spoken to: so where neither LINE's secret nor an address is set."""
        return self.line_channel_secret == DEMO_SECRET and not self.line_api_url

    @property
    def line_hosts(self) -> tuple[str, str]:
        """The bases of (api, api-data), without a trailing slash."""
        if self.line_api_url:
            return (self.line_api_url.rstrip("/"),) * 2
        if self.uses_standin:
            return (f"http://127.0.0.1:{self.port}/standin",) * 2
        return LINE_API, LINE_CONTENT_API

    @property
    def line_secrets(self) -> tuple[str, ...]:
        """The channel secrets a webhook may be signed with: the present one, and the previous during a rotation."""
        return tuple(filter(None, (self.line_channel_secret, self.line_channel_secret_previous)))

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database; `postgres://` and `postgresql://` are taken to mean psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'khaojai.sqlite3'}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    @property
    def bind(self) -> str:
        """The address to serve on: every interface in production, this machine alone in the demo."""
        return self.host or ("0.0.0.0" if self.production else "127.0.0.1")

    def problems(self) -> list[str]:
        """What keeps these settings from working, each naming its variable."""
        found = []
        if not self.database.startswith(("sqlite:///", "postgresql+psycopg://")):
            found.append("DATABASE_URL: use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        if self.broker_url and not self.broker_url.startswith(
            ("redis://", "rediss://", "postgresql://", "postgres://")
        ):
            found.append("BROKER_URL: use redis://HOST:PORT/N or postgresql://USER:PASSWORD@HOST/NAME")
        if self.line_api_url and not self.line_api_url.startswith(("http://", "https://")):
            found.append("LINE_API_URL: must begin with http:// or https://")
        if not 0 < self.port < 65_536:
            found.append("PORT: 1 to 65535")
        if self.web_concurrency < 1:
            found.append("WEB_CONCURRENCY: 1 or more")
        if self.trusted_proxies < 0:
            found.append("TRUSTED_PROXIES: 0 or more")
        if self.broadcast_reserve < 0:
            found.append("BROADCAST_RESERVE: 0 or more")
        if self.line_basic_id and not self.line_basic_id.startswith("@"):
            found.append("LINE_BASIC_ID: must begin with @")
        found += self._problems_of_openid()
        if self.production:
            defaults = (
                ("LINE_CHANNEL_SECRET", self.line_channel_secret, DEMO_SECRET),
                ("LINE_CHANNEL_ACCESS_TOKEN", self.line_channel_access_token, DEMO_TOKEN),
                ("SECRET_KEY", self.secret_key, DEMO_KEY),
            )
            found += [
                f"{name}: the demo's default is refused in production"
                for name, value, demo in defaults
                if value == demo
            ]
            if len(self.secret_key) < 16:
                found.append("SECRET_KEY: at least 16 characters are needed in production")
        return found

    def _problems_of_openid(self) -> list[str]:
        """All three or none; and over HTTPS, this machine excepted: a provider that can be overheard proves nothing."""
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if not any(given):
            return []
        found = [] if all(given) else ["OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: set all three or none"]
        if not self.oidc_issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            found.append("OIDC_ISSUER: must begin with https://")
        return found


def settings_from_environment() -> Settings:
    """Read and check the settings. Raises Misconfigured with every problem there is."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise Misconfigured([f"{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors()]) from None
    if found := settings.problems():
        raise Misconfigured(found)
    return settings
