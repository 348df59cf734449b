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
    self_delineating: tuple[str, ...] = Field(
        default=(),
        description="Codes of the corporations whose Commissioner draws A, B and C, as Kolkata's.",
    )
    basemap_url: str = Field(
        default="", description="Tile address {z}/{x}/{y} of an optional basemap; empty for none."
    )
    basemap_attribution: str = Field(default="", description="Credit line of the basemap.")
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
