"""What the client's page shows and sends. Nothing here has a place for a cost or a hidden product."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.commercial.proposition.documents import Devis
from services.commercial.proposition.rules.chiffrage import LIGNES_MAX
from services.commercial.proposition.rules.chiffrage import Ligne as LigneProposee
from services.commercial.proposition.rules.statuts import CausePerte
from services.commercial.signature.models import GenreReponse
from services.commercial.signature.rules import EtatLien, Lecture
from shared.documents.papier import Ligne, Saut, Texte, Titre
from shared.kernel.signature import TRACE_MAX, TRACE_OU_RIEN

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Origine = Annotated[str, StringConstraints(max_length=300)]
Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]


class SaisieAccord(BaseModel):
    """The client accepts; the gateway adds where the answer came from.

    `choix` are the optional lines kept, those of the offer when absent. `trace` is the drawn signature: an SVG path in a frame of 600 by 200. Who cannot draw says that the name signs.
    What bears a reduced VAT rate is certified to deserve it.
    """

    nom: Nom
    qualite: Court = ""
    trace: Annotated[str, StringConstraints(max_length=TRACE_MAX, pattern=TRACE_OU_RIEN)] = ""
    nom_vaut_signature: bool = False
    certifie_taux_reduit: bool = False
    choix: Annotated[list[UUID], Field(max_length=LIGNES_MAX)] | None = None
    adresse_ip: Origine = ""
    navigateur: Origine = ""


class SaisieLecture(BaseModel):
    """What was asked for with a link."""

    quoi: Lecture


class SaisieQuestion(BaseModel):
    """The client asks before answering."""

    nom: Nom
    texte: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=2000)]


class SaisieRefus(BaseModel):
    """The client refuses, and may say why."""

    cause: CausePerte = CausePerte.AUTRE
    motif: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""


class ContributionOffre(BaseModel):
    """DEEE or copie privée of a line."""

    libelle: str
    unitaire_ht: Decimal
    total_ht: Decimal


class LigneOffre(BaseModel):
    """A row as the client reads it."""

    genre: str
    numero: str = ""
    designation: str
    detail: str = ""
    quantite: Decimal | None = None
    unite: str = ""
    prix_ht: Decimal | None = None
    remise: Decimal | None = None
    taux_tva: Decimal | None = None
    total_ht: Decimal | None = None
    ligne_id: UUID | None = None
    est_option: bool = False
    variante: str = ""
    est_retenue: bool = True
    contributions: list[ContributionOffre] = []

    @classmethod
    def de(cls, ligne: Ligne | Titre | Texte | Saut, source: LigneProposee) -> Self:
        """From the paper's row; `source` says what the client may choose."""
        if isinstance(ligne, Saut):
            return cls(genre=ligne.genre, designation="")
        if not isinstance(ligne, Ligne):
            return cls(genre=ligne.genre, designation=ligne.texte, total_ht=getattr(ligne, "total_ht", None))
        return cls(
            genre=ligne.genre,
            numero=ligne.numero,
            designation=ligne.designation,
            detail=ligne.detail,
            quantite=ligne.quantite,
            unite=ligne.unite,
            prix_ht=ligne.prix_ht,
            remise=ligne.remise,
            taux_tva=ligne.tva,
            total_ht=ligne.total_ht,
            ligne_id=source.id if source.est_au_choix else None,
            est_option=source.est_option,
            variante=source.variante,
            est_retenue=source.compte,
            contributions=[ContributionOffre(**asdict(c)) for c in ligne.contributions],
        )


class GroupeOffre(BaseModel):
    """One VAT rate."""

    taux: Decimal
    base_ht: Decimal
    montant_tva: Decimal


class ContributionTotale(BaseModel):
    """What the totals hold of a contribution."""

    libelle: str
    montant_ht: Decimal


class EcheanceOffre(BaseModel):
    """A share of the amount."""

    libelle: str
    montant_ttc: Decimal


class Contenu(BaseModel):
    """What the client may read of an offer that can still be answered, or was."""

    objet: str
    destinataire: str
    contact: str
    introduction: str
    conditions: str
    mentions: list[str]
    certification: str
    lignes: list[LigneOffre]
    total_ht: Decimal
    total_ttc: Decimal
    groupes: list[GroupeOffre]
    contributions: list[ContributionTotale]
    echeances: list[EcheanceOffre]

    @classmethod
    def de(cls, devis: Devis, sources: Sequence[LigneProposee]) -> Self:
        """From the paper and the lines it was made of, one row each."""
        papier = devis.papier
        totaux = papier.totaux
        return cls(
            objet=papier.objet,
            destinataire=papier.destinataire.nom,
            contact=devis.commercial,
            introduction=papier.introduction,
            conditions=devis.conditions,
            mentions=list(papier.mentions),
            certification=devis.certification,
            lignes=[LigneOffre.de(*paire) for paire in zip(papier.lignes, sources, strict=True)],
            total_ht=totaux.total_ht if totaux else Decimal(0),
            total_ttc=papier.net_ttc,
            groupes=[
                GroupeOffre(taux=g.taux, base_ht=g.base_ht, montant_tva=g.montant_tva)
                for g in (totaux.groupes if totaux else ())
            ],
            contributions=[ContributionTotale(libelle=nom, montant_ht=ht) for nom, ht in papier.contributions],
            echeances=[EcheanceOffre(libelle=e.libelle, montant_ttc=e.montant_ttc) for e in papier.echeances],
        )


class VueQuestion(BaseModel):
    """A question as the client reads it again."""

    model_config = ConfigDict(from_attributes=True)

    nom: str
    texte: str
    recue_le: datetime


class VueReponse(VueQuestion):
    """An answer as staff read it."""

    id: UUID
    genre: GenreReponse
    avise_le: datetime | None
    erreur: str


class VueOffre(BaseModel):
    """The client's page. `contenu` is absent once the offer was replaced or put aside; `a_document`: its file may be read; `amende`: the devis an avenant amends."""

    etat: EtatLien
    phrase: str
    numero: str
    titre: str
    amende: str
    societe: str
    telephone: str
    courriel: str
    valide_jusqu_au: date
    proposition_id: UUID
    signe_par: str | None = None
    signe_le: datetime | None = None
    est_scelle: bool = False
    a_document: bool = False
    cgv_nom: str = ""
    questions: list[VueQuestion] = []
    contenu: Contenu | None = None
