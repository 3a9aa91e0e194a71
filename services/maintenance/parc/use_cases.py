"""What staff and facts can cause to the organisation of a parc."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.maintenance.errors import NomDejaPris
from services.maintenance.parc import repository, rules
from services.maintenance.parc.models import Groupe, Lieu, Parc
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from shared.kernel.text import normaliser_recherche


async def ouvrir(tx: Transaction, tiers_id: UUID, nom: str) -> None:
    """The client's parc exists from now on; two first objects at the same time open it once."""
    valeurs = {
        "id": new_id(),
        "version": 1,
        "cree_le": tx.now,
        "modifie_le": tx.now,
        "tiers_id": tiers_id,
        "nom": nom,
        "nom_tri": normaliser_recherche(nom),
    }
    await tx.execute(insert(Parc).values(valeurs).on_conflict_do_nothing(index_elements=["tiers_id"]))


async def renommer_client(tx: Transaction, tiers_id: UUID, nom: str) -> None:
    """The client changed name."""
    parc = await repository.parc(tx, tiers_id)
    if parc is not None and parc.nom != nom:
        parc.nommer(nom)


async def placer(tx: Transaction, tiers_id: UUID, saisie: str) -> Lieu:
    """The place of that path, created with the places around it when needed."""
    niveaux = rules.chemin(saisie)
    chemins = rules.ancetres(niveaux)
    connus = await repository.lieux_de_chemins(tx, tiers_id, chemins)
    parent: Lieu | None = None
    for nom, chemin in zip(niveaux, chemins, strict=True):
        trouve = connus.get(chemin)
        if trouve is None:
            trouve = Lieu(tiers_id=tiers_id, nom=nom, chemin=chemin, parent_id=parent.id if parent else None)
            tx.add(trouve)
            await tx.flush()
        parent = trouve
    assert parent is not None
    return parent


async def grouper(tx: Transaction, tiers_id: UUID, nom: str) -> Groupe:
    """The group of that name, created when needed."""
    propre = " ".join(nom.split())
    groupe = await repository.groupe_nomme(tx, tiers_id, propre)
    if groupe is None:
        groupe = Groupe(tiers_id=tiers_id, nom=propre)
        tx.add(groupe)
    return groupe


async def renommer_lieu(tx: Transaction, lieu_id: UUID, nom: str, version: int | None) -> list[Lieu]:
    """The place and every place inside take the new path; answers them all, the renamed one first."""
    lieu = await repository.lieu(tx, lieu_id)
    await tx.expect_version(lieu, version)
    ancien, nouveau = lieu.chemin, rules.renommer(lieu.chemin, rules.ecrire(rules.chemin(nom)))
    if nouveau != ancien and await tx.scalar(
        select(Lieu.id).where(Lieu.tiers_id == lieu.tiers_id, Lieu.chemin == nouveau)
    ):
        raise NomDejaPris(nom=nouveau)
    tous = await repository.lieux_dedans(tx, lieu)
    lieu.nom = nouveau.rpartition(rules.SEPARATEUR)[2]
    for dedans in tous:
        dedans.chemin = nouveau + dedans.chemin.removeprefix(ancien)
    return [lieu, *(dedans for dedans in tous if dedans is not lieu)]


async def renommer_groupe(tx: Transaction, groupe_id: UUID, nom: str, version: int | None) -> Groupe:
    """The group changes name."""
    groupe = await repository.groupe(tx, groupe_id)
    await tx.expect_version(groupe, version)
    propre = " ".join(nom.split())
    autre = await repository.groupe_nomme(tx, groupe.tiers_id, propre)
    if autre is not None and autre.id != groupe.id:
        raise NomDejaPris(nom=propre)
    groupe.nom = propre
    return groupe
