"""Lists and screens about affaires."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.affaire.models import Affaire
from services.commercial.affaire.rules import EtatAffaire
from services.commercial.affaire.schemas import FicheAffaire, VueAffaire
from services.commercial.copies import queries as copies
from services.commercial.errors import AffaireInconnue
from shared.database.search import correspond
from shared.web.paging import Cle, Page, Totaux, paginer, totaliser


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    etat: EtatAffaire | None,
    tiers_id: UUID | None,
    demande_id: UUID | None,
    limite: int,
    curseur: str | None,
) -> Page[VueAffaire]:
    """Affaires of every état in one list, the latest first."""
    choix = _filtrees(q, etat, tiers_id, demande_id)
    lignes, suite = await paginer(session, choix, [Cle(Affaire.id, decroissant=True)], limite=limite, curseur=curseur)
    return Page(elements=[VueAffaire.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaux(
    session: AsyncSession, *, q: str | None, etat: EtatAffaire | None, tiers_id: UUID | None, demande_id: UUID | None
) -> Totaux:
    """How many affaires the filters keep, and what they are worth."""
    return await totaliser(session, _filtrees(q, etat, tiers_id, demande_id), Affaire.montant_ht.expression)


def _filtrees(
    q: str | None, etat: EtatAffaire | None, tiers_id: UUID | None, demande_id: UUID | None
) -> Select[Affaire]:
    choix = select(Affaire)
    if (trouve := correspond(Affaire, q)) is not None:
        choix = choix.where(trouve)
    for colonne, valeur in ((Affaire.etat, etat), (Affaire.tiers_id, tiers_id), (Affaire.demande_id, demande_id)):
        if valeur is not None:
            choix = choix.where(colonne == valeur)
    return choix


async def fiche(session: AsyncSession, affaire_id: UUID) -> FicheAffaire:
    """The whole file, with what is known now of its address, its site and of the client's project head."""
    affaire = await session.get(Affaire, affaire_id)
    if affaire is None:
        raise AffaireInconnue
    tiers = await copies.tiers(session, affaire.tiers_id) if affaire.tiers_id else None
    gens, sites = (tiers.interlocuteurs, tiers.sites) if tiers else ((), ())
    adressee = (
        await copies.adressee(session, affaire.tiers_id, affaire.adressage())
        if affaire.tiers_id and affaire.adresse_code
        else None
    )
    return FicheAffaire(
        **VueAffaire.model_validate(affaire).model_dump(),
        adresse=adressee.adresse if adressee else None,
        site=next((s for s in sites if s.code == affaire.site_code), None),
        chef_projet_client=next((p for p in gens if p.interlocuteur_id == affaire.chef_projet_client_id), None),
    )
