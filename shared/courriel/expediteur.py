"""Sending over SMTP: one connection per message, TLS as configured, each refused address reported."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import aiosmtplib
from aiosmtplib.typing import SMTPStatus

from shared.courriel.errors import MessageRefuse, ServeurIndisponible, TousRefuses
from shared.courriel.message import Courriel, adresse_nue

PERMANENT = 500
# A wrong password is a setting to repair, not a reason to lose the mail.
PROVISOIRES = frozenset({SMTPStatus.access_denied, SMTPStatus.auth_failed})


class Tls(StrEnum):
    """How the connection is protected: none (local server only), upgraded (587) or from the start (465)."""

    AUCUN = "aucun"
    STARTTLS = "starttls"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglagesSmtp:
    """Where and how to send."""

    hote: str
    port: int
    tls: Tls = Tls.STARTTLS
    utilisateur: str = ""
    mot_de_passe: str = ""
    delai: float = 20
    certificats: str | None = None


@dataclass(frozen=True, slots=True)
class Envoi:
    """What the server answered: addresses accepted, and for each refused one its reason."""

    message_id: str
    acceptes: tuple[str, ...]
    refuses: dict[str, str]


class Expediteur(Protocol):
    """Sends a mail."""

    async def envoyer(self, courriel: Courriel) -> Envoi:
        """TousRefuses or MessageRefuse when retrying is useless, ServeurIndisponible when it is not."""
        ...


class ExpediteurSmtp:
    """An `Expediteur` speaking SMTP."""

    def __init__(self, reglages: ReglagesSmtp) -> None:
        self._reglages = reglages

    async def envoyer(self, courriel: Courriel) -> Envoi:
        """Send to every recipient; those refused are reported, the others have the message."""
        try:
            async with self._connexion() as smtp:
                refus, _ = await smtp.sendmail(
                    adresse_nue(courriel.de), list(courriel.destinataires), courriel.en_mime().as_bytes()
                )
        except aiosmtplib.SMTPRecipientsRefused as erreur:
            raise _tous_refuses(erreur) from erreur
        except aiosmtplib.SMTPResponseException as erreur:
            if erreur.code >= PERMANENT and erreur.code not in PROVISOIRES:
                raise MessageRefuse(raison=f"{erreur.code} {erreur.message}") from erreur
            raise ServeurIndisponible(str(erreur)) from erreur
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as erreur:
            raise ServeurIndisponible(str(erreur)) from erreur
        refuses = {adresse: f"{reponse.code} {reponse.message}" for adresse, reponse in refus.items()}
        acceptes = tuple(adresse for adresse in courriel.destinataires if adresse not in refuses)
        return Envoi(courriel.message_id, acceptes, refuses)

    def _connexion(self) -> aiosmtplib.SMTP:
        r = self._reglages
        return aiosmtplib.SMTP(
            hostname=r.hote,
            port=r.port,
            username=r.utilisateur or None,
            password=r.mot_de_passe or None,
            timeout=r.delai,
            use_tls=r.tls is Tls.DIRECT,
            start_tls=r.tls is Tls.STARTTLS,
            cert_bundle=r.certificats,
        )


def _tous_refuses(erreur: aiosmtplib.SMTPRecipientsRefused) -> Exception:
    """Nobody accepted: final if every answer is, else worth another attempt (grey-listing)."""
    reponses = {refus.recipient: f"{refus.code} {refus.message}" for refus in erreur.recipients}
    if all(refus.code >= PERMANENT for refus in erreur.recipients):
        return TousRefuses(adresses=", ".join(f"{adresse} ({raison})" for adresse, raison in reponses.items()))
    return ServeurIndisponible(str(reponses))
