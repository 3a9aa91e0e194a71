"""The embedded product in a process of its own, with its company and its staff, for a real browser."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from deploy import frontend
from shared.kernel.ids import new_id
from shared.testing.rabbit import free_port
from tests.journeys.equipe import ROLES, SECRET, SOCIETE

ADMIN = "parcours-navigateur"
PRET_EN = 300.0  # several products may be starting on the machine
T = TypeVar("T")


@dataclass
class Produit:
    """A running product: its address, and its API in anybody's name."""

    adresse: str
    journal: Path
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    def api(self, qui: str, methode: str, chemin: str, corps: Any = None, **params: Any) -> Any:
        """What the API answers, refused loudly."""
        entetes = {} if methode == "GET" else {"Idempotency-Key": str(new_id())}
        reponse = self._client(qui).request(methode, f"/api{chemin}", json=corps, params=params, headers=entetes)
        if reponse.status_code >= 400:
            fin = self.journal.read_text(errors="replace")[-2000:] if reponse.status_code >= 500 else ""
            raise AssertionError(f"{qui} {methode} {chemin}: {reponse.status_code} {reponse.text[:500]}\n{fin}")
        return reponse.json() if reponse.content else None

    def lire(self, qui: str, chemin: str, **params: Any) -> Any:
        """GET."""
        return self.api(qui, "GET", chemin, **params)

    def creer(self, qui: str, chemin: str, corps: Any = None) -> Any:
        """POST."""
        return self.api(qui, "POST", chemin, corps or {})

    def deposer(self, qui: str, chemin: str, nom: str, octets: bytes) -> None:
        """A file attached: PUT of its bytes."""
        entetes = {"content-type": "application/pdf"}
        reponse = self._client(qui).put(f"/api{chemin}", params={"nom": nom}, content=octets, headers=entetes)
        assert reponse.status_code == 200, reponse.text

    def embaucher(self) -> None:
        """The company, and one account per role."""
        societe = self.api("admin", "PUT", "/contacts/societe", SOCIETE)
        agence = societe["agences"][0]["id"]
        for prenom, role in ROLES.items():
            personne = {
                "nom": "Test",
                "prenom": prenom.title(),
                "email": f"{prenom}@amanela.example",
                "agence_id": agence,
            }
            collaborateur = self.creer("admin", "/contacts/collaborateurs", personne)
            compte = {
                "identifiant": prenom,
                "nom": prenom.title(),
                "roles": [role],
                "mot_de_passe": SECRET,
                "collaborateur_id": collaborateur["id"],
                "agence_id": agence,
            }
            self.creer("admin", "/comptes", compte)

    def fermer(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()

    def _client(self, qui: str) -> httpx.Client:
        if qui not in self._clients:
            corps = {"identifiant": qui, "mot_de_passe": secret_de(qui)}
            jeton = httpx.post(f"{self.adresse}/api/auth/jetons", json=corps, timeout=30).json()["jeton"]
            entetes = {"Authorization": f"Bearer {jeton}"}
            self._clients[qui] = httpx.Client(base_url=self.adresse, headers=entetes, timeout=30)
        return self._clients[qui]


def secret_de(qui: str) -> str:
    """The password of somebody."""
    return ADMIN if qui == "admin" else SECRET


def bientot(verifier: Callable[[], T], delai: float = 60.0) -> T:
    """What `verifier` gives once it neither fails nor is false; effects cross services in the meantime."""
    fin = time.monotonic() + delai
    while True:
        with suppress(AssertionError, ValueError):
            if trouve := verifier():
                return trouve
        if time.monotonic() > fin:
            dernier = verifier()
            assert dernier, "never became true"
            return dernier
        time.sleep(0.05)


@contextmanager
def demarrer(dossier: Path) -> Iterator[Produit]:
    """`amanela demo --empty`, stopped at the end."""
    frontend.build()
    port = str(free_port())
    arguments = ("demo", "--empty", "--no-front", "--folder", str(dossier / "donnees"), "--port", port)
    journal = dossier / "journal"
    variables = {"MODE": "embedded", "ADMIN_PASSWORD": ADMIN, "WEBHOOKS_PRIVATE": "true"}
    environnement = os.environ | {f"AMANELA_{nom}": valeur for nom, valeur in variables.items()}
    environnement["PYTHONUNBUFFERED"] = "1"
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-m", "deploy.cli", *arguments], env=environnement, stdout=sortie, stderr=sortie
        )
    produit = Produit(f"http://127.0.0.1:{port}", journal)
    try:
        _attendre(processus, journal)
        produit.embaucher()
        yield produit
    finally:
        produit.fermer()
        processus.terminate()
        try:
            processus.wait(30)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait()


def _attendre(processus: subprocess.Popen[bytes], journal: Path) -> None:
    fin = time.monotonic() + PRET_EN
    while "Amanela est prête" not in journal.read_text():
        if processus.poll() is not None or time.monotonic() > fin:
            raise RuntimeError(f"the product did not start:\n{journal.read_text()}")
        time.sleep(0.1)
