"""Another company's way of working replaces ours, or ours moves to it."""

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.demandes.configuration.schemas import Configuration, SaisieDomaine
from services.demandes.tableau import use_cases as tableaux
from services.demandes.tableau.models import Tableau
from services.demandes.type_demande import use_cases as types
from services.demandes.type_demande.models import Domaine, TypeDemande
from services.demandes.type_demande.schemas import SaisieEtatFrere
from shared.database.transaction import Transaction


async def importer(tx: Transaction, saisie: Configuration) -> None:
    """Replace everything at once.

    Types and boards that the new configuration does not name are set aside, not lost: the demandes that follow them
    stay readable. A state that still holds demandes cannot disappear from a type that stays.
    """
    await _domaines(tx, saisie.domaines)
    connus = set(await tx.scalars(select(TypeDemande.code)))
    for ordre, genre in enumerate(saisie.types):
        if genre.code in connus:
            change = await types.remplacer(tx, genre.code, genre, None)
        else:
            change = await types.creer(tx, genre)
        change.ordre = ordre
        await tx.flush()
    gardes = [genre.code for genre in saisie.types]
    await tx.execute(update(TypeDemande).where(TypeDemande.code.not_in(gardes)).values(est_actif=False))
    dessines = set(await tx.scalars(select(Tableau.code)))
    for ordre, dessin in enumerate(saisie.tableaux):
        if dessin.code in dessines:
            tableau = await tableaux.remplacer(tx, dessin.code, dessin, None)
        else:
            tableau = await tableaux.creer(tx, dessin)
        tableau.ordre = ordre
        await tx.flush()
    gardes = [tableau.code for tableau in saisie.tableaux]
    await tx.execute(update(Tableau).where(Tableau.code.not_in(gardes)).values(est_actif=False))


async def ajouter_etat(tx: Transaction, code: str, saisie: SaisieEtatFrere, version: int | None) -> TypeDemande:
    """A new state beside another, usable at once: in the circuit, and in sight on the boards that show the other."""
    change = await types.ajouter_etat(tx, code, saisie, version)
    await tableaux.montrer(tx, code, change.etat(saisie.code), saisie.comme)
    return change


async def _domaines(tx: Transaction, domaines: list[SaisieDomaine]) -> None:
    if not domaines:
        return
    ajout = insert(Domaine).values([{**d.model_dump(), "ordre": ordre} for ordre, d in enumerate(domaines)])
    neufs = {c: ajout.excluded[c] for c in ("libelle", "icone", "ordre")}
    await tx.execute(ajout.on_conflict_do_update(index_elements=["code"], set_=neufs))
