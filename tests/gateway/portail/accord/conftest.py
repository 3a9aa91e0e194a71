"""The same gateway and mail server as the pages of maintenance."""

from shared.testing.boite import boite, test_settings
from tests.gateway.pages.parc.conftest import maintenance, navigateur

__all__ = ["boite", "maintenance", "navigateur", "test_settings"]
