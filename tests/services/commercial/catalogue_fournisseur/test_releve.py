"""Catalogues fetched every night by key, from a folder or an HTTPS address; what changed is told."""

import asyncio
import ipaddress
import os
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.commercial.periodique import taches_periodiques
from shared.contracts.commercial import ImportCatalogueDemande
from shared.database.database import Database
from shared.kernel.clock import FrozenClock, SystemClock
from shared.settings import Mode, Settings
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

COLONNES = {"reference": "Code", "designation": "Nom", "prix_achat_ht": "Prix"}
HIER, CE_SOIR = (
    "Code;Nom;Prix\nA;Prise;10\nB;Câble;20\nC;Baie;300\n",
    "Code;Nom;Prix\nA;Prise;12,50\nB;Câble;15\nD;Switch;90\n",
)
NOM = "distributeur.example"
NUIT = datetime(2026, 3, 18, 3, 0, tzinfo=UTC)


@dataclass
class Distributeur:
    """A supplier's HTTPS server: what it answers to each path."""

    port: int = 0
    pages: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    hotes: list[str] = field(default_factory=list)
    noms: list[str | None] = field(default_factory=list)

    def nommer(self, _prise: ssl.SSLObject, nom: str | None, _contexte: ssl.SSLContext) -> None:
        """The name the client wants the certificate of."""
        self.noms.append(nom)

    def adresse(self, chemin: str) -> str:
        return f"https://127.0.0.1:{self.port}{chemin}"

    async def servir(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        demande = (await reader.readuntil(b"\r\n\r\n")).decode().split()
        self.hotes.append(demande[demande.index("Host:") + 1] if "Host:" in demande else "")
        statut, entete, corps = self.pages.get(demande[1], ("404 Not Found", "", b""))
        tete = f"HTTP/1.1 {statut}\r\ncontent-length: {len(corps)}\r\nconnection: close\r\n{entete}\r\n"
        writer.write(tete.encode() + corps)
        await writer.drain()
        writer.close()


def certifier(dossier: Path) -> tuple[Path, Path]:
    """A key and a certificate of 127.0.0.1 for an hour."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "distributeur")])
    maintenant = SystemClock().now()
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(1)
        .not_valid_before(maintenant - timedelta(hours=1))
        .not_valid_after(maintenant + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName(NOM)]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(cle, hashes.SHA256())
    )
    chemins = dossier / "cle.pem", dossier / "certificat.pem"
    pem, brut = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    chemins[0].write_bytes(cle.private_bytes(pem, brut, serialization.NoEncryption()))
    chemins[1].write_bytes(certificat.public_bytes(pem))
    return chemins


@pytest.fixture
async def distributeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Distributeur]:
    """A real HTTPS server whose certificate this machine trusts."""
    cle, certificat = certifier(tmp_path)
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(certificat))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificat, cle)
    ouvert = Distributeur()
    tls.sni_callback = ouvert.nommer
    serveur = await asyncio.start_server(ouvert.servir, "127.0.0.1", 0, ssl=tls)
    ouvert.port = serveur.sockets[0].getsockname()[1]
    async with serveur:
        yield ouvert


@pytest.fixture
def ouvert_au_local() -> bool:
    """Whether addresses of this machine are allowed; a test says no by its parameter."""
    return True


@pytest.fixture
def test_settings(postgres_url: str, tmp_path: Path, ouvert_au_local: bool) -> Settings:
    depots = tmp_path / "depots"
    (depots / "alpha").mkdir(parents=True)
    return Settings(
        mode=Mode.EMBEDDED,
        database_url=postgres_url,
        storage_folder=tmp_path / "fichiers",
        catalogues_folder=depots,
        catalogues_private=ouvert_au_local,
    )


async def profil(client: httpx.AsyncClient, source: str, statut: int = 204) -> Any:
    corps = {"colonnes": COLONNES, "source": source}
    reponse = await client.put(f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil", json=corps)
    assert reponse.status_code == statut, reponse.text
    return reponse.json() if reponse.content else None


async def nuit(database: Database) -> None:
    """What the hourly task asks for, then its jobs."""
    avant = len(await b.annonces(database, ImportCatalogueDemande))
    await taches_periodiques(database)
    await b.recevoir(database, *(await b.annonces(database, ImportCatalogueDemande))[avant:])


async def imports(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    lus: list[dict[str, Any]] = (await client.get("/imports-catalogue")).json()
    return lus


async def test_the_latest_file_of_the_folder_is_read_once_a_night(
    database: Database, service_client: ServiceClient, clock: FrozenClock, tmp_path: Path
) -> None:
    clock.set(NUIT)
    client = await service_client("commercial", database)
    depot = tmp_path / "depots" / "alpha"
    (depot / "tarif-1.csv").write_text(HIER)
    os.utime(depot / "tarif-1.csv", (1, 1))
    await profil(client, "alpha/tarif*.csv")
    await nuit(database)
    assert [(i["etat"], i["nb_nouvelles"], i["fichier_nom"]) for i in await imports(client)] == [
        ("fini", 3, "tarif-1.csv")
    ]
    (depot / "tarif-2.csv").write_text(CE_SOIR)
    await nuit(database)
    assert len(await imports(client)) == 1
    clock.set(NUIT + timedelta(hours=21, minutes=30))  # half past one in Paris: the supplier may still be writing
    await nuit(database)
    client = await service_client("commercial", database)
    assert len(await imports(client)) == 1
    clock.set(NUIT + timedelta(days=1))
    await nuit(database)
    dernier = (await imports(await service_client("commercial", database)))[0]
    assert [dernier[f"nb_{nom}"] for nom in ("nouvelles", "modifiees", "hausses", "baisses", "absentes")] == [
        *(1, 2, 1, 1, 1),
    ]
    assert dernier["variations"] == [
        {"reference": "A", "designation": "Prise", "avant": "10.0000", "apres": "12.5000"},
        {"reference": "B", "designation": "Câble", "avant": "20.0000", "apres": "15.0000"},
    ]


async def test_a_trial_tells_the_same_changes_and_writes_nothing(
    client: httpx.AsyncClient, database: Database, tmp_path: Path
) -> None:
    await profil(client, "alpha/tarif.csv")
    (tmp_path / "depots/alpha/tarif.csv").write_text(HIER)
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    vues = []
    for essai in ("true", "false"):
        url = f"/catalogues-fournisseur/{b.FOURNISSEUR}/fichier?nom=t.csv&essai={essai}"
        await client.put(url, content=CE_SOIR.encode(), headers={"content-type": "text/csv"})
        await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
        vues.append(
            {nom: valeur for nom, valeur in (await imports(client))[0].items() if nom.startswith(("nb_", "var"))}
        )
    assert vues[0] == vues[1]
    assert vues[0]["nb_absentes"] == 1


async def test_an_address_is_read_and_its_detours_followed(
    client: httpx.AsyncClient, database: Database, distributeur: Distributeur
) -> None:
    distributeur.pages["/tarif.csv"] = ("200 OK", "content-type: application/octet-stream\r\n", HIER.encode("cp1252"))
    distributeur.pages["/ici"] = ("302 Found", "location: /tarif.csv\r\n", b"")
    await profil(client, distributeur.adresse("/ici"))
    lance = await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    assert lance.status_code == 202, lance.text
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], fait["nb_nouvelles"], fait["fichier_nom"], fait["erreur"]) == ("fini", 3, "tarif.csv", "")


@pytest.mark.parametrize(
    ("chemin", "mot"),
    [
        ("/absent.csv", "réponse 404"),
        ("/clair", "vérifiez-la"),
        ("/page", "n’a pas de colonne"),
        ("/faux.xlsx", "contenu"),
    ],
)
async def test_what_cannot_be_read_ends_refused(
    client: httpx.AsyncClient, database: Database, distributeur: Distributeur, chemin: str, mot: str
) -> None:
    distributeur.pages["/clair"] = ("302 Found", "location: http://127.0.0.1/x.csv\r\n", b"")
    distributeur.pages["/page"] = ("200 OK", "", b"Maintenance en cours")
    distributeur.pages["/faux.xlsx"] = ("200 OK", "", b"Maintenance en cours")
    await profil(client, distributeur.adresse(chemin))
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], mot in fait["erreur"]) == ("echec", True), fait["erreur"]


@pytest.mark.parametrize("ouvert_au_local", [False])
async def test_our_own_network_is_not_read_through_us(
    client: httpx.AsyncClient, database: Database, distributeur: Distributeur
) -> None:
    distributeur.pages["/tarif.csv"] = ("200 OK", "", HIER.encode())
    await profil(client, distributeur.adresse("/tarif.csv"))
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], fait["nb_nouvelles"]) == ("echec", 0)


async def test_the_address_that_was_checked_is_the_one_connected_to(
    client: httpx.AsyncClient, database: Database, distributeur: Distributeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers a public address, then one of our network: its certificate and its Host stay those of the name."""
    reponses = iter(["127.0.0.1"])
    resoudre = asyncio.BaseEventLoop.getaddrinfo

    async def dns(self: Any, host: Any, *args: Any, **options: Any) -> Any:
        """The attacker's server of names: a second question gets another answer."""
        return await resoudre(
            self, next(reponses, "127.0.0.9") if host in (NOM, NOM.encode()) else host, *args, **options
        )

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", dns)
    distributeur.pages["/tarif.csv"] = ("200 OK", "", HIER.encode())
    await profil(client, f"https://{NOM}:{distributeur.port}/tarif.csv")
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], fait["nb_nouvelles"], fait["erreur"]) == ("fini", 3, "")
    assert (distributeur.hotes, distributeur.noms) == ([f"{NOM}:{distributeur.port}"], [NOM])


@pytest.mark.parametrize("ouvert_au_local", [False])
@pytest.mark.parametrize("adresse", ["https://[::1", "https://a.fr:99999/t.csv", f"https://{'x' * 70}.fr/", "https://"])
async def test_an_address_that_is_none_ends_refused(
    client: httpx.AsyncClient, database: Database, adresse: str
) -> None:
    await profil(client, adresse)
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], "vérifiez-la" in fait["erreur"]) == ("echec", True), fait["erreur"]


@pytest.mark.parametrize("motif", ["alpha/tarif**.csv", "alpha/[a.csv", "alpha"])
async def test_a_name_of_file_that_is_none_ends_refused(
    client: httpx.AsyncClient, database: Database, motif: str
) -> None:
    await profil(client, motif)
    await client.post(f"/catalogues-fournisseur/{b.FOURNISSEUR}/relever")
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    (fait,) = await imports(client)
    assert (fait["etat"], "Aucun fichier" in fait["erreur"]) == ("echec", True), fait["erreur"]


@pytest.mark.parametrize(
    "source", ["/etc/passwd", "../secret.csv", "alpha/../../x.csv", "http://a.fr/t.csv", "c:\\t.csv"]
)
async def test_a_source_stays_in_its_place(client: httpx.AsyncClient, source: str) -> None:
    assert (await profil(client, source, 422))["code"] == "source_incorrecte"


async def test_two_suppliers_of_one_article_are_both_offered(client: httpx.AsyncClient, database: Database) -> None:
    autre = "00000000-0000-0000-0000-0000000000f2"
    for fournisseur, prix in ((b.FOURNISSEUR, "10"), (autre, "9")):
        base = f"/catalogues-fournisseur/{fournisseur}"
        await client.put(f"{base}/profil", json={"colonnes": {**COLONNES, "ean": "EAN"}})
        contenu = f"Code;Nom;Prix;EAN\nX-{fournisseur};Prise;{prix};3250614410017\n".encode()
        await client.put(f"{base}/fichier?nom=t.csv", content=contenu, headers={"content-type": "text/csv"})
        await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    offres = (await client.get("/references-fournisseur", params={"q": "3250614410017"})).json()
    assert [(o["fournisseur_id"], o["prix_achat_ht"]) for o in offres] == [
        (autre, "9.0000"),
        (str(b.FOURNISSEUR), "10.0000"),
    ]
