"""Whose the records of commercial are: an etude and all it holds, a project file."""

from sqlalchemy import ColumnElement, or_

from services.commercial.affaire.models import Affaire
from services.commercial.copies.models import CopieDemande
from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.etude.models import Etude
from services.commercial.fichier.models import FichierAffaire, FichierEtude
from services.commercial.garde.models import Approbation, RefusMarge
from services.commercial.proposition.models.lignes import CoutRetire, LigneProposition, ProduitCacheLigne
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.models.signature import Signature
from services.commercial.relance.models import Relance
from services.commercial.signature.models import ReponseClient
from shared.database.etendue import Regle, Source
from shared.kernel.etendue import Qui


def _etude(etude: Source, qui: Qui) -> ColumnElement[bool]:
    """Its commercial's; its agency's."""
    siennes = etude.commercial_id == qui.personne
    return or_(siennes, etude.agence_id.in_(qui.agences)) if qui.agences else siennes


def _affaire(affaire: Source, qui: Qui) -> ColumnElement[bool]:
    """Its commercials'; the agency's that serves it."""
    siennes = affaire.commercial_ids.contains([qui.personne])
    return or_(siennes, affaire.depot_agence_id.in_(qui.agences)) if qui.agences else siennes


ETUDES = Regle("devis", Etude, _etude, (Proposition.etude_id, FichierEtude.proprietaire_id))


def _proposition(proposition: Source, qui: Qui) -> ColumnElement[bool]:
    """Its etude's."""
    siennes: ColumnElement[bool] = proposition.etude_id.in_(ETUDES.atteints(qui))
    return siennes


PROPOSITIONS = Regle(
    "devis",
    Proposition,
    _proposition,
    (
        LigneProposition.proposition_id,
        ProduitCacheLigne.proposition_id,
        CoutRetire.proposition_id,
        Signature.proposition_id,
        Approbation.proposition_id,
        RefusMarge.proposition_id,
        Envoi.proposition_id,
        LienSignature.proposition_id,
        Relance.proposition_id,
        ReponseClient.proposition_id,
    ),
)


def _demande(demande: Source, qui: Qui) -> ColumnElement[bool]:
    """What is known here of a demande: who is in charge, its agency."""
    siennes = demande.responsable_id == qui.personne
    return or_(siennes, demande.agence_id.in_(qui.agences)) if qui.agences else siennes


ETENDUES = (
    ETUDES,
    PROPOSITIONS,
    Regle("affaire", Affaire, _affaire, (FichierAffaire.proprietaire_id,)),
    Regle("demande", CopieDemande, _demande),
)
