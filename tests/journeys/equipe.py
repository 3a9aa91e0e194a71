"""The people of a journey: each speaks to the gateway's API with his own token and rights."""

from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from deploy.boite_locale import BoiteLocale
from shared.kernel.ids import new_id
from tests.journeys.systeme import MOT_DE_PASSE

ROLES = {
    "claire": "accueil",
    "manon": "commercial",
    "thomas": "achats",
    "sonia": "magasin",
    "karim": "atelier",
    "nadia": "planning",
    "nicolas": "technicien",
    "celine": "administratif",
    "helene": "direction",
}
SECRET = "mot-de-passe-de-test"


@dataclass
class Personne:
    """Somebody at his desk: `lire`, `creer`, `faire`, each refused loudly when the API says no."""

    nom: str
    client: httpx.AsyncClient

    async def lire(self, chemin: str, **params: Any) -> Any:
        """GET /api/..."""
        return await self._json(await self.client.get(f"/api{chemin}", params=params))

    async def creer(self, chemin: str, corps: Any = None, **entetes: str) -> Any:
        """POST /api/... with a fresh idempotency key."""
        cle = {"Idempotency-Key": str(new_id())}
        return await self._json(await self.client.post(f"/api{chemin}", json=corps or {}, headers={**cle, **entetes}))

    async def changer(self, methode: str, chemin: str, corps: Any, version: int | None = None) -> Any:
        """PUT or PATCH /api/... with the version read."""
        entetes = {} if version is None else {"If-Match": str(version)}
        return await self._json(await self.client.request(methode, f"/api{chemin}", json=corps, headers=entetes))

    async def fichier(self, chemin: str) -> bytes:
        """The bytes of a document."""
        reponse = await self.client.get(f"/api{chemin}")
        assert reponse.status_code == 200, f"{self.nom} GET {chemin}: {reponse.status_code} {reponse.text[:500]}"
        return reponse.content

    async def _json(self, reponse: httpx.Response) -> Any:
        demande = reponse.request
        assert reponse.status_code < 400, (
            f"{self.nom} {demande.method} {demande.url.path}: {reponse.status_code} {reponse.text[:800]}"
        )
        return reponse.json() if reponse.content else None


class Adresse(Protocol):
    """Where a company answers: a system of processes, or one in this process."""

    @property
    def boite(self) -> BoiteLocale:
        """The mailbox that shows what was sent."""

    def client(self, jeton: str = "") -> httpx.AsyncClient:
        """An HTTP client, authenticated when a token is given."""


class Equipe:
    """Everybody, by first name."""

    def __init__(self, systeme: Adresse) -> None:
        self.systeme = systeme
        self._gens: dict[str, Personne] = {}

    def __getattr__(self, nom: str) -> Personne:
        try:
            return self._gens[nom]
        except KeyError:
            raise AttributeError(nom) from None

    async def embaucher(self) -> dict[str, Any]:
        """Company with two agencies, one account per role; returns the company."""
        admin = self._gens["admin"] = await self.entrer("admin", MOT_DE_PASSE)
        societe = await admin.changer("PUT", "/contacts/societe", SOCIETE)
        annecy = next(a["id"] for a in societe["agences"] if a["code"] == "ANN")
        for identifiant, role in ROLES.items():
            collaborateur = await admin.creer(
                "/contacts/collaborateurs",
                {
                    "nom": "Test",
                    "prenom": identifiant.title(),
                    "email": f"{identifiant}@amanela.example",
                    "agence_id": annecy,
                },
            )
            compte = {
                "identifiant": identifiant,
                "nom": identifiant.title(),
                "roles": [role],
                "mot_de_passe": SECRET,
                "collaborateur_id": collaborateur["id"],
                "agence_id": annecy,
            }
            await admin.creer("/comptes", compte)
            self._gens[identifiant] = await self.entrer(identifiant, SECRET)
        return dict(societe)

    async def page(self, identifiant: str, chemin: str) -> str:
        """A page as somebody sees it in a browser, signed in for the occasion."""
        async with self.systeme.client() as navigateur:
            entree = {"identifiant": identifiant, "mot_de_passe": SECRET}
            assert (await navigateur.post("/connexion", data=entree)).status_code in (204, 303)
            reponse = await navigateur.get(chemin, headers={"accept": "text/html"})
        assert reponse.status_code == 200, reponse.text[:800]
        return reponse.text

    async def partir(self) -> None:
        """Close every connection."""
        for personne in self._gens.values():
            await personne.client.aclose()

    async def entrer(self, identifiant: str, mot_de_passe: str) -> Personne:
        """Somebody signed in over the API."""
        async with self.systeme.client() as anonyme:
            corps = {"identifiant": identifiant, "mot_de_passe": mot_de_passe}
            reponse = await anonyme.post("/api/auth/jetons", json=corps)
        assert reponse.status_code == 201, reponse.text
        return Personne(identifiant, self.systeme.client(reponse.json()["jeton"]))


SOCIETE = {
    "raison_sociale": "Alpes Réseaux",
    "forme_juridique": "SAS",
    "capital": "120 000 €",
    "siren": "732829320",
    "siret": "73282932000074",
    "rcs": "Annecy",
    "naf": "4321A",
    "tva_intracom": "FR44732829320",
    "adresse": {"lignes": ["14 avenue de la Mandallaz"], "code_postal": "74000", "ville": "Annecy"},
    "telephone": "04 50 51 00 00",
    "email": "contact@alpes-reseaux.example",
    "iban": "FR7630006000011234567890189",
    "agences": [{"code": "ANN", "nom": "Annecy"}, {"code": "GRE", "nom": "Grenoble"}],
}
