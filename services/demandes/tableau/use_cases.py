"""What an administrator can cause to boards."""

from sqlalchemy import func, select

from services.demandes.errors import CodeDejaPris
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.queries import tableaux
from services.demandes.tableau.schemas import SaisieTableau
from services.demandes.type_demande import repository as types
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieTableau) -> Tableau:
    """A new board."""
    if await tx.scalar(select(Tableau.id).where(Tableau.code == saisie.code)) is not None:
        raise CodeDejaPris(code=saisie.code)
    ordre = await tx.scalar(select(func.coalesce(func.max(Tableau.ordre), 0) + 1))
    tableau = Tableau(code=saisie.code, ordre=ordre, colonnes=[])
    await _remplir(tx, tableau, saisie)
    tx.add(tableau)
    return tableau


async def remplacer(tx: Transaction, code: str, saisie: SaisieTableau, version: int | None) -> Tableau:
    """Replace a board; demandes themselves do not change."""
    tableau = await tableaux.par_code(tx.session, code)
    await tx.expect_version(tableau, version)
    if saisie.code != code:
        raise CodeDejaPris(code=saisie.code)
    await _remplir(tx, tableau, saisie)
    return tableau


async def _remplir(tx: Transaction, tableau: Tableau, saisie: SaisieTableau) -> None:
    cites = {vise.type for colonne in saisie.colonnes for vise in colonne.etats}
    genres = {code: await types.par_code(tx.session, code) for code in sorted(cites)}
    for colonne in saisie.colonnes:
        for vise in colonne.etats:
            genres[vise.type].etat(vise.etat)
    for champ in ("libelle", "icone", "est_actif", "tri", "jours_termines"):
        setattr(tableau, champ, getattr(saisie, champ))
    tableau.colonnes = [
        Colonne(
            ordre=ordre,
            libelle=colonne.libelle,
            couleur=colonne.couleur,
            service=colonne.service,
            **colonne.filtre.model_dump(),
            etats=[
                EtatColonne(ordre=rang, type_code=vise.type, etat_code=vise.etat)
                for rang, vise in enumerate(colonne.etats)
            ],
        )
        for ordre, colonne in enumerate(saisie.colonnes)
    ]
