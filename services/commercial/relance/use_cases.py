"""The scheme, the reminders it causes, the calls somebody made."""

from uuid import UUID

from sqlalchemy import delete, func, select, text

from services.commercial.errors import RelanceInconnue
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.relance import rules
from services.commercial.relance.models import EtapeRelance, Relance
from services.commercial.relance.queries import A_QUESTIONNE
from services.commercial.relance.rules import GenreRelance
from services.commercial.relance.schemas import Schema
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.ids import new_id

A_LA_FOIS = 200


async def fixer(tx: Transaction, schema: Schema) -> None:
    """Replace the scheme; reminders already made stay. Of two at once, the second replaces the first."""
    await tx.execute(text("LOCK TABLE etape_relance IN SHARE ROW EXCLUSIVE MODE"))
    await tx.execute(delete(EtapeRelance))
    for rang, saisie in enumerate(sorted(schema.etapes, key=lambda e: e.jours), start=1):
        tx.add(EtapeRelance(id=new_id(), rang=rang, **saisie.model_dump()))


async def relancer_echues(tx: Transaction, apres: UUID | None = None) -> UUID | None:
    """Reminders that became due among some propositions, in the order of their ids; where to go on, None at the end.

    Who asked something since the sending is called, never mailed.
    """
    lignes = list(await tx.scalars(select(EtapeRelance).order_by(EtapeRelance.rang)))
    if not lignes:
        return None
    aujourd_hui, etapes = jour_paris(tx.now), [ligne.etape() for ligne in lignes]
    faites = (
        select(func.coalesce(func.max(Relance.rang), 0))
        .where(Relance.proposition_id == Proposition.id, Relance.envoye_le == Proposition.envoye_le)
        .scalar_subquery()
    )
    choix = (
        select(Proposition, faites, A_QUESTIONNE)
        .where(Proposition.statut == Statut.ENVOYE, Proposition.valide_jusqu_au >= aujourd_hui)
        .where(Proposition.revision == Proposition.revision_envoyee, Proposition.envoye_le.is_not(None))
        .order_by(Proposition.id)
        .limit(A_LA_FOIS)
        .with_for_update(of=Proposition, skip_locked=True)
    )
    if apres is not None:
        choix = choix.where(Proposition.id > apres)
    trouvees: list[tuple[Proposition, int, bool]] = [tuple(ligne) for ligne in await tx.execute(choix)]
    par_rang = {ligne.rang: ligne for ligne in lignes}
    for proposition, deja, questionne in trouvees:
        envoye = jour_paris(proposition.envoye_le or tx.now)
        etape = rules.due(etapes, envoye_le=envoye, aujourd_hui=aujourd_hui, faites=deja)
        if etape is not None:
            _ouvrir(tx, proposition, par_rang[etape.rang], est_a_appeler=questionne)
    return trouvees[-1][0].id if len(trouvees) == A_LA_FOIS else None


async def noter(tx: Transaction, relance_id: UUID, note: str) -> None:
    """Somebody called."""
    choix = select(Relance).where(Relance.id == relance_id).with_for_update()
    relance: Relance | None = (await tx.scalars(choix)).one_or_none()
    if relance is None:
        raise RelanceInconnue
    relance.faire(par=tx.actor.nom, le=tx.now, note=note)


def _ouvrir(tx: Transaction, proposition: Proposition, etape: EtapeRelance, *, est_a_appeler: bool) -> None:
    relance = Relance(
        proposition_id=proposition.id,
        envoye_le=proposition.envoye_le,
        rang=etape.rang,
        genre=GenreRelance.APPEL if est_a_appeler else etape.genre,
        sujet=etape.sujet,
        message=etape.message,
        prevue_le=jour_paris(tx.now),
    )
    tx.add(relance)
    if relance.genre is GenreRelance.COURRIEL:
        tx.publish(relance.demander(proposition.demande_id))
