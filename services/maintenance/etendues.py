"""Whose the contracts are, and the visits they plan."""

from sqlalchemy import ColumnElement, Uuid, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.maintenance.contrat.models import Contrat, LigneContrat
from services.maintenance.copies.models import CopieCollaborateur, CopieTiers, CopieVente
from services.maintenance.fichier.models import FichierContrat
from services.maintenance.visite.models import Releve, Visite
from shared.database.etendue import Regle, Source
from shared.kernel.etendue import Qui

T, C, V = CopieTiers.__table__.c, CopieCollaborateur.__table__.c, CopieVente.__table__.c


def _vendu(source: Source, qui: Qui) -> ColumnElement[bool]:
    """The commercials' of the client; whoever's sold it; then those of their agencies."""
    clauses = [
        source.tiers_id.in_(select(T.tiers_id).where(T.commercial_ids.contains([qui.personne]))),
        source.demande_id.in_(select(V.demande_id).where(V.commercial_id == qui.personne)),
    ]
    if qui.agences:
        gens = select(C.collaborateur_id).where(C.agence_id.in_(qui.agences)).scalar_subquery()
        leurs = select(T.tiers_id).where(T.commercial_ids.overlap(func.array(gens, type_=ARRAY(Uuid))))
        vendues = select(V.demande_id).where(V.agence_id.in_(qui.agences))
        clauses += [source.tiers_id.in_(leurs), source.demande_id.in_(vendues)]
    return or_(*clauses)


CONTRATS = Regle("contrat", Contrat, _vendu, (LigneContrat.contrat_id, FichierContrat.proprietaire_id))


def _visite(visite: Source, qui: Qui) -> ColumnElement[bool]:
    """Its contract's."""
    siennes: ColumnElement[bool] = visite.contrat_id.in_(CONTRATS.atteints(qui))
    return siennes


ETENDUES = (CONTRATS, Regle("contrat", Visite, _visite, (Releve.visite_id,)))
