"""One frozen object with every setting, read once at the edge and passed in."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from the environment (`ZONING_...`); see docs/operations.md."""

    model_config = SettingsConfigDict(env_prefix="ZONING_", frozen=True, extra="ignore")

    var_dir: Path = Field(
        default=Path("var"), description="Where the embedded database, cache and logs live."
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy address of PostGIS; empty for the embedded database in var_dir.",
    )
    default_rule: str = Field(default="mohfw-2020-05-17", description="Rule set used by default.")
    self_delineating: str = Field(
        default="",
        description="Codes of corporations whose Commissioner draws A, B and C; commas between.",
    )
    memos_dir: str = Field(
        default="",
        description="Folder of further orders on measures, one TOML file each; empty for none.",
    )
    basemap_url: str = Field(
        default="", description="Tile address {z}/{x}/{y} of an optional basemap; empty for none."
    )
    basemap_attribution: str = Field(default="", description="Credit line of the basemap.")
    site_url: str = Field(
        default="", description="Address of the public site, named in notices; empty for none."
    )
    site_authority: str = Field(
        default="", description="Who publishes the orders, for the feed of the public site."
    )
    smtp_host: str = Field(
        default="", description="Server that takes outgoing e-mail; empty: e-mails wait."
    )
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="Its port.")
    smtp_user: str = Field(default="", description="User at that server; empty for none.")
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="Password of that user; empty for none."
    )
    smtp_from: str = Field(default="", description="Address that e-mails come from.")
    smtp_starttls: bool = Field(
        default=True, description="Whether the conversation with that server is encrypted."
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Signs what webhooks are told; empty: unsigned."
    )
    webhook_private: bool = Field(
        default=False, description="Whether webhooks of a private network may be told."
    )
    oidc_metadata_url: str = Field(
        default="", description="Address of the sign-in provider's metadata; empty for local mode."
    )
    oidc_client_id: str = Field(default="", description="Name of this service at the provider.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Secret of this service at the provider."
    )
    oidc_redirect_uri: str = Field(
        default="", description="Address of this service with /oauth2callback."
    )
    log_level: str = Field(default="INFO", description="Least severity that is logged.")

    @property
    def self_delineating_ids(self) -> frozenset[str]:
        """Return the corporations whose Commissioner draws A, B and C, as that of Kolkata does."""
        return frozenset(filter(None, (c.strip() for c in self.self_delineating.split(","))))

    @property
    def cache_dir(self) -> Path:
        """Return where results are kept that can be made again."""
        return self.var_dir / "cache"

    @property
    def has_sign_in(self) -> bool:
        """Return whether people sign in; else only this machine may reach the service."""
        return bool(self.oidc_metadata_url)

    @property
    def store_url(self) -> str:
        """Return the database address in force."""
        return self.database_url or f"sqlite:///{(self.var_dir / 'seemana.db').resolve()}"

    @property
    def memos_folder(self) -> Path | None:
        """Return the folder of further orders on measures, or None."""
        return Path(self.memos_dir) if self.memos_dir else None
