"""Labels are made in batches, and bound once."""

from sqlalchemy import select

from services.inventory.errors import EtiquetteDejaPosee, ObjetDejaEtiquete, ObjetNonUnitaire
from services.inventory.etiquette import repository, rules
from services.inventory.etiquette.models import Etiquette, LotEtiquettes
from services.inventory.historique import repository as historiques
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import UN, code_etiquette
from shared.contracts.inventory import HistoriqueEtiquete
from shared.database.transaction import Transaction


async def generer(tx: Transaction, nombre: int) -> tuple[LotEtiquettes, list[Etiquette]]:
    """A batch of free codes, never used before in this base (the unique index has the last word)."""
    codes: set[str] = set()
    while len(codes) < nombre:
        tires = {rules.nouveau_code() for _ in range(nombre - len(codes))}
        codes |= tires - set(await tx.scalars(select(Etiquette.code).where(Etiquette.code.in_(tires))))
    lot = LotEtiquettes(nombre=nombre, par_nom=tx.actor.nom)
    tx.add(lot)
    await tx.flush()
    etiquettes = [Etiquette(code=code, lot_id=lot.id, rang=rang) for rang, code in enumerate(sorted(codes))]
    tx.add_all(etiquettes)
    return lot, etiquettes


async def poser(tx: Transaction, objet: Historique, saisie: str) -> None:
    """Bind a code of ours to a locked object; the same code bound twice to it changes nothing."""
    etiquette = await repository.get_for_update(tx, code_etiquette(saisie))
    if etiquette.historique_id == objet.id:
        return
    if etiquette.historique_id is not None:
        porteur = await historiques.lire(tx, etiquette.historique_id)
        raise EtiquetteDejaPosee(code=etiquette.code, objet=porteur.libelle)
    if objet.etiquette is not None:
        raise ObjetDejaEtiquete(objet=objet.libelle, code=objet.etiquette)
    if objet.quantite != UN:
        raise ObjetNonUnitaire(objet=objet.libelle)
    lier(tx, etiquette, objet)


def lier(tx: Transaction, etiquette: Etiquette, objet: Historique) -> None:
    """The code and the object know each other from now on."""
    etiquette.historique_id, etiquette.posee_par, etiquette.posee_le = objet.id, tx.actor.nom, tx.now
    objet.etiquette = etiquette.code
    tx.publish(HistoriqueEtiquete(historique_id=objet.id, code=etiquette.code, demande_id=objet.demande_id))
