"""The same gateway and mail server as the pages of devis."""

from tests.gateway.pages.devis.conftest import boite, navigateur, test_settings

__all__ = ["boite", "navigateur", "test_settings"]
