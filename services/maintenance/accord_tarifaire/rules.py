"""The life of a tariff agreement, and its link nobody can guess. Pure.

Source: seed, Circuit SAV §1: tariffs mailed; accepted, the SAV can start; refused, nothing can.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.maintenance.errors import AccordDejaRepondu, AccordExpire

VALIDITE = timedelta(days=30)


class EtatAccord(StrEnum):
    """Being mailed, waiting for an answer, accepted, refused, replaced by newer tariffs, not delivered."""

    A_ENVOYER = "a_envoyer"
    ENVOYE = "envoye"
    SIGNE = "signe"
    REFUSE = "refuse"
    REMPLACE = "remplace"
    ECHOUE = "echoue"


SANS_REPONSE = frozenset({EtatAccord.A_ENVOYER, EtatAccord.ENVOYE, EtatAccord.ECHOUE})
REPONSES = {
    EtatAccord.SIGNE: "tarifs acceptés",
    EtatAccord.REFUSE: "tarifs refusés",
    EtatAccord.REMPLACE: "remplacés par des tarifs plus récents",
}


def verifier_sans_reponse(etat: EtatAccord, numero: str) -> None:
    """Refuses a second answer."""
    if etat not in SANS_REPONSE:
        raise AccordDejaRepondu(numero=numero, reponse=REPONSES[etat])


def verifier_delai(valable_jusqu_au: date, jour: date) -> None:
    """Refuses an answer to tariffs that are no longer offered."""
    if jour > valable_jusqu_au:
        raise AccordExpire(date=f"{valable_jusqu_au:%d/%m/%Y}")


def jeton(secret: str, accord_id: UUID) -> str:
    """The opaque word of the mailed link: the same at each attempt to send, impossible to guess without the secret."""
    empreinte = hmac.new(secret.encode(), b"accord-tarifaire:" + accord_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(empreinte[:24]).decode()


def empreinte(jeton_recu: str) -> str:
    """What the database keeps of the link: a copy of the database opens nothing."""
    return hashlib.sha256(jeton_recu.encode()).hexdigest()
