"""An agenda written as iCalendar (RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event

from services.demandes.intervention.rules import EtatIntervention

PRODUIT = "-//Amanela//Planning//FR"
RELECTURE = timedelta(hours=1)
STATUTS = {EtatIntervention.ANNULEE: "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Rendez:
    """An intervention as an agenda shows it."""

    id: UUID
    version: int
    debut: datetime
    fin: datetime
    modifie_le: datetime
    etat: EtatIntervention
    titre: str
    lieu: str
    texte: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Conge:
    """Days off, `au` included."""

    id: UUID
    du: date
    au: date
    titre: str
    modifie_le: datetime


def empreinte(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def calendrier(nom: str, rendez_vous: Iterable[Rendez], conges: Iterable[Conge]) -> bytes:
    """The whole agenda. Instants are in UTC, which every program reads without a table of time zones."""
    calendrier = Calendar()
    calendrier.add("prodid", PRODUIT)
    calendrier.add("version", "2.0")
    calendrier.add("method", "PUBLISH")
    calendrier.add("x-wr-calname", nom)
    calendrier.add("refresh-interval", RELECTURE, parameters={"value": "DURATION"})
    for rendez in rendez_vous:
        calendrier.add_component(_evenement(rendez))
    for conge in conges:
        calendrier.add_component(_journees(conge))
    texte: bytes = calendrier.to_ical()
    return texte


def _evenement(rendez: Rendez) -> Event:
    evenement = Event()
    evenement.add("uid", f"{rendez.id}@amanela")
    evenement.add("dtstamp", rendez.modifie_le)
    evenement.add("last-modified", rendez.modifie_le)
    evenement.add("sequence", rendez.version)
    evenement.add("dtstart", rendez.debut)
    evenement.add("dtend", rendez.fin)
    evenement.add("summary", rendez.titre)
    evenement.add("location", rendez.lieu)
    evenement.add("description", rendez.texte)
    evenement.add("url", rendez.adresse)
    evenement.add("status", STATUTS.get(rendez.etat, "CONFIRMED"))
    return evenement


def _journees(conge: Conge) -> Event:
    evenement = Event()
    evenement.add("uid", f"{conge.id}@amanela")
    evenement.add("dtstamp", conge.modifie_le)
    evenement.add("dtstart", conge.du)
    evenement.add("dtend", conge.au + timedelta(days=1))  # RFC 5545: the end of a day is the next one
    evenement.add("summary", conge.titre)
    evenement.add("transp", "OPAQUE")
    return evenement
