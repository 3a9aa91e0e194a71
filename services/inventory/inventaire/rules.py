"""Life of a count and the reasons of its differences. Pure."""

from enum import StrEnum

from services.inventory.errors import InventaireTransition


class EtatInventaire(StrEnum):
    """Life of a count. While it is open a blind count shows nothing of what is expected."""

    OUVERT = "ouvert"
    COMPTE = "compte"
    VALIDE = "valide"
    ABANDONNE = "abandonne"


class Raison(StrEnum):
    """Why what is there is not what was expected."""

    CASSE = "casse"
    PERTE = "perte"
    VOL = "vol"
    ERREUR = "erreur"
    RETROUVE = "retrouve"
    AUTRE = "autre"


RAISONS = {
    Raison.CASSE: "Casse",
    Raison.PERTE: "Perte",
    Raison.VOL: "Vol",
    Raison.ERREUR: "Erreur de saisie",
    Raison.RETROUVE: "Retrouvé",
    Raison.AUTRE: "Autre",
}
MOTS = {
    EtatInventaire.OUVERT: "ouvert",
    EtatInventaire.COMPTE: "compté",
    EtatInventaire.VALIDE: "validé",
    EtatInventaire.ABANDONNE: "abandonné",
}
TRANSITIONS = {
    EtatInventaire.OUVERT: {EtatInventaire.COMPTE, EtatInventaire.ABANDONNE},
    EtatInventaire.COMPTE: {EtatInventaire.OUVERT, EtatInventaire.VALIDE, EtatInventaire.ABANDONNE},
}


def passer(actuel: EtatInventaire, vise: EtatInventaire, numero: str) -> EtatInventaire:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise InventaireTransition(numero=numero, actuel=MOTS[actuel], vise=MOTS[vise])
    return vise
