"""The services, spoken to in somebody's name: JSON in, JSON out, refusals raised, absences told."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from gateway.clients.portes import Corps, Porte, PorteFermee, Reponse
from gateway.errors import Refus, ServiceAbsent, ServiceInconnu
from shared.kernel.actor import Actor
from shared.web.auth import Jetons

LIBELLES = {
    "contacts": "Carnet d’adresses",
    "demandes": "Demandes",
    "commercial": "Devis",
    "purchasing": "Achats",
    "inventory": "Atelier et stock",
    "billing": "Facturation",
    "maintenance": "Parc et contrats",
}
PANNEAU_AU_PLUS = 3.0  # seconds: a frozen service must not hold the pages of the others


@dataclass(frozen=True, slots=True)
class Indisponible:
    """What a panel gets instead of data when its service is stopped or refuses."""

    service: str
    message: str

    @property
    def libelle(self) -> str:
        """The name of the service as staff say it."""
        return LIBELLES.get(self.service, self.service)

    def __bool__(self) -> bool:
        return False


class Services:
    """Bound to an actor by `pour(actor)`."""

    def __init__(self, portes: Mapping[str, Porte], jetons: Jetons, jeton: str = "") -> None:
        self._portes = portes
        self._jetons = jetons
        self._jeton = jeton

    def pour(self, actor: Actor) -> "Services":
        """The services as `actor` may use them, for one request."""
        return Services(self._portes, self._jetons, self._jetons.signer(actor))

    async def transmettre(
        self,
        service: str,
        methode: str,
        chemin: str,
        *,
        requete: str = "",
        entetes: Mapping[str, str],
        corps: Corps = b"",
    ) -> Reponse:
        """Forward a request as it is, with our token; ServiceAbsent when the service does not answer."""
        porte = self._portes.get(service)
        if porte is None:
            raise ServiceInconnu(service=service)
        tous = {**entetes, "authorization": f"Bearer {self._jeton}"}
        try:
            return await porte.appeler(methode, chemin, requete=requete, entetes=tous, corps=corps)
        except PorteFermee as error:
            raise ServiceAbsent(libelle=LIBELLES.get(service, service)) from error

    async def appeler(
        self,
        methode: str,
        service: str,
        chemin: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        version: int | None = None,
        cle: str | None = None,
    ) -> Any:
        """The JSON answer of a service; raises Refus with its problem, or ServiceAbsent.

        `version` goes as If-Match, `cle` as Idempotency-Key; empty `params` are left out.
        """
        entetes = {"content-type": "application/json", "accept": "application/json"}
        if version is not None:
            entetes["if-match"] = str(version)
        if cle:
            entetes["idempotency-key"] = cle
        utiles = {k: v for k, v in (params or {}).items() if v is not None and v != ""}
        reponse = await self.transmettre(
            service,
            methode,
            chemin,
            requete=urlencode(utiles, doseq=True),
            entetes=entetes,
            corps=b"" if json is None else orjson.dumps(json, default=str),
        )
        if reponse.statut >= 400:
            raise Refus(reponse.statut, _probleme(reponse))
        return orjson.loads(reponse.corps) if reponse.corps else None

    async def get(self, service: str, chemin: str, params: Mapping[str, Any] | None = None) -> Any:
        """Read."""
        return await self.appeler("GET", service, chemin, params=params)

    async def post(self, service: str, chemin: str, json: Any = None, **options: Any) -> Any:
        """Create, or act; pass `cle` so that a repeated click is done once."""
        return await self.appeler("POST", service, chemin, json=json, **options)

    async def put(self, service: str, chemin: str, json: Any = None, **options: Any) -> Any:
        """Replace; pass `version`."""
        return await self.appeler("PUT", service, chemin, json=json, **options)

    async def patch(self, service: str, chemin: str, json: Any = None, **options: Any) -> Any:
        """Change a part; pass `version`."""
        return await self.appeler("PATCH", service, chemin, json=json, **options)

    async def delete(self, service: str, chemin: str, **options: Any) -> Any:
        """Remove a line of something still open."""
        return await self.appeler("DELETE", service, chemin, **options)

    async def fichier(self, service: str, chemin: str, params: Mapping[str, Any] | None = None) -> Reponse:
        """A file as the service serves it (PDF, image); raises like `appeler`."""
        requete = urlencode(params or {}, doseq=True)
        reponse = await self.transmettre(service, "GET", chemin, requete=requete, entetes={})
        if reponse.statut >= 400:
            raise Refus(reponse.statut, _probleme(reponse))
        return reponse

    async def deposer(self, service: str, chemin: str, nom: str, type: str, contenu: Corps, **params: str) -> Any:
        """Send a file under its name, whole or piece by piece; the JSON answer. Raises like `appeler`."""
        entetes = {"content-type": type or "application/octet-stream"}
        requete = urlencode({"nom": nom, **params})
        reponse = await self.transmettre(service, "PUT", chemin, requete=requete, entetes=entetes, corps=contenu)
        if reponse.statut >= 400:
            raise Refus(reponse.statut, _probleme(reponse))
        return orjson.loads(reponse.corps) if reponse.corps else None

    async def panneau(self, service: str, chemin: str, params: Mapping[str, Any] | None = None) -> Any:
        """Like `get`, but a stopped, frozen or refusing service gives Indisponible: only its panel suffers."""
        try:
            async with asyncio.timeout(PANNEAU_AU_PLUS):
                return await self.get(service, chemin, params)
        except (ServiceAbsent, Refus) as refus:
            return Indisponible(service, refus.detail)
        except TimeoutError:
            return Indisponible(service, ServiceAbsent(libelle=LIBELLES.get(service, service)).detail)

    async def panneaux(self, *demandes: tuple[str, str] | tuple[str, str, Mapping[str, Any]]) -> list[Any]:
        """Several panels read in parallel, in the order given."""
        return list(await asyncio.gather(*(self.panneau(*demande) for demande in demandes)))


def _probleme(reponse: Reponse) -> dict[str, Any]:
    try:
        corps: dict[str, Any] = orjson.loads(reponse.corps)
    except orjson.JSONDecodeError:
        corps = {"detail": "Le service a répondu d’une façon inattendue.", "code": "reponse_illisible"}
    return corps
