"""The list of counts and the sheet of one."""

from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.inventory.errors import InventaireInconnu
from services.inventory.historique.models import Historique
from services.inventory.inventaire import repository
from services.inventory.inventaire.models import Inventaire, LigneInventaire, Pointage
from services.inventory.inventaire.rules import EtatInventaire
from services.inventory.inventaire.schemas import EnTeteInventaire, VueInventaire, VueLigne
from shared.web.paging import Cle, Page, paginer

TETE = (
    *("id", "version", "numero", "etat", "depot_id", "emplacement_id", "motif", "est_aveugle", "ouvert_par"),
    *("cree_le", "compte_par", "compte_le", "valide_par", "valide_le"),
)


async def lister(
    session: AsyncSession, *, etat: EtatInventaire | None, limite: int, curseur: str | None
) -> Page[EnTeteInventaire]:
    """Counts, the latest first."""
    requete = select(Inventaire).options(joinedload(Inventaire.depot), joinedload(Inventaire.emplacement))
    if etat is not None:
        requete = requete.where(Inventaire.etat == etat)
    lignes, suite = await paginer(
        session, requete, [Cle(Inventaire.id, decroissant=True)], limite=limite, curseur=curseur
    )
    return Page(elements=[EnTeteInventaire.model_validate(_tete(i)) for i in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, inventaire_id: UUID) -> VueInventaire:
    """The sheet; what is expected is that of now until the count is validated."""
    requete = select(Inventaire).where(Inventaire.id == inventaire_id).options(*repository.ENTIER)
    inventaire = (await session.scalars(requete.execution_options(populate_existing=True))).one_or_none()
    if inventaire is None:
        raise InventaireInconnu
    vus = await session.scalars(
        select(Historique.produit_id)
        .join(Pointage, Pointage.historique_id == Historique.id)
        .where(Pointage.inventaire_id == inventaire_id)
    )
    pointes = Counter(vus)
    montre = not (inventaire.est_aveugle and inventaire.etat is EtatInventaire.OUVERT)
    attendus = await repository.attendus(session, inventaire)
    lignes = [
        _ligne(ligne, _attendue(inventaire, ligne, attendus) if montre else None, pointes[ligne.produit_id])
        for ligne in sorted(inventaire.lignes, key=lambda x: (x.produit.designation_tri, x.nature, x.id))
    ]
    return VueInventaire.model_validate(
        {
            **_tete(inventaire),
            "nb_comptees": sum(ligne.comptee is not None for ligne in lignes),
            "nb_ecarts": sum(bool(ligne.ecart) for ligne in lignes) if montre else None,
            "lignes": lignes,
        }
    )


def _attendue(inventaire: Inventaire, ligne: LigneInventaire, attendus: repository.Attendus) -> Decimal | None:
    if inventaire.etat is EtatInventaire.VALIDE:
        return ligne.attendue
    return attendus[ligne.produit_id, ligne.nature]


def _ligne(ligne: LigneInventaire, attendue: Decimal | None, pointes: int) -> VueLigne:
    connus = ligne.comptee is not None and attendue is not None
    return VueLigne(
        id=ligne.id,
        produit_id=ligne.produit_id,
        reference=ligne.produit.reference,
        designation=ligne.produit.designation,
        unite=ligne.produit.unite,
        nature=ligne.nature,
        attendue=attendue,
        comptee=ligne.comptee,
        ecart=(ligne.comptee or Decimal(0)) - (attendue or Decimal(0)) if connus else None,
        pointes=pointes,
        raison=ligne.raison,
        note=ligne.note,
    )


def _tete(inventaire: Inventaire) -> dict[str, Any]:
    return {
        **{nom: getattr(inventaire, nom) for nom in TETE},
        "depot_nom": inventaire.depot.nom,
        "emplacement": inventaire.emplacement.code if inventaire.emplacement is not None else None,
    }
