"""What the environment decides: addresses, secrets, folders. One class, one generated page (docs/settings.md)."""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "AMANELA_"
DEFAULT_SECRET = "default-secret-for-the-embedded-mode-only"  # noqa: S105  refused outside it, see below
DATABASE_URL_PREFIX = "AMANELA_DATABASE_URL_"


class Mode(StrEnum):
    """How the system runs: everything in one process, or one process per service and worker."""

    EMBEDDED = "embedded"
    SERVER = "server"


class LogFormat(StrEnum):
    """For machines (one JSON object a line) or for eyes."""

    JSON = "json"
    READABLE = "readable"


def _database_urls() -> dict[str, str]:
    """Every AMANELA_DATABASE_URL_<SERVICE> of the environment, by service name."""
    return {
        name.removeprefix(DATABASE_URL_PREFIX).lower(): url
        for name, url in os.environ.items()
        if name.startswith(DATABASE_URL_PREFIX) and url
    }


class Settings(BaseSettings):
    """Every setting of the product, read once at start from the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    mode: Mode = Field(Mode.SERVER, description="`embedded` (one process, private PostgreSQL) or `server`.")

    database_url: str = Field(
        "postgresql+asyncpg://postgres@127.0.0.1:5432",
        description="PostgreSQL server, without database name: each service adds `/amanela_<service>`.",
    )
    database_urls: dict[str, str] = Field(
        default_factory=_database_urls,
        validation_alias="AMANELA_DATABASE_URL_<SERVICE>",
        description="Whole address of one service's database, when it has its own server or role.",
    )
    database_pool: int = Field(
        4,
        ge=1,
        le=200,
        description="Connections kept by each process for each database, and twice as many at peaks: sixteen processes "
        "with 4 keep 64 of the 100 that PostgreSQL allows by default.",
    )
    amqp_url: str = Field(
        "amqp://guest:guest@127.0.0.1:5672/",
        validation_alias=AliasChoices("AMQP_URL", "AMANELA_AMQP_URL"),
        description="RabbitMQ, with its virtual host. Not used in embedded mode.",
    )
    amqp_prefix: str = Field("", description="What starts every exchange and queue name, on a shared broker.")
    retention_days: int = Field(30, ge=1, description="How long delivered facts are kept for rebuilds.")

    token_secret: SecretStr = Field(
        SecretStr(DEFAULT_SECRET), description="Signs the short tokens the gateway gives the services."
    )
    session_secret: SecretStr = Field(
        SecretStr(DEFAULT_SECRET), description="Signs session cookies, CSRF tokens and public links."
    )
    second_factor_roles: str = Field(
        "", description="Roles that must set up a second factor, separated by commas: `administrateur,direction`."
    )
    oidc_issuer: str = Field(
        "",
        description="Identity provider (OpenID Connect) people may sign in with: the address its discovery document is "
        "under. Empty: login and password only. Its return address is `<public_url>/connexion/entreprise/retour`.",
    )
    oidc_client_id: str = Field("", description="What the provider calls this installation.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The secret it gave it.")
    oidc_claim: str = Field(
        "email", description="The claim that names an account, by its login or its mail: `email`, `preferred_username`…"
    )
    oidc_label: str = Field("mon compte d’entreprise", description="What the button says after « Continuer avec ».")
    encryption_secret: SecretStr = Field(
        SecretStr(""),
        description="Encrypts secret configuration values at rest; several, separated by commas, while changing keys. "
        "Empty: session_secret is used.",
    )

    admin_password: SecretStr = Field(
        SecretStr(""), description="Password of the account `admin`, opened at the first start when there is none yet."
    )

    public_url: str = Field("http://127.0.0.1:8000", description="Address people type; used in mails and QR labels.")
    http_host: str = Field("127.0.0.1", description="Interface every HTTP process listens on.")
    trusted_proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses or networks, separated by commas, of the proxies in front: the address of a visitor (proof "
        "of a signature, throttling) is the one they tell.",
    )
    port_offset: int = Field(
        0, ge=0, le=50000, description="Added to every port: several installations on one machine."
    )
    service_address: str = Field(
        "http://127.0.0.1:{port}",
        description="Where the gateway finds a service; `{service}` and `{port}` are replaced.",
    )
    storage_folder: Path = Field(Path(".amanela/fichiers"), description="Folder of attached files and made PDF.")
    s3_host: str = Field("", description="`host:port` of an S3 store that keeps the files; empty: `storage_folder`.")
    s3_bucket: str = Field("amanela", description="Its bucket, which must exist.")
    s3_key: str = Field("", description="Its access key.")
    s3_secret: SecretStr = Field(SecretStr(""), description="Its secret.")
    s3_region: str = Field("", description="Its region; empty: asked of the store.")
    s3_tls: bool = Field(True, description="False for a store of the local network without HTTPS.")
    company_directory: str = Field(
        "https://recherche-entreprises.api.gouv.fr",
        description="Public directory of French companies a contact is filled in from; empty: everything is typed.",
    )
    catalogues_folder: Path | None = Field(
        None, description="Folder where suppliers leave their catalogues for the night; empty: addresses only."
    )
    catalogues_private: bool = Field(
        False, description="Lets catalogues be fetched from addresses of the local network, not only public ones."
    )
    webhooks_private: bool = Field(
        False, description="Lets webhooks be sent to addresses of the local network, and over plain HTTP."
    )

    smtp_host: str = Field("127.0.0.1", description="Outgoing mail server.")
    smtp_port: int = Field(25, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", description="Its login, empty for none.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Its password.")
    smtp_tls: Literal["aucun", "starttls", "direct"] = Field(
        "starttls", description="`aucun` (local server only), `starttls` or `direct`."
    )
    imap_host: str = Field("", description="Incoming mail server, turned into demandes; empty: no mailbox is read.")
    imap_port: int = Field(993, ge=1, le=65535, description="Its port.")
    imap_user: str = Field("", description="Its login.")
    imap_password: SecretStr = Field(SecretStr(""), description="Its password.")
    imap_tls: Literal["aucun", "starttls", "direct"] = Field(
        "direct", description="`aucun` (local server only), `starttls` or `direct`."
    )
    imap_folder: str = Field("INBOX", description="The folder read; messages stay there, marked with a keyword.")
    imap_demand_type: str = Field("commercial", description="Code of the type of demande that a mail opens.")
    mail_from: str = Field("Amanela <ne-pas-repondre@amanela.local>", description="Sender of automatic mails.")
    mailbox_folder: Path | None = Field(None, description="Folder of the demo's local mailbox; empty in production.")

    timezone: str = Field("Europe/Paris", description="Time zone people read; storage is in UTC.")
    log_format: LogFormat = Field(LogFormat.JSON, description="`json` or `readable`.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @model_validator(mode="after")
    def _refuse_default_secrets(self) -> Self:
        """A secret everybody can read in the source protects nothing: only the embedded mode accepts it."""
        if self.mode is Mode.EMBEDDED:
            return self
        for name in ("token_secret", "session_secret"):
            secret: str = getattr(self, name).get_secret_value()
            if secret == DEFAULT_SECRET or len(secret) < 32:
                raise ValueError(f"{PREFIX}{name.upper()} must be set to a private value of 32 characters or more")
        return self

    def database_of(self, service: str) -> str:
        """The SQLAlchemy address of one service's database."""
        return self.database_urls.get(service) or with_database(self.database_url, f"amanela_{service}")

    def address_of(self, service: str, port: int) -> str:
        """Where the gateway reaches one service over HTTP."""
        return self.service_address.format(service=service, port=port + self.port_offset)


def with_database(url: str, name: str) -> str:
    """`url` of a server, pointed at database `name`; its query (socket folder, options) is kept."""
    server, _, query = url.partition("?")
    scheme, _, rest = server.partition("://")
    authority = rest.partition("/")[0]
    return f"{scheme}://{authority}/{name}" + (f"?{query}" if query else "")


@cache
def settings() -> Settings:
    """The settings of this process, read at the first call."""
    return Settings()
