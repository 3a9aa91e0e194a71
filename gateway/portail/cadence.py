"""How often one address may knock at the public pages: enough for an office, too little to guess a link."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from fastapi import Request

from gateway.errors import TropSouvent
from shared.kernel.clock import Clock

FENETRE = timedelta(minutes=10)
LECTURES, REPONSES, INCONNUS = 200, 30, 20
ADRESSES_MAX = 10_000


class Cadence:
    """Counts by address over the last ten minutes, in this process; the oldest address is forgotten first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._vus: OrderedDict[str, deque[datetime]] = OrderedDict()

    def verifier(self, cle: str, maximum: int) -> None:
        """TropSouvent when `cle` was already counted `maximum` times."""
        vus = self._vus.get(cle)
        while vus and vus[0] <= self._clock.now() - FENETRE:
            vus.popleft()
        if vus and len(vus) >= maximum:
            raise TropSouvent

    def compter(self, cle: str) -> None:
        """One more."""
        self._vus.setdefault(cle, deque()).append(self._clock.now())
        self._vus.move_to_end(cle)
        if len(self._vus) > ADRESSES_MAX:
            self._vus.popitem(last=False)


async def mesurer(request: Request) -> None:
    """A dependency of public routes: reads and answers are counted apart, and unknown links more severely."""
    cadence: Cadence = request.app.state.cadence
    adresse = request.client.host if request.client else ""
    genre, maximum = ("lecture", LECTURES) if request.method == "GET" else ("reponse", REPONSES)
    cadence.verifier(f"inconnu {adresse}", INCONNUS)
    cadence.verifier(f"{genre} {adresse}", maximum)
    cadence.compter(f"{genre} {adresse}")


def compter_inconnu(request: Request) -> None:
    """A link that opens nothing was tried."""
    adresse = request.client.host if request.client else ""
    request.app.state.cadence.compter(f"inconnu {adresse}")
