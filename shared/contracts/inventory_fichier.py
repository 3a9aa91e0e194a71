"""Facts announced by inventory about attached files: a file apart, for `inventory.py` is full."""

from uuid import UUID

from shared.contracts.base import Fact


class FichiersFeuilleModifies(Fact, type="inventory.fichiers_feuille_modifies.v1", key="feuille_id"):
    """A file was attached to a feuille, taken off or put back: who looks at them reads them again, or at its client's."""

    feuille_id: UUID
    demande_id: UUID
    tiers_id: UUID
