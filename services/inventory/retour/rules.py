"""Life of a return to a supplier. Pure."""

from enum import StrEnum

from services.inventory.errors import RetourConclu


class Attente(StrEnum):
    """What is expected of the supplier."""

    ECHANGE = "echange"
    AVOIR = "avoir"


class EtatRetour(StrEnum):
    """Sent, then replaced, credited, or the same object came back."""

    OUVERT = "ouvert"
    ECHANGE = "echange"
    AVOIR = "avoir"
    RENDU = "rendu"


MOTS = {
    EtatRetour.OUVERT: "en attente du fournisseur",
    EtatRetour.ECHANGE: "échangé",
    EtatRetour.AVOIR: "remboursé par un avoir",
    EtatRetour.RENDU: "revenu",
}


def conclure(actuel: EtatRetour, vise: EtatRetour, numero: str) -> EtatRetour:
    """A return ends once."""
    if actuel is not EtatRetour.OUVERT:
        raise RetourConclu(numero=numero, actuel=MOTS[actuel])
    return vise
