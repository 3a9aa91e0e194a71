"""What facts and accounts can cause to a credit of a supplier."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.avoir_fournisseur.models import AvoirAttendu, AvoirRecu
from services.billing.avoir_fournisseur.schemas import SaisieAvoirRecu
from services.billing.errors import AvoirFournisseurDejaRecu, AvoirFournisseurFutur, AvoirFournisseurInconnu
from shared.contracts.inventory import RetourFournisseurConclu
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


async def depuis_retour(tx: Transaction, fait: RetourFournisseurConclu) -> None:
    """A return ended with a credit: its paper is awaited. Once per return; an exchange awaits nothing."""
    if fait.issue != "avoir" or not fait.avoir_ht:
        return
    if await tx.scalar(select(AvoirAttendu.id).where(AvoirAttendu.retour_id == fait.retour_id)):
        return
    tx.add(
        AvoirAttendu(
            retour_id=fait.retour_id,
            retour_numero=fait.numero,
            designation=fait.designation,
            fournisseur_id=fait.fournisseur_id,
            fournisseur_nom=fait.fournisseur_nom,
            annonce_numero=fait.avoir_numero,
            attendu_ht=fait.avoir_ht,
            reste_ht=fait.avoir_ht,
        )
    )


async def enregistrer(tx: Transaction, avoir_id: UUID, saisie: SaisieAvoirRecu) -> None:
    """The credit note came, for all or part of what is awaited."""
    avoir = await _get_for_update(tx, avoir_id)
    if any(recu.numero == saisie.numero for recu in avoir.recus):
        raise AvoirFournisseurDejaRecu(numero=saisie.numero, retour=avoir.retour_numero)
    if saisie.date_avoir > jour_paris(tx.now):
        raise AvoirFournisseurFutur(numero=saisie.numero)
    avoir.recevoir(AvoirRecu(**saisie.model_dump(), par_nom=tx.actor.nom, le=tx.now))


async def annuler(tx: Transaction, avoir_id: UUID, numero: str) -> None:
    """The credit note of this number is refused: it is awaited again."""
    (await _get_for_update(tx, avoir_id)).rendre(numero)


async def _get_for_update(tx: Transaction, avoir_id: UUID) -> AvoirAttendu:
    requete = (
        select(AvoirAttendu)
        .where(AvoirAttendu.id == avoir_id)
        .options(selectinload(AvoirAttendu.recus))
        .with_for_update(of=AvoirAttendu)
    )
    avoir: AvoirAttendu | None = (await tx.scalars(requete)).one_or_none()
    if avoir is None:
        raise AvoirFournisseurInconnu
    return avoir
