"""What pages read of the followers."""

from pydantic import BaseModel


class VueAbonnement(BaseModel):
    """Whether I follow it, and who does."""

    est_suivie: bool
    abonnes: list[str]
