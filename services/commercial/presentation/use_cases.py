"""Writing how devis look: always a new version."""

from uuid import UUID

from sqlalchemy import select

from services.commercial.errors import PresentationChangee
from services.commercial.presentation.models import Presentation
from services.commercial.presentation.rules import Presentation as Valeurs
from services.commercial.presentation.schemas import SaisiePresentation
from shared.database.transaction import Transaction
from shared.documents.logo import data_uri


async def ecrire(tx: Transaction, saisie: SaisiePresentation, rang: int | None) -> Presentation:
    """One more version, from what is typed and what the one before keeps; PresentationChangee when it is not `rang`."""
    avant = await _derniere(tx, saisie.agence_id)
    if rang is not None and rang != (avant.rang if avant else 0):
        raise PresentationChangee
    retenues = essayer(saisie, avant.valeurs if avant else None)
    presentation = Presentation(
        agence_id=saisie.agence_id,
        rang=(avant.rang if avant else 0) + 1,
        textes=saisie.model_dump(mode="json", include={"couleur", "entete", "pied", "mentions", "conditions", "sans"}),
        logo=retenues.logo,
        cgv_sha256=retenues.cgv_sha256,
        cgv_nom=retenues.cgv_nom,
        cree_le=tx.now,
        cree_par=tx.actor.nom,
    )
    tx.add(presentation)
    await tx.flush()
    return presentation


def essayer(saisie: SaisiePresentation, avant: Valeurs | None) -> Valeurs:
    """What the saisie would give; LogoRefuse for what is no safe image."""
    logo = avant.logo if avant and not saisie.sans_logo else ""
    cgv = (avant.cgv_sha256, avant.cgv_nom) if avant and not saisie.sans_cgv else ("", "")
    sha256, nom = (saisie.cgv_sha256, saisie.cgv_nom) if saisie.cgv_sha256 else cgv
    return Valeurs(
        couleur=saisie.couleur,
        logo=data_uri(saisie.logo) if saisie.logo else logo,
        entete=saisie.entete,
        pied=saisie.pied,
        mentions=saisie.mentions,
        conditions=saisie.conditions,
        sans=frozenset(saisie.sans),
        cgv_sha256=sha256,
        cgv_nom=nom,
    )


async def _derniere(tx: Transaction, agence_id: UUID | None) -> Presentation | None:
    choix = (
        select(Presentation)
        .where(Presentation.agence_id.is_not_distinct_from(agence_id))
        .order_by(Presentation.rang.desc())
        .limit(1)
        .with_for_update()
    )
    return (await tx.scalars(choix)).one_or_none()
