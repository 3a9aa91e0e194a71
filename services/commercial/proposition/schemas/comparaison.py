"""What the API gives about two versions of a proposition. Costs and margins are null without `couts.voir`."""

from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import BaseModel

from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage, comparaison
from services.commercial.proposition.rules.chiffrage import Convention, Ligne
from services.commercial.proposition.rules.comparaison import Besoin, Etat, LigneComparee, ProduitCompare
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.schemas.vues import VueLigne, VueTotaux

TEXTES = (
    *("objet", "introduction", "conditions", "adresse_code", "valide_jusqu_au", "acompte_pourcent"),
    "livraison_souhaitee",
)


class VueVersion(BaseModel):
    """One of the two versions: what stands around its lines, and its totals."""

    id: UUID
    rang: int
    lettre: str
    numero: str
    libelle: str
    statut: Statut
    objet: str
    introduction: str
    conditions: str
    adresse_code: str
    valide_jusqu_au: date
    acompte_pourcent: Decimal
    livraison_souhaitee: date | None
    totaux: VueTotaux

    @classmethod
    def de(cls, p: Proposition, couts: bool) -> Self:
        """From a loaded proposition."""
        propres = {nom: getattr(p, nom) for nom in cls.model_fields if nom not in ("lettre", "totaux")}
        return cls(**propres, lettre=chiffrage.lettre(p.rang), totaux=VueTotaux.de(p, couts))


class VueBesoin(BaseModel):
    """What a line needs of one product; `cout_ht` is for the whole quantity."""

    reference: str
    designation: str
    quantite: Decimal
    notes: tuple[str, ...]
    cout_ht: Decimal | None

    @classmethod
    def de(cls, besoin: Besoin | None, couts: bool) -> Self | None:
        """None on the side where it is absent."""
        if besoin is None:
            return None
        return cls(
            reference=besoin.reference,
            designation=besoin.designation,
            quantite=besoin.quantite,
            notes=besoin.notes,
            cout_ht=besoin.cout_ht if couts else None,
        )


class VueProduitCompare(BaseModel):
    """A hidden product that is not the same in both versions."""

    produit_id: UUID
    avant: VueBesoin | None
    apres: VueBesoin | None

    @classmethod
    def de(cls, produit: ProduitCompare, couts: bool) -> Self:
        """From what the rules found."""
        avant, apres = VueBesoin.de(produit.avant, couts), VueBesoin.de(produit.apres, couts)
        return cls(produit_id=produit.produit_id, avant=avant, apres=apres)


class VueLigneComparee(BaseModel):
    """A line in both versions; `champs` names those that differ, `produits` holds the hidden products that do."""

    etat: Etat
    est_deplacee: bool
    avant: VueLigne | None
    apres: VueLigne | None
    champs: tuple[str, ...]
    produits: list[VueProduitCompare]


class VueComparaison(BaseModel):
    """Two propositions of an etude: `textes` names what differs around the lines, which are all there, in order."""

    avant: VueVersion
    apres: VueVersion
    textes: list[str]
    lignes: list[VueLigneComparee]

    @classmethod
    def de(cls, avant: Proposition, apres: Proposition, couts: bool) -> Self:
        """From two propositions loaded with their lines."""
        numeros = _numeros(avant), _numeros(apres)
        compares = comparaison.comparer(
            comparaison.Version(avant.lignes, avant.convention),
            comparaison.Version(apres.lignes, apres.convention),
            couts=couts,
        )

        def vue(ligne: LigneComparee) -> VueLigneComparee:
            return VueLigneComparee(
                etat=ligne.etat,
                est_deplacee=ligne.est_deplacee,
                avant=_ligne(ligne.avant, avant.convention, numeros[0], couts),
                apres=_ligne(ligne.apres, apres.convention, numeros[1], couts),
                champs=ligne.champs,
                produits=[VueProduitCompare.de(produit, couts) for produit in ligne.produits],
            )

        return cls(
            avant=VueVersion.de(avant, couts),
            apres=VueVersion.de(apres, couts),
            textes=[nom for nom in TEXTES if getattr(avant, nom) != getattr(apres, nom)],
            lignes=[vue(ligne) for ligne in compares],
        )


def _numeros(p: Proposition) -> dict[UUID, str]:
    numeros = chiffrage.numeroter(p.lignes)
    return {ligne.id: numero for ligne, numero in zip(p.lignes, numeros, strict=True)}


def _ligne(ligne: Ligne | None, convention: Convention, numeros: dict[UUID, str], couts: bool) -> VueLigne | None:
    if ligne is None:
        return None
    return VueLigne.de(ligne, chiffrage.chiffrer_ligne(ligne, convention), numeros[ligne.id], couts)
