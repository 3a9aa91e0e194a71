"""Settings: where each service's database is, and which secrets are refused."""

import pytest
from pydantic import ValidationError

from deploy.pages import settings_page, settings_values
from shared.settings import DEFAULT_SECRET, Mode, Settings, with_database

PRIVATE = "p" * 40


@pytest.mark.parametrize("weak", [DEFAULT_SECRET, "short", ""])
@pytest.mark.parametrize("secret", ["token_secret", "session_secret"])
def test_a_server_refuses_a_default_or_short_secret(secret: str, weak: str) -> None:
    strong = {"token_secret": PRIVATE, "session_secret": PRIVATE}
    Settings.model_validate({"mode": Mode.SERVER} | strong)
    with pytest.raises(ValidationError, match=f"AMANELA_{secret.upper()}"):
        Settings.model_validate({"mode": Mode.SERVER} | strong | {secret: weak})


def test_the_embedded_mode_accepts_the_default_secrets() -> None:
    assert Settings(mode=Mode.EMBEDDED).token_secret.get_secret_value() == DEFAULT_SECRET


def test_each_service_has_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMANELA_DATABASE_URL_BILLING", "postgresql+asyncpg://facturation@ailleurs/compta")
    settings = Settings(mode=Mode.EMBEDDED, database_url="postgresql+asyncpg://u:p@hote:5433")
    assert settings.database_of("billing") == "postgresql+asyncpg://facturation@ailleurs/compta"
    assert settings.database_of("contacts") == "postgresql+asyncpg://u:p@hote:5433/amanela_contacts"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql+asyncpg://u@h:1", "postgresql+asyncpg://u@h:1/base"),
        ("postgresql+asyncpg://u@h:1/", "postgresql+asyncpg://u@h:1/base"),
        ("postgresql+asyncpg://u@h/autre?ssl=require", "postgresql+asyncpg://u@h/base?ssl=require"),
        ("postgresql+asyncpg://u@/?host=/run/pg", "postgresql+asyncpg://u@/base?host=/run/pg"),
    ],
)
def test_a_database_is_named_in_an_address(url: str, expected: str) -> None:
    assert with_database(url, "base") == expected


def test_services_have_addresses_moved_together() -> None:
    assert Settings(mode=Mode.EMBEDDED, port_offset=100).address_of("contacts", 8101) == "http://127.0.0.1:8201"
    named = Settings(mode=Mode.EMBEDDED, service_address="http://{service}:{port}")
    assert named.address_of("contacts", 8101) == "http://contacts:8101"


def test_values_are_shown_without_secrets() -> None:
    settings = Settings(
        mode=Mode.SERVER,
        token_secret=PRIVATE,
        session_secret=PRIVATE,
        smtp_password="motdepasse",
        database_url="postgresql+asyncpg://u:motdepasse@hote",
    )
    shown = settings_values(settings)
    assert PRIVATE not in shown
    assert "motdepasse" not in shown
    assert "postgresql+asyncpg://u:**********@hote" in shown


def test_the_page_names_every_setting() -> None:
    page = settings_page()
    assert all(field.description and field.description in page for field in Settings.model_fields.values())
    assert DEFAULT_SECRET not in page
