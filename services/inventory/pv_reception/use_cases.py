"""The client signs what was installed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.inventory.errors import PhotoInconnue, RienAReceptionner
from services.inventory.feuille import repository as feuilles
from services.inventory.feuille.models import Colonne
from services.inventory.feuille.repository import Chantier
from services.inventory.feuille.rules import est_renoncee
from services.inventory.fichier.models import FichierHistorique
from services.inventory.pv_reception.models import PvReception
from services.inventory.pv_reception.schemas import SaisiePv
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.fichiers.types import PHOTOS
from shared.kernel.clock import jour_paris


async def signer(tx: Transaction, feuille_id: UUID, saisie: SaisiePv) -> PvReception:
    """Freeze what is on the feuille with the signature; a later PV lifts the reserves of this one."""
    chantier = await feuilles.get_for_update(tx, feuille_id)
    feuille = chantier.feuille
    if not chantier.objets:
        raise RienAReceptionner(numero=feuille.numero)
    annee = jour_paris(tx.now).year
    pv = PvReception(
        numero=f"PV-{annee}-{await next_number(tx, f'PV-{annee}'):05d}",
        **feuille.rattachement,
        contenu=_contenu(chantier),
        reserves=saisie.reserves,
        signe_par=saisie.signe_par,
        qualite=saisie.qualite,
        trace=saisie.trace,
        photos=await _photos(tx, chantier, saisie.photo_ids),
        signe_le=tx.now,
        recueilli_par=tx.actor.nom,
    )
    tx.add(pv)
    await tx.flush()
    tx.publish(pv.signer(tuple(o.id for o in chantier.objets)))
    return pv


async def _photos(tx: Transaction, chantier: Chantier, voulues: Sequence[UUID]) -> list[dict[str, Any]]:
    """The photos asked, in that sequence: of objects of this feuille, not taken off; PhotoInconnue."""
    objets = {o.id: o for o in chantier.objets}
    photo = FichierHistorique
    requete = select(photo).where(photo.id.in_(voulues), photo.retire_le.is_(None), photo.type.in_(PHOTOS))
    connues = {p.id: p for p in await tx.scalars(requete) if p.proprietaire_id in objets}
    if len(connues) != len(set(voulues)):
        raise PhotoInconnue
    return [
        {"sha256": p.sha256, "nom": p.nom, "objet": objets[p.proprietaire_id].libelle}
        for p in (connues[id_] for id_ in dict.fromkeys(voulues))
    ]


def _contenu(chantier: Chantier) -> list[dict[str, Any]]:
    """The signed lines, with the objects of each: what the client has in front of the eyes. No cost, no price.

    A line that was given up stays, said not installed: nobody signs for what is not there.
    """
    places = {c.id: [o for o in chantier.objets if o.colonne_id == c.id] for c in chantier.feuille.colonnes}
    return [
        {
            "est_installee": not _renoncee(chantier, colonne, len(places[colonne.id])),
            "position": colonne.position,
            "designation": colonne.designation,
            "quantite": f"{colonne.quantite:f}",
            "unite": colonne.unite,
            "objets": [
                {
                    "historique_id": str(o.id),
                    "designation": o.produit.designation,
                    "quantite": f"{o.quantite:f}",
                    "unite": o.produit.unite,
                    "numero_serie": o.numero_serie,
                    "etiquette": o.etiquette,
                }
                for o in places[colonne.id]
            ],
        }
        for colonne in chantier.feuille.colonnes
    ]


def _renoncee(chantier: Chantier, colonne: Colonne, nb_objets: int) -> bool:
    attendus = [a for a in chantier.feuille.attendus if a.colonne_id == colonne.id]
    return est_renoncee(((a.quantite, a.quantite_devis) for a in attendus), nb_objets)
