"""What the client's page shows and sends. Nothing here has a place for a cost or a hidden product."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from services.commercial.proposition.documents import Devis
from services.commercial.signature.rules import EtatLien
from shared.documents.papier import Ligne, Texte, Titre

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Trace = Annotated[str, StringConstraints(max_length=300)]


class SaisieAccord(BaseModel):
    """The client accepts; the gateway adds where the answer came from."""

    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
    qualite: Court = ""
    adresse_ip: Trace = ""
    navigateur: Trace = ""


class SaisieRefus(BaseModel):
    """The client refuses, and may say why."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""


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

    @classmethod
    def de(cls, ligne: Ligne | Titre | Texte) -> Self:
        """From the paper's row."""
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
        )


class GroupeOffre(BaseModel):
    """One VAT rate."""

    taux: Decimal
    base_ht: Decimal
    montant_tva: Decimal


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
    lignes: list[LigneOffre]
    total_ht: Decimal
    total_ttc: Decimal
    groupes: list[GroupeOffre]
    echeances: list[EcheanceOffre]

    @classmethod
    def de(cls, devis: Devis) -> Self:
        """From the paper."""
        papier = devis.papier
        totaux = papier.totaux
        return cls(
            objet=papier.objet,
            destinataire=papier.destinataire.nom,
            contact=devis.commercial,
            introduction=papier.introduction,
            conditions=devis.conditions,
            mentions=list(papier.mentions),
            lignes=[LigneOffre.de(ligne) for ligne in papier.lignes],
            total_ht=totaux.total_ht if totaux else Decimal(0),
            total_ttc=papier.net_ttc,
            groupes=[
                GroupeOffre(taux=g.taux, base_ht=g.base_ht, montant_tva=g.montant_tva)
                for g in (totaux.groupes if totaux else ())
            ],
            echeances=[EcheanceOffre(libelle=e.libelle, montant_ttc=e.montant_ttc) for e in papier.echeances],
        )


class VueOffre(BaseModel):
    """The client's page. `contenu` is absent once the offer was replaced or put aside."""

    etat: EtatLien
    phrase: str
    numero: str
    societe: str
    telephone: str
    courriel: str
    valide_jusqu_au: date
    proposition_id: UUID
    signe_par: str | None = None
    signe_le: datetime | None = None
    contenu: Contenu | None = None
