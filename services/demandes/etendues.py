"""Whose the demandes are: whoever is in charge, follows or is sent; the agency's. All that hangs on one goes with it."""

from sqlalchemy import ColumnElement, or_, select

from services.demandes.abonnement.models import Abonnement
from services.demandes.courrier.models import CourrierRecu, PieceRecue
from services.demandes.demande.models import Demande, Note, Passage, Relance
from services.demandes.fichier.models import FichierDemande
from services.demandes.intervention.models import Intervention
from services.demandes.lien.models import Evenement, Lien
from services.demandes.temps.models import Temps
from shared.database.etendue import Regle, Source
from shared.kernel.etendue import Qui

GENRE = "demande"
SUIVIES = Abonnement.__table__.c
PREVUES = Intervention.__table__.c


def _demande(demande: Source, qui: Qui) -> ColumnElement[bool]:
    """The people of a demande, then its agency."""
    suivies = select(SUIVIES.demande_id).where(SUIVIES.collaborateur_id == qui.personne)
    prevues = select(PREVUES.demande_id).where(PREVUES.collaborateur_ids.contains([qui.personne]))
    gens = (demande.responsable_id == qui.personne, demande.id.in_(suivies), demande.id.in_(prevues))
    return or_(*gens, demande.agence_id.in_(qui.agences)) if qui.agences else or_(*gens)


DEMANDES = Regle(
    GENRE,
    Demande,
    _demande,
    (
        Note.demande_id,
        Passage.demande_id,
        Relance.demande_id,
        Abonnement.demande_id,
        Intervention.demande_id,
        Temps.demande_id,
        Lien.demande_id,
        Evenement.demande_id,
        FichierDemande.proprietaire_id,
    ),
)


def _courrier(courrier: Source, qui: Qui) -> ColumnElement[bool]:
    """Its demande's: mail not sorted yet is for whoever reaches everything."""
    siens: ColumnElement[bool] = courrier.demande_id.in_(DEMANDES.atteints(qui))
    return siens


ETENDUES = (DEMANDES, Regle(GENRE, CourrierRecu, _courrier, (PieceRecue.courrier_id,)))
