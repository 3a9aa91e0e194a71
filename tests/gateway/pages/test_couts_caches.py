"""Costs are hidden from who may not see them: every page, list, document, export and address of the API is read, and
a purchase price that is like no other number is looked for. Who may see it finds it, so the search is not blind.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from pypdf import PdfReader

from gateway.compte.droits import DROITS
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from shared.testing.texte import simple
from tests.gateway.pages.entreprise import Entreprise, ouvrir_entreprise
from tests.journeys import etapes as vente
from tests.journeys.equipe import SECRET, Equipe

PRIX = "6543.21"
# catalogue, negotiated (two suppliers), landed with its share of carriage, each alone and by two
COUTS = re.compile(
    r"\b(65(43|41|49)[.,]21|6 5(43|41|49)[.,]21|13 ?0(86|82|98)[.,]42|65[45]\d[.,]\d\d|6 5[45]\d[.,]\d\d)"
)
SANS_COUTS = ("claire", "sonia", "karim", "nadia", "nicolas", "victor")
PAGES_MAX, PAR_ADRESSE = 260, 4
EVITES = re.compile(r"^/(deconnexion|static|live|api/openapi)|/telecharger$")
DEPARTS = (
    "/moi",
    "/demandes",
    "/atelier/objets",
    "/atelier/stock",
    "/atelier",
    "/catalogue",
    "/devis",
    "/parc",
    "/contacts",
)
PORTAIL = ("portail", "signature", "jeton")
Json = Any


@dataclass
class Lecteur:
    """Somebody who opens everything, and notes where a cost shows."""

    http: Any
    vus: dict[str, list[str]] = field(default_factory=dict)
    connus: dict[str, set[str]] = field(default_factory=dict)
    lus: int = 0

    async def ouvrir(self, url: str, accepte: str = "text/html") -> str:
        """The text of an answer, whatever its form."""
        reponse = await self.http.get(url, headers={"accept": accepte})
        assert reponse.status_code < 500, f"{url}: {reponse.status_code} {reponse.text[:500]}"
        if reponse.status_code != 200:
            return ""
        self.lus += 1
        texte = simple(_texte(reponse.content, reponse.headers.get("content-type", "")))
        trouves = [m[0] for m in COUTS.finditer(texte)]
        if trouves:
            self.vus[url] = trouves[:3]
        return texte

    async def parcourir(self) -> None:
        """Every page one click after another, from the entry page."""
        file, connues, formes = deque(DEPARTS), set[str](), dict[str, int]()
        while file and self.lus < PAGES_MAX:
            url = file.popleft()
            forme = re.sub(r"[0-9a-f-]{36}|\d+", "#", url.partition("?")[0])
            formes[forme] = formes.get(forme, 0) + 1
            if formes[forme] > PAR_ADRESSE:
                continue
            page = await self.ouvrir(url)
            for lien in re.findall(r'(?:href|data-url|hx-get|data-dialogue-url)="(/[^"#]*)"', page):
                propre = lien.replace("&amp;", "&")
                if propre not in connues and not EVITES.search(propre):
                    connues.add(propre)
                    file.append(propre)

    async def interroger(self) -> None:
        """Every GET of the API: lists first, then each record their answers name."""
        chemins = [
            c
            for c, v in (await self.http.get("/api/openapi.json")).json()["paths"].items()
            if "get" in v and not any(mot in c for mot in PORTAIL)
        ]
        chemins.sort(key=lambda c: c.count("{"))
        for _ in range(2):
            for chemin in chemins:
                for url in self._adresses(chemin):
                    if url not in self.vus:
                        self._retenir(chemin, await self.ouvrir(url, "*/*"))

    def _adresses(self, chemin: str) -> Iterator[str]:
        params = re.findall(r"\{(\w+)\}", chemin)
        if not params:
            yield chemin
        elif len(params) == 1:
            for valeur in sorted(self.connus.get(params[0], ()))[:PAR_ADRESSE]:
                yield chemin.replace("{" + params[0] + "}", valeur)

    def _retenir(self, chemin: str, texte: str) -> None:
        """The ids an answer names, by the name their parameter has."""
        for nom, valeur in re.findall(r'"(\w+_id|code|jeton)":"([^"]+)"', texte):
            self.connus.setdefault(nom, set()).add(valeur)
        racine = chemin.rstrip("/").rpartition("/")[2].replace("-", "_")
        for singulier in (racine.rstrip("sx"), racine.split("_")[0].rstrip("sx")):
            for valeur in re.findall(r'"id":"([0-9a-f-]{36})"', texte):
                self.connus.setdefault(f"{singulier}_id", set()).add(valeur)


def _texte(contenu: bytes, genre: str) -> str:
    if "pdf" in genre:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(contenu)).pages)
    if "spreadsheet" in genre:
        archive = zipfile.ZipFile(io.BytesIO(contenu))
        return " ".join(archive.read(nom).decode(errors="ignore") for nom in archive.namelist())
    return contenu.decode(errors="ignore")


@pytest.fixture(scope="module")
async def entreprise(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Entreprise]:
    """A sale from the first call to the installation, whose camera is bought at a price like no other."""
    async with ouvrir_entreprise(databases, tmp_path_factory.mktemp("couts")) as ouverte:
        gens = ouverte.gens
        produits = await vente.catalogue(gens, camera_ht=PRIX)
        demande = await vente.ouvrir(gens, "Vidéosurveillance")
        proposition = await vente.devis(gens, demande, produits, cout_ht=PRIX, prix_fixe_ht="162.40")
        await gens.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
        await vente.acheter_et_recevoir(gens, demande["id"], produits)
        feuille_id = await vente.preparer(gens, demande["id"])
        await vente.installer(gens, demande["id"], feuille_id)
        await vente.facturer(gens, demande["id"], proposition["numero"])
        await _a_chiffrer(gens)
        yield ouverte


async def _a_chiffrer(gens: Equipe) -> None:
    """A draft with a line nobody priced, and somebody who writes devis without seeing a cost."""
    demande = await vente.ouvrir(gens, "Extension du parking")
    etude = await eventually(lambda: gens.manon.creer("/commercial/etudes", {"demande_id": demande["id"]}), 60)
    lignes = [{"designation": "Caméra de parking", "cout_ht": PRIX, "quantite": "2"}]
    chemin = f"/commercial/propositions/{etude['propositions'][0]['id']}/lignes"
    await gens.manon.changer("PUT", chemin, {"lignes": lignes})
    droits = [droit for droit in DROITS if droit.startswith(("devis.", "affaire.", "tarif.", "marge.", "demande."))]
    role = await gens.admin.creer("/roles", {"libelle": "Assistant commercial", "droits": droits})
    compte = {"identifiant": "victor", "nom": "Victor", "roles": [role["cle"]], "mot_de_passe": SECRET}
    await gens.admin.creer("/comptes", compte)


@pytest.mark.timeout(600)
async def test_qui_voit_les_couts_les_trouve(entreprise: Entreprise) -> None:
    lecteur = Lecteur((await entreprise.page("helene")).http)
    await lecteur.parcourir()
    await lecteur.interroger()
    ou = " ".join(lecteur.vus)
    for endroit in (
        "/catalogue",
        "/achats",
        "/atelier",
        "/devis",
        "/api/inventory",
        "/api/purchasing",
        "/api/commercial",
    ):
        assert endroit in ou, f"{endroit} : {sorted(lecteur.vus)}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("qui", SANS_COUTS)
async def test_qui_ne_voit_pas_les_couts_ne_les_trouve_nulle_part(entreprise: Entreprise, qui: str) -> None:
    lecteur = Lecteur((await entreprise.page(qui)).http)
    await lecteur.parcourir()
    await lecteur.interroger()
    assert lecteur.vus == {}
    assert lecteur.lus > 60, f"{qui} n’a lu que {lecteur.lus} réponses"
