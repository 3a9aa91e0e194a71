"""What the API gives about the load, in half-days."""

from datetime import date

from pydantic import BaseModel

from services.demandes.intervention.schemas import EquipePlanning, Personne


class ChargePersonne(Personne):
    """What somebody can do, and has to do, in each week."""

    capacite: list[float]
    planifie: list[float]


class Attente(BaseModel):
    """The demandes that wait for a date; `demi_journees`: of those whose length is known, times their people."""

    nombre: int
    demi_journees: float
    sans_duree: int


class PlanDeCharge(BaseModel):
    """Weeks by their Monday; who goes to clients; the teams; what waits."""

    semaines: list[date]
    personnes: list[ChargePersonne]
    equipes: list[EquipePlanning]
    attente: Attente
