"""Life of a transfer and of what did not arrive. Pure."""

from enum import StrEnum

from services.inventory.errors import TransfertTransition


class EtatTransfert(StrEnum):
    """Sent, then everything arrived, or something is missing until it is settled."""

    ENVOYE = "envoye"
    RECU = "recu"
    ECART = "ecart"
    CLOS = "clos"


class Issue(StrEnum):
    """What became of goods that were not there at the reception of a transfer."""

    RETROUVE = "retrouve"
    RETOURNE = "retourne"
    PERDU = "perdu"


MOTS = {
    EtatTransfert.ENVOYE: "en transit",
    EtatTransfert.RECU: "reçu",
    EtatTransfert.ECART: "reçu avec un écart",
    EtatTransfert.CLOS: "clos",
}
TRANSITIONS = {
    EtatTransfert.ENVOYE: {EtatTransfert.RECU, EtatTransfert.ECART},
    EtatTransfert.ECART: {EtatTransfert.CLOS},
}


def passer(actuel: EtatTransfert, vise: EtatTransfert, numero: str) -> EtatTransfert:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise TransfertTransition(numero=numero, actuel=MOTS[actuel], vise=MOTS[vise])
    return vise
