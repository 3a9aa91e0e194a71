"""The same gateway and mail server as the pages of maintenance."""

from tests.gateway.pages.parc.conftest import boite, maintenance, navigateur, test_settings

__all__ = ["boite", "maintenance", "navigateur", "test_settings"]
