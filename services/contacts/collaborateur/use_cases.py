"""What staff can cause to a collaborator."""

from uuid import UUID

from services.contacts.collaborateur.models import Collaborateur
from services.contacts.collaborateur.schemas import SaisieCollaborateur
from services.contacts.errors import CollaborateurInconnu
from services.contacts.tiers import rules
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieCollaborateur) -> Collaborateur:
    """Somebody joins the company."""
    collaborateur = Collaborateur(**saisie.model_dump() | {"telephone": rules.telephone(saisie.telephone)})
    tx.add(collaborateur)
    tx.publish(collaborateur.annoncer())
    return collaborateur


async def modifier(
    tx: Transaction, collaborateur_id: UUID, saisie: SaisieCollaborateur, version: int | None
) -> Collaborateur:
    """Replace what is known of a collaborator."""
    collaborateur = await tx.get(Collaborateur, collaborateur_id, with_for_update=True)
    if collaborateur is None:
        raise CollaborateurInconnu
    await tx.expect_version(collaborateur, version)
    for champ, valeur in saisie.model_dump().items():
        setattr(collaborateur, champ, valeur)
    collaborateur.telephone = rules.telephone(saisie.telephone)
    tx.publish(collaborateur.annoncer())
    return collaborateur
