"""Facts announced by the gateway: user accounts."""

from uuid import UUID

from shared.contracts.base import Fact


class CompteModifie(Fact, type="gateway.compte_modifie.v1", key="compte_id"):
    """A user account was added or changed."""

    compte_id: UUID
    identifiant: str
    nom: str
    roles: tuple[str, ...]
    collaborateur_id: UUID | None = None
    agence_id: UUID | None = None
    est_actif: bool = True


class NotificationCreee(Fact, type="gateway.notification_creee.v1", key="notification_id"):
    """Somebody was told something: shown at once on his screens, and mailed when he prefers so. Work for the gateway."""

    notification_id: UUID
    destinataire_id: UUID
    genre: str
    par_courriel: bool = False
