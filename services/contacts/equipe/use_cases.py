"""What staff can cause to a team."""

from uuid import UUID

from services.contacts.equipe.models import Equipe
from services.contacts.equipe.schemas import SaisieEquipe
from services.contacts.errors import EquipeInconnue
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieEquipe) -> Equipe:
    """A new team."""
    equipe = Equipe(**saisie.model_dump())
    tx.add(equipe)
    tx.publish(equipe.annoncer())
    return equipe


async def modifier(tx: Transaction, equipe_id: UUID, saisie: SaisieEquipe, version: int | None) -> Equipe:
    """Replace a team."""
    equipe = await tx.get(Equipe, equipe_id, with_for_update=True)
    if equipe is None:
        raise EquipeInconnue
    await tx.expect_version(equipe, version)
    for champ, valeur in saisie.model_dump().items():
        setattr(equipe, champ, valeur)
    tx.publish(equipe.annoncer())
    return equipe
