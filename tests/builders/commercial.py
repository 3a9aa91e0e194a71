"""Facts and objects of commercial with defaults: `un_produit()`, `un_devis(client, ...)`, `recevoir(database, ...)`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from services.commercial.subscriptions import subscriptions
from shared.contracts.base import FACTS, Envelope, Fact
from shared.contracts.contacts import Adresse, CollaborateurModifie, FicheTiers, SocieteModifiee, TiersCree
from shared.contracts.demandes import DemandeCreee
from shared.contracts.inventory import ProduitModifie, ReferenceFournisseur
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

HIER = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
TIERS, DEMANDE, COMMERCIAL, FOURNISSEUR = (UUID(int=i) for i in (0xA1, 0xD1, 0xC1, 0xF1))
_seq = count(1)


def enveloppe(fait: Fact, *, seq: int | None = None) -> Envelope:
    """A fact as the bus carries it."""
    return Envelope(
        id=new_id(),
        seq=next(_seq) if seq is None else seq,
        type=fait.type,
        key=fait.key,
        acteur_nom="Camille Test",
        occurred_at=HIER,
        payload=fait.model_dump(mode="json"),
    )


async def recevoir(database: Database, *faits: Fact | Envelope) -> None:
    """Deliver facts to the subscriptions of commercial, jobs included, as the bus does."""
    for fait in faits:
        envelope = fait if isinstance(fait, Envelope) else enveloppe(fait)
        for subscription in subscriptions:
            if envelope.type not in subscription.types:
                continue
            if subscription.is_job:
                await subscription.handle(database, envelope.fact)
                continue
            async with database.transaction(Actor.systeme("Bus"), envelope=envelope) as tx:
                await subscription.handle(tx, envelope.fact)


async def vieillir(database: Database, table: str, champ: str) -> None:
    """What these rows say happened is a day older."""
    async with database.transaction(Actor.systeme("Temps")) as tx:
        await tx.execute(text(f"UPDATE {table} SET {champ} = {champ} - interval '25 hours'"))


async def annonces(database: Database, *types: type[Fact]) -> list[Any]:
    """The facts announced so far, in order; only those of `types` when some are named."""
    async with database.read() as session:
        lignes = await session.execute(text("SELECT type, payload::text FROM outbox ORDER BY seq"))
        return [
            FACTS[type_].model_validate_json(payload) for type_, payload in lignes if not types or FACTS[type_] in types
        ]


def un_tiers(**fiche: Any) -> TiersCree:
    """A client with an address and a mail."""
    valeurs = {
        "code": "C00001",
        "nom": "Cabinet dentaire Martin-Lefèvre",
        "roles": ("client",),
        "siren": "732829320",
        "email": "cabinet@example.fr",
        "adresse": Adresse(lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy"),
    }
    return TiersCree(tiers_id=fiche.pop("tiers_id", TIERS), fiche=FicheTiers.model_validate(valeurs | fiche))


def une_societe(**champs: Any) -> SocieteModifiee:
    """The company."""
    valeurs = {
        "societe_id": UUID(int=0x50),
        "raison_sociale": "Alpes Réseaux",
        "forme_juridique": "SAS",
        "capital": "120 000 €",
        "siren": "732829320",
        "siret": "73282932000074",
        "rcs": "Annecy",
        "naf": "4321A",
        "tva_intracom": "FR44732829320",
        "adresse": Adresse(lignes=("14 avenue de la Mandallaz",), code_postal="74000", ville="Annecy"),
        "telephone": "0450510000",
        "email": "contact@alpes.example",
    }
    return SocieteModifiee.model_validate(valeurs | champs)


def une_demande(**champs: Any) -> DemandeCreee:
    """A demande commerciale of the client."""
    valeurs = {
        "demande_id": DEMANDE,
        "numero": "D-2214",
        "type_code": "commerciale",
        "etat_code": "devis_a_realiser",
        "etat_libelle": "Devis à réaliser",
        "tiers_id": TIERS,
        "tiers_nom": "Cabinet dentaire Martin-Lefèvre",
        "objet": "Rénovation vidéo et Wi-Fi",
        "responsable_id": COMMERCIAL,
    }
    return DemandeCreee.model_validate(valeurs | champs)


def un_produit(reference: str = "DS-7616NXI-K2", designation: str = "NVR 16 voies 4K", **champs: Any) -> ProduitModifie:
    """A product of the catalogue."""
    valeurs = {
        "produit_id": new_id(),
        "reference": reference,
        "designation": designation,
        "prix_achat_ht": Decimal(398),
        "fournisseurs": (ReferenceFournisseur(fournisseur_id=FOURNISSEUR, reference=f"F-{reference}"),),
    }
    return ProduitModifie.model_validate(valeurs | champs)


def un_commercial() -> CollaborateurModifie:
    """Who is in charge."""
    return CollaborateurModifie(
        collaborateur_id=COMMERCIAL, nom="Leclerc", prenom="Manon", email="manon@alpes.example", fonction="Commerciale"
    )


async def monde(database: Database, *autres: Fact) -> None:
    """The company, a client, a commercial, a demande, and what else is given."""
    await recevoir(database, une_societe(), un_tiers(), un_commercial(), une_demande(), *autres)


def une_ligne(**champs: Any) -> dict[str, Any]:
    """A line as the API takes it: 1 × 100 € + 50 % = 150 € HT at 20 %."""
    return {"designation": "Enregistreur NVR", "cout_ht": "100", "marge": "50", "taux_tva": "20", **champs}


async def une_etude(client: httpx.AsyncClient, demande_id: UUID = DEMANDE) -> dict[str, Any]:
    """An etude with its first proposition."""
    reponse = await client.post("/etudes", json={"demande_id": str(demande_id)})
    assert reponse.status_code == 201, reponse.text
    return dict(reponse.json())


async def un_devis(client: httpx.AsyncClient, lignes: Iterable[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A draft with lines (one by default), as `GET /propositions/{id}` gives it."""
    etude = await une_etude(client)
    adresse = f"/propositions/{etude['propositions'][0]['id']}"
    lignes = [une_ligne()] if lignes is None else list(lignes)
    reponse = await client.put(f"{adresse}/lignes", json={"lignes": lignes})
    assert reponse.status_code == 200, reponse.text
    return dict((await client.get(adresse)).json())


async def envoyer(client: httpx.AsyncClient, database: Database, proposition_id: str) -> dict[str, Any]:
    """Ask for the mail and let the job do it; the sending afterwards."""
    from shared.contracts.commercial import EnvoiDevisDemande

    saisie = {"destinataires": ["cabinet@example.fr"], "sujet": "Votre devis", "message": "Bonjour,\n\nVoici."}
    reponse = await client.post(f"/propositions/{proposition_id}/envoyer", json=saisie)
    assert reponse.status_code == 202, reponse.text
    await recevoir(database, (await annonces(database, EnvoiDevisDemande))[-1])
    return dict((await client.get(f"/propositions/{proposition_id}/envois")).json()[0])
