"""Learning the words of a contact, after it was saved: one delivery at a time, so that nobody waits for anybody."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.contacts.dictionnaire import rules
from services.contacts.dictionnaire.models import MotVoisin
from shared.database.transaction import Transaction


async def apprendre(tx: Transaction, texte: str) -> None:
    """Keep the words of a searched text that are not known yet."""
    mots = rules.mots_appris(texte)
    if not mots:
        return
    connus = set(await tx.scalars(select(MotVoisin.mot).where(MotVoisin.cle.in_(mots), MotVoisin.cle == MotVoisin.mot)))
    lignes = [{"cle": cle, "mot": mot} for mot in sorted(mots - connus) for cle in sorted(rules.cles(mot))]
    if lignes:
        await tx.execute(insert(MotVoisin).values(lignes).on_conflict_do_nothing())
