"""Lists and screens about models: a company has tens of them, so the list is whole."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.errors import ModeleInconnu
from services.commercial.modele_proposition.models import ModeleProposition
from services.commercial.modele_proposition.schemas import ApercuLigne, LigneModele, VueModele
from services.commercial.proposition.rules.chiffrage import Genre

MODELES_MAX = 500


async def lister(session: AsyncSession, *, actifs: bool) -> list[LigneModele]:
    """Models by name."""
    choix = select(ModeleProposition).order_by(ModeleProposition.nom).limit(MODELES_MAX)
    if actifs:
        choix = choix.where(ModeleProposition.est_actif)
    return [_ligne(modele) for modele in await session.scalars(choix)]


async def entier(session: AsyncSession, modele_id: UUID) -> VueModele:
    """A model and what it lays down."""
    modele = await session.get(ModeleProposition, modele_id)
    if modele is None:
        raise ModeleInconnu
    return await vue(session, modele)


async def vue(session: AsyncSession, modele: ModeleProposition) -> VueModele:
    """A model already loaded, with the names of its products."""
    ids = {UUID(p["produit_id"]) for ligne in modele.lignes for p in ligne["produits"]}
    connus = await copies.produits(session, list(ids))
    lignes = [
        ApercuLigne(
            genre=ligne["genre"],
            designation=ligne["designation"],
            quantite=ligne["quantite"],
            unite=ligne["unite"],
            produits=[
                connus[UUID(p["produit_id"])].designation for p in ligne["produits"] if UUID(p["produit_id"]) in connus
            ],
        )
        for ligne in modele.lignes
    ]
    return VueModele(**_ligne(modele).model_dump(), lignes=lignes)


def _ligne(modele: ModeleProposition) -> LigneModele:
    comptes = {
        "nb_lignes": sum(ligne["genre"] == Genre.LIGNE for ligne in modele.lignes),
        "nb_produits": sum(len(ligne["produits"]) for ligne in modele.lignes),
    }
    propres = ("id", "version", "nom", "description", "est_actif", "modifie_le")
    return LigneModele.model_validate({nom: getattr(modele, nom) for nom in propres} | comptes)
