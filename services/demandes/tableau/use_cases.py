"""What an administrator can cause to boards."""

from sqlalchemy import func, select

from services.demandes.errors import CodeDejaPris
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.queries import tableaux
from services.demandes.tableau.schemas import EtatVise, SaisieTableau
from services.demandes.type_demande import repository as types
from services.demandes.type_demande.models import Etat
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


async def montrer(tx: Transaction, type_code: str, etat: Etat, modele: str) -> None:
    """Give a new state a column after the one of `modele`, on every board that shows it: no card leaves people's sight."""
    vises = select(Colonne.tableau_id).join(EtatColonne, EtatColonne.colonne_id == Colonne.id)
    vises = vises.where(EtatColonne.type_code == type_code, EtatColonne.etat_code == modele)
    lus = select(Tableau).where(Tableau.id.in_(vises)).options(tableaux.ENTIER).order_by(Tableau.ordre)
    for tableau in (await tx.scalars(lus)).all():
        _ouvrir(tx, tableau, type_code, etat, apres=[modele])


async def ouvrir_colonne(tx: Transaction, code: str, vise: EtatVise) -> Tableau:
    """Give a state its column on a board, after those its circuit puts before it; nothing changes where it has one."""
    tableau = await tableaux.par_code(tx.session, code, verrou=True)
    genre = await types.par_code(tx.session, vise.type)
    etat = genre.etat(vise.etat)
    if not any(_montre(colonne, vise.type, vise.etat) for colonne in tableau.colonnes):
        avant = [e.code for e in genre.etats if e.ordre < etat.ordre]
        _ouvrir(tx, tableau, vise.type, etat, apres=avant)
    return tableau


def _ouvrir(tx: Transaction, tableau: Tableau, type_code: str, etat: Etat, *, apres: list[str]) -> None:
    """A column of its own, right of those that show the latest of the states `apres`."""
    rangs = {e: rang for rang, colonne in enumerate(tableau.colonnes) for e in apres if _montre(colonne, type_code, e)}
    rang = next((rangs[e] + 1 for e in reversed(apres) if e in rangs), 0)
    neuf = EtatColonne(ordre=0, type_code=type_code, etat_code=etat.code)
    propre = Colonne(libelle=etat.libelle, couleur=etat.couleur, service=etat.service, etats=[neuf])
    tableau.colonnes.insert(rang, propre)
    for ordre, colonne in enumerate(tableau.colonnes):
        colonne.ordre = ordre
    tx.touch(tableau)


def _montre(colonne: Colonne, type_code: str, etat: str) -> bool:
    return any((e.type_code, e.etat_code) == (type_code, etat) for e in colonne.etats)


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
