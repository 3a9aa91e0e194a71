"""A page tells it is open, and learns who else is there."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from gateway.compte.models import Compte
from gateway.presence.models import Presence
from gateway.presence.schemas import Present, SignePresence
from shared.database.transaction import Transaction

OUBLI = timedelta(seconds=30)
ECRITURE = timedelta(seconds=15)
PRESENTS_MAX = 20


async def signaler(tx: Transaction, signe: SignePresence, compte_id: UUID) -> Sequence[Present]:
    """Keep the sign (or forget the page that closes), and say who else is on the record."""
    await tx.execute(delete(Presence).where(Presence.vu_le < tx.now - OUBLI))
    if signe.est_parti:
        ici = (Presence.objet == signe.objet, Presence.page == signe.page, Presence.compte_id == compte_id)
        await tx.execute(delete(Presence).where(*ici))
        return ()
    valeurs = {"vu_le": tx.now, **({"ecrit_le": tx.now} if signe.ecrit else {})}
    ajout = insert(Presence).values(objet=signe.objet, page=signe.page, compte_id=compte_id, **valeurs)
    moi = Presence.compte_id == compte_id
    await tx.execute(ajout.on_conflict_do_update(index_elements=["objet", "page"], set_=valeurs, where=moi))
    derniere = func.max(Presence.ecrit_le)
    choix = (
        select(Compte.nom, derniere.label("ecrit_le"))
        .join(Presence, Presence.compte_id == Compte.id)
        .where(Presence.objet == signe.objet, Presence.compte_id != compte_id)
        .group_by(Compte.id, Compte.nom)
        .order_by(Compte.nom)
        .limit(PRESENTS_MAX)
    )
    return [
        Present(nom=ligne.nom, ecrit=ligne.ecrit_le is not None and ligne.ecrit_le > tx.now - ECRITURE)
        for ligne in await tx.execute(choix)
    ]
