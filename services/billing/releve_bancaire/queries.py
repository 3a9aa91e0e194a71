"""Lists and screens about bank operations."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.errors import OperationInconnue
from services.billing.facture.models import Facture, Reglement
from services.billing.releve_bancaire.models import OperationBancaire
from services.billing.releve_bancaire.rules.rapprochement import EtatOperation, numeros_cites
from services.billing.releve_bancaire.schemas import Candidate, DossierOperation, Reglee, TotauxOperations, VueOperation
from shared.database.search import correspond
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, paginer

CANDIDATES_MAX = 20


@dataclass(frozen=True, slots=True)
class Filtre:
    """The filters of the operations. `sens`: "entrees" or "sorties"."""

    q: str | None = None
    etat: EtatOperation | None = None
    sens: str | None = None

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        if self.q and (trouve := correspond(OperationBancaire, self.q)) is not None:
            requete = requete.where(trouve)
        if self.etat:
            requete = requete.where(OperationBancaire.etat == self.etat)
        if self.sens:
            entre = OperationBancaire.montant > ZERO
            requete = requete.where(entre if self.sens == "entrees" else ~entre)
        return requete


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[VueOperation]:
    """Operations, the latest first, with the invoices each settled."""
    cles = [Cle(OperationBancaire.le, decroissant=True), Cle(OperationBancaire.id, decroissant=True)]
    lignes, suite = await paginer(
        session, filtre.appliquer(select(OperationBancaire)), cles, limite=limite, curseur=curseur
    )
    reglees = await _reglees(session, [ligne.id for ligne in lignes])
    elements = [_vue(ligne, reglees) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def totaliser(session: AsyncSession, filtre: Filtre) -> TotauxOperations:
    """What the filtered operations add up to."""
    montant = OperationBancaire.montant
    sommes: Select[*tuple[Any, ...]] = select(
        func.count(),
        func.coalesce(func.sum(case((montant > ZERO, montant))), ZERO),
        func.coalesce(func.sum(case((montant <= ZERO, montant))), ZERO),
        func.count(case((OperationBancaire.etat == EtatOperation.A_RAPPROCHER, 1))),
    ).select_from(OperationBancaire)
    ligne: Any = (await session.execute(filtre.appliquer(sommes))).one()
    return TotauxOperations(nombre=ligne[0], entrees=ligne[1], sorties=ligne[2], a_rapprocher=ligne[3])


async def dossier(session: AsyncSession, operation_id: UUID) -> DossierOperation:
    """An operation and the invoices it may pay: those it cites, then those that owe its exact amount."""
    operation = await session.get(OperationBancaire, operation_id)
    if operation is None:
        raise OperationInconnue
    vue = _vue(operation, await _reglees(session, [operation_id]))
    ouverte = operation.etat is EtatOperation.A_RAPPROCHER and operation.montant > ZERO
    candidates = await _candidates(session, operation) if ouverte else []
    return DossierOperation(**vue.model_dump(), candidates=candidates)


async def _candidates(session: AsyncSession, operation: OperationBancaire) -> list[Candidate]:
    cites = numeros_cites(operation.libelle, operation.reference)
    citee = Facture.numero.in_(cites)
    requete = (
        select(Facture)
        .where(Facture.solde_ttc > ZERO, Facture.nature != "avoir", or_(citee, Facture.solde_ttc == operation.montant))
        .order_by(citee.desc(), Facture.echeance, Facture.id)
        .limit(CANDIDATES_MAX)
    )
    champs = set(Candidate.model_fields) - {"est_citee"}
    return [
        Candidate.model_validate({**{c: getattr(f, c) for c in champs}, "est_citee": f.numero in cites})
        for f in await session.scalars(requete)
    ]


def _vue(operation: OperationBancaire, reglees: Mapping[UUID | None, list[Reglee]]) -> VueOperation:
    vue = VueOperation.model_validate(operation)
    vue.factures = reglees.get(operation.id, [])
    return vue


async def _reglees(session: AsyncSession, operations: Collection[UUID]) -> Mapping[UUID | None, list[Reglee]]:
    requete = (
        select(Reglement.operation_id, Facture.id, Facture.numero, Facture.tiers_nom, Reglement.montant_ttc)
        .join(Facture, Facture.id == Reglement.facture_id)
        .where(Reglement.operation_id.in_(operations))
        .order_by(Facture.numero)
    )
    trouvees: defaultdict[UUID | None, list[Reglee]] = defaultdict(list)
    for operation_id, facture_id, numero, tiers_nom, montant in await session.execute(requete) if operations else ():
        trouvees[operation_id].append(
            Reglee(facture_id=facture_id, numero=numero, tiers_nom=tiers_nom, montant_ttc=montant)
        )
    return trouvees
