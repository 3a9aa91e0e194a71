"""Lists about received electronic invoices."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.avoir_fournisseur.models import AvoirAttendu
from services.billing.copies import queries as copies
from services.billing.errors import FactureRecueInconnue, MessageImpossible
from services.billing.facture_recue.documents import cycle
from services.billing.facture_recue.models import FactureRecue, StatutRecue
from services.billing.facture_recue.repository import attendu, attendue, en_attente, facturee
from services.billing.facture_recue.rules import rapprochement as regles
from services.billing.facture_recue.rules import sommes
from services.billing.facture_recue.rules import statut as statuts
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.statut import MOTIFS, MOTIFS_DE
from services.billing.facture_recue.schemas import (
    AchatPossible,
    ResumeRecue,
    RetourPossible,
    StatutATransmettre,
    TotauxRecues,
    VueRecue,
    VueStatut,
)
from shared.database.search import correspond
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, Recherche, paginer


@dataclass(frozen=True, slots=True)
class Filtre:
    """What narrows the received invoices."""

    q: Recherche = None
    etat: EtatRecue | None = None
    achat_id: UUID | None = None
    fournisseur_id: UUID | None = None

    def appliquer(self, requete: Select[FactureRecue]) -> Select[FactureRecue]:
        """`requete` narrowed."""
        if (trouve := correspond(FactureRecue, self.q)) is not None:
            requete = requete.where(trouve)
        if self.etat is not None:
            requete = requete.where(FactureRecue.etat == self.etat)
        if self.achat_id is not None:
            requete = requete.where(FactureRecue.achat_id == self.achat_id)
        if self.fournisseur_id is not None:
            requete = requete.where(FactureRecue.fournisseur_id == self.fournisseur_id)
        return requete


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[ResumeRecue]:
    """Received invoices, newest first."""
    requete = filtre.appliquer(select(FactureRecue))
    cles = [Cle(FactureRecue.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeRecue.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaliser(session: AsyncSession) -> TotauxRecues:
    """Those that wait."""
    attendent: Select[*tuple[Any, ...]] = select(func.count()).select_from(StatutRecue)
    a_transmettre = attendent.where(StatutRecue.transmis_le.is_(None)).scalar_subquery()
    totaux: Select[*tuple[Any, ...]] = select(
        func.count(), func.coalesce(func.sum(FactureRecue.total_ht), ZERO), a_transmettre
    )
    ligne: Any = (await session.execute(totaux.where(FactureRecue.etat == EtatRecue.A_RAPPROCHER))).one()
    return TotauxRecues(nombre=ligne[0], total_ht=ligne[1], a_transmettre=ligne[2])


async def a_transmettre(session: AsyncSession, *, limite: int, curseur: str | None) -> Page[StatutATransmettre]:
    """The statuses whose message the platform has not taken, the oldest first."""
    requete: Select[*tuple[Any, ...]] = (
        select(StatutRecue, FactureRecue.numero, FactureRecue.fournisseur_nom)
        .join(FactureRecue, FactureRecue.id == StatutRecue.recue_id)
        .where(StatutRecue.transmis_le.is_(None))
    )
    lignes, suite = await paginer(session, requete, [Cle(StatutRecue.id)], limite=limite, curseur=curseur)
    elements = [
        StatutATransmettre(
            **_vue(pose).model_dump(), recue_id=pose.recue_id, numero=numero, fournisseur_nom=fournisseur
        )
        for pose, numero, fournisseur in lignes
    ]
    return Page(elements=elements, curseur_suivant=suite)


async def message(session: AsyncSession, recue_id: UUID, statut_id: UUID) -> tuple[str, bytes]:
    """The name and the bytes of what goes to the platform; FactureRecueInconnue, StatutInconnu, MessageImpossible."""
    recue = await _avec_statuts(session, recue_id)
    pose, societe = recue.pose(statut_id), await copies.societe(session)
    if manques := cycle.manques(recue.lue, societe.siren):
        raise MessageImpossible(manques=", ".join(manques))
    return cycle.nom(recue.numero, pose), cycle.xml(recue.lue, pose, societe)


async def fiche(session: AsyncSession, recue_id: UUID) -> VueRecue:
    """One of them; FactureRecueInconnue."""
    recue = await _avec_statuts(session, recue_id)
    vue = VueRecue.model_validate({**_resume(recue), **_suivi(recue, await copies.notre_siren(session))})
    if recue.etat is not EtatRecue.A_RAPPROCHER:
        etat = select(AffaireFournisseur.etat).where(AffaireFournisseur.id == recue.achat_id)
        return vue.model_copy(update={"achat_etat": await session.scalar(etat)})
    fournisseurs = await copies.fournisseurs(session, vue.lue.vendeur.identifiants, vue.lue.vendeur.nom)
    possibles = await _possibles(session, recue, fournisseurs)
    attendus = await session.scalars(attendu(select(AvoirAttendu), fournisseurs)) if recue.est_avoir else ()
    retours = [RetourPossible.model_validate(a) for a in attendus]
    return vue.model_copy(update={"possibles": possibles, "retours": retours, "est_juste": not sommes.ecarts(vue.lue)})


async def _possibles(session: AsyncSession, recue: FactureRecue, fournisseurs: Collection[UUID]) -> list[AchatPossible]:
    """What it may be put on; the receptions of the commande that it cites first."""
    restreindre = facturee if recue.est_avoir else en_attente
    requete = restreindre(select(AffaireFournisseur), fournisseurs).options(selectinload(AffaireFournisseur.lignes))
    achats = (await session.scalars(requete)).all()
    probables = set() if recue.est_avoir else set(regles.choisir(recue.lue, [attendue(achat) for achat in achats]))
    vues = [
        AchatPossible.model_validate(achat).model_copy(update={"est_probable": achat.id in probables})
        for achat in achats
    ]
    return sorted(vues, key=lambda vue: not vue.est_probable)


async def _avec_statuts(session: AsyncSession, recue_id: UUID) -> FactureRecue:
    options = [selectinload(FactureRecue.statuts)]
    recue = await session.get(FactureRecue, recue_id, options=options, populate_existing=True)
    if recue is None:
        raise FactureRecueInconnue
    return recue


def _resume(recue: FactureRecue) -> dict[str, Any]:
    champs = ResumeRecue.model_validate(recue).model_dump()
    return champs | {"lue": recue.lue, "remarques": recue.remarques, "motif": recue.motif}


def _suivi(recue: FactureRecue, notre_siren: str | None) -> dict[str, Any]:
    """What its supplier was told, and may be told."""
    est_close = recue.etat is EtatRecue.ECARTEE
    suites = () if est_close else statuts.suites(recue.statut, est_avoir=recue.est_avoir)
    motifs = {s: sorted(((m, MOTIFS[m]) for m in MOTIFS_DE.get(s, ())), key=lambda m: m[1]) for s in sorted(suites)}
    return {
        "statuts": [_vue(pose) for pose in recue.statuts],
        "suites": motifs,
        "reste_ttc": recue.lue.total_ttc - recue.paye_ttc,
        "message_manques": cycle.manques(recue.lue, notre_siren),
    }


def _vue(pose: StatutRecue) -> VueStatut:
    return VueStatut.model_validate(pose).model_copy(update={"motif_libelle": MOTIFS.get(pose.motif, "")})
