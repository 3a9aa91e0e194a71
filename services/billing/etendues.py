"""Whose the records of billing are: what is billed, issued, paid, and the contracts to bill."""

from sqlalchemy import ColumnElement, Uuid, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.copies.models import CopieCollaborateur, CopieContrat, CopieTiers, CopieVente
from services.billing.facture.models import EnvoiFacture, Facture, Reglement
from services.billing.fichier.models import FichierFacture
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


ETENDUES = (
    Regle("facture", AffaireClient, _vendu, (LigneAffaire.affaire_client_id,)),
    Regle("facture", Facture, _vendu, (EnvoiFacture.facture_id, Reglement.facture_id, FichierFacture.proprietaire_id)),
    Regle("contrat", CopieContrat, _vendu),
)
