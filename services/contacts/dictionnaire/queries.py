"""The words a typed one may have meant."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.dictionnaire import rules
from services.contacts.dictionnaire.models import MotVoisin


async def requete_approchee(session: AsyncSession, saisie: str | None) -> str | None:
    """The full-text query that forgives one typing error in each word; None when nothing comes near."""
    mots = rules.saisis(saisie or "")
    cles = {mot: rules.cles(mot) for mot in mots if rules.APPRIS.fullmatch(mot)}
    if not cles:
        return None
    toutes = set().union(*cles.values())
    trouves = (await session.execute(select(MotVoisin.cle, MotVoisin.mot).where(MotVoisin.cle.in_(toutes)))).all()
    proches = {
        mot: sorted({t.mot for t in trouves if t.cle in siennes and rules.est_proche(mot, t.mot)})
        for mot, siennes in cles.items()
    }
    return rules.requete(mots, proches)
