"""The same gateway and mail server as the pages of devis."""

from shared.testing.boite import boite, test_settings
from tests.gateway.pages.devis.conftest import navigateur

__all__ = ["boite", "navigateur", "test_settings"]
