"""Facts and objects of purchasing with defaults: `un_produit()`, `une_feuille(attendus=[...])`, `monde(...)`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import httpx
from sqlalchemy import text

from services.purchasing.subscriptions import subscriptions
from shared.contracts.base import FACTS, Envelope, Fact
from shared.contracts.commercial import BesoinPressenti, BesoinsPressentis
from shared.contracts.contacts import Adresse, Agence, FicheTiers, SocieteModifiee, TiersCree
from shared.contracts.inventory import (
    AttenduFeuille,
    EtatFeuille,
    FeuilleCreee,
    FeuilleModifiee,
    ProduitModifie,
    ReferenceFournisseur,
    StockChange,
)
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

F = TypeVar("F", bound=Fact)
HIER = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
_seq = count(1)


def enveloppe(fait: Fact, *, seq: int | None = None, le: datetime = HIER) -> Envelope:
    """A fact as the bus carries it."""
    return Envelope(
        id=new_id(),
        seq=next(_seq) if seq is None else seq,
        type=fait.type,
        key=fait.key,
        acteur_nom="Camille Test",
        occurred_at=le,
        payload=fait.model_dump(mode="json"),
    )


async def recevoir(database: Database, *faits: Fact | Envelope) -> None:
    """Deliver facts to the subscriptions of purchasing, as the bus does, each in its transaction."""
    for fait in faits:
        envelope = fait if isinstance(fait, Envelope) else enveloppe(fait)
        for subscription in subscriptions:
            if envelope.type not in subscription.types:
                continue
            if subscription.is_job:
                await subscription.handle(database, envelope.fact)
            else:
                async with database.transaction(Actor.systeme("Bus"), envelope=envelope) as tx:
                    await subscription.handle(tx, envelope.fact)


async def circuler(database: Database) -> None:
    """Deliver to purchasing its own facts, until nothing new comes out."""
    while True:
        async with database.transaction(Actor.systeme("Bus")) as tx:
            lignes = await tx.session.execute(
                text("update outbox set published_at = now() where published_at is null returning seq, type, payload")
            )
            sorties = sorted(lignes.all())
        if not sorties:
            return
        for seq, type_, payload in sorties:
            await recevoir(database, enveloppe(FACTS[type_].model_validate(payload), seq=seq))


async def faits(database: Database, type_: type[F]) -> list[F]:
    """Everything of that type announced so far, in order."""
    async with database.read() as session:
        payloads = await session.scalars(
            text("select payload from outbox where type = :type order by seq"), {"type": type_.type}
        )
        return [type_.model_validate(payload) for payload in payloads]


def un_fournisseur(nom: str = "Elektra Distribution", *, id: UUID | None = None) -> TiersCree:
    """A supplier."""
    adresse = Adresse(lignes=("3 rue de l’Industrie",), code_postal="69100", ville="Villeurbanne")
    fiche = FicheTiers(code="F00001", nom=nom, roles=("fournisseur",), telephone="+33478000000", adresse=adresse)
    return TiersCree(tiers_id=id or new_id(), fiche=fiche)


def un_produit(
    reference: str = "SW-24P",
    designation: str = "Switch 24 ports PoE",
    *,
    id: UUID | None = None,
    chez: dict[UUID, tuple[str, str]] | None = None,
    **champs: Any,
) -> ProduitModifie:
    """A product; `chez` gives the reference and price of suppliers."""
    references = tuple(
        ReferenceFournisseur(fournisseur_id=fournisseur, reference=ref, prix_ht=Decimal(prix))
        for fournisseur, (ref, prix) in (chez or {}).items()
    )
    return ProduitModifie(
        produit_id=id or new_id(),
        reference=reference,
        designation=designation,
        fournisseurs=references,
        **{"ean": None, "prix_achat_ht": Decimal("180"), **champs},
    )


def un_attendu(produit: ProduitModifie, quantite: int, *, reserve: int = 0, present: int = 0) -> AttenduFeuille:
    """A product a sheet waits for; what is neither there nor reserved is missing."""
    return AttenduFeuille(
        attendu_id=new_id(),
        colonne_id=new_id(),
        produit_id=produit.produit_id,
        reference=produit.reference,
        designation=produit.designation,
        quantite=Decimal(quantite),
        present=Decimal(present),
        reserve=Decimal(reserve),
        manquant=Decimal(quantite - reserve - present),
    )


def un_etat(attendus: Sequence[AttenduFeuille], **champs: Any) -> EtatFeuille:
    """The needs of a sheet."""
    return EtatFeuille(
        attendus=tuple(attendus),
        **{
            "numero": "FT-2026-00001",
            "proposition_id": new_id(),
            "devis_numero": "DEV-2026-00001",
            "tiers_id": new_id(),
            "tiers_nom": "Mairie de Seynod",
            "objet": "Réseau de l’hôtel de ville",
            "tout_en_stock": all(a.manquant == 0 for a in attendus),
            **champs,
        },
    )


def une_feuille(
    attendus: Sequence[AttenduFeuille], *, feuille_id: UUID | None = None, demande_id: UUID | None = None, **champs: Any
) -> FeuilleCreee:
    """A signed devis got its sheet."""
    etat = un_etat(attendus, **champs)
    return FeuilleCreee(
        feuille_id=feuille_id or new_id(),
        demande_id=demande_id or new_id(),
        tout_en_stock=etat.tout_en_stock,
        etat=etat,
    )


def une_feuille_modifiee(feuille: FeuilleCreee, attendus: Sequence[AttenduFeuille]) -> FeuilleModifiee:
    """The same sheet, later."""
    etat = feuille.etat.model_copy(update={"attendus": tuple(attendus)})
    return FeuilleModifiee(feuille_id=feuille.feuille_id, demande_id=feuille.demande_id, etat=etat)


def des_pressentis(produits: dict[UUID, int], *, proposition_id: UUID | None = None) -> BesoinsPressentis:
    """What an unsigned proposition would need."""
    return BesoinsPressentis(
        proposition_id=proposition_id or new_id(),
        demande_id=new_id(),
        numero="DEV-2026-00090",
        tiers_nom="Clinique d’Argonay",
        objet="Extension",
        produits=tuple(BesoinPressenti(produit_id=p, quantite=Decimal(q)) for p, q in produits.items()),
    )


def un_stock(produit: ProduitModifie, agence_id: UUID, nom: str, physique: int, reserve: int = 0) -> StockChange:
    """The balance of a product in an agency."""
    return StockChange(
        produit_id=produit.produit_id,
        agence_id=agence_id,
        agence_nom=nom,
        physique=Decimal(physique),
        reserve=Decimal(reserve),
        disponible=Decimal(physique - reserve),
    )


def une_societe(agences: Iterable[Agence]) -> SocieteModifiee:
    """Our own identity."""
    return SocieteModifiee(
        societe_id=new_id(),
        raison_sociale="Alpes Réseaux",
        forme_juridique="SAS",
        capital="120 000 €",
        siren="732829320",
        siret="73282932000074",
        rcs="Annecy",
        naf="4321A",
        tva_intracom="FR44732829320",
        adresse=Adresse(lignes=("14 avenue de la Mandallaz",), code_postal="74000", ville="Annecy"),
        telephone="0450510000",
        email="contact@alpes-reseaux.example",
        agences=tuple(agences),
    )


@dataclass(slots=True)
class Monde:
    """A company with two agencies, a supplier and two products, and what staff do in it over HTTP."""

    database: Database
    client: httpx.AsyncClient
    fournisseur: TiersCree = field(default_factory=un_fournisseur)
    annecy: Agence = field(default_factory=lambda: Agence(agence_id=new_id(), code="ANN", nom="Annecy"))
    grenoble: Agence = field(default_factory=lambda: Agence(agence_id=new_id(), code="GRE", nom="Grenoble"))
    switch: ProduitModifie = field(init=False)
    borne: ProduitModifie = field(init=False)

    def __post_init__(self) -> None:
        chez = self.fournisseur.tiers_id
        self.switch = un_produit(chez={chez: ("ELK-SW24", "172.50")}, ean="3760012345674")
        self.borne = un_produit(
            "AP-6E",
            "Borne Wi-Fi 6E",
            chez={chez: ("ELK-AP6", "89.90")},
            ean="3760012345681",
            politique_serie="obligatoire",
        )

    async def installer(self) -> "Monde":
        """Every copy is there."""
        societe = une_societe([self.annecy, self.grenoble])
        await recevoir(self.database, societe, self.fournisseur, self.switch, self.borne)
        return self

    async def besoins(self, **params: Any) -> dict[str, Any]:
        """GET /besoins."""
        liste: dict[str, Any] = await self.lire("/besoins", **params)
        return liste

    async def lire(self, chemin: str, **params: Any) -> Any:
        """A GET that must succeed."""
        reponse = await self.client.get(chemin, params={k: str(v) for k, v in params.items()})
        assert reponse.status_code == 200, reponse.text
        return reponse.json()

    async def poster(self, chemin: str, corps: dict[str, Any] | None = None, statut: int = 201) -> Any:
        """A POST that must answer `statut`."""
        reponse = await self.client.post(chemin, json=_json(corps or {}))
        assert reponse.status_code == statut, reponse.text
        return reponse.json()

    async def negocier(self, produit: ProduitModifie, quantite: int | None = 1, **corps: Any) -> dict[str, Any]:
        """POST /negociations at our supplier."""
        saisie = {"produit_id": produit.produit_id, "fournisseur_id": self.fournisseur.tiers_id, "quantite": quantite}
        negociation: dict[str, Any] = await self.poster("/negociations", {**saisie, "prix_ht": "172.50", **corps})
        return negociation

    async def commander(self, *negociations: dict[str, Any], **corps: Any) -> dict[str, Any]:
        """POST /commandes, then our own fact comes back to us."""
        saisie = {
            "fournisseur_id": self.fournisseur.tiers_id,
            "negociation_ids": [n["id"] for n in negociations],
            "agence_id": self.annecy.agence_id,
        }
        commande: dict[str, Any] = await self.poster("/commandes", {**saisie, **corps})
        await circuler(self.database)
        return commande

    async def commander_produit(self, produit: ProduitModifie, quantite: int, **corps: Any) -> dict[str, Any]:
        """A negociation straight into an order."""
        besoins = corps.pop("besoins", [])
        prix = corps.pop("prix_ht", "172.50")
        return await self.commander(await self.negocier(produit, quantite, besoins=besoins, prix_ht=prix), **corps)

    async def receptionner(self, *commandes: dict[str, Any]) -> dict[str, Any]:
        """POST /receptions."""
        reception: dict[str, Any] = await self.poster("/receptions", {"commande_ids": [c["id"] for c in commandes]})
        return reception

    async def scanner(self, reception: dict[str, Any], code: str, **corps: Any) -> dict[str, Any]:
        """One code on POST /receptions/{id}/scans."""
        lecture: dict[str, Any] = (await self.lire_ensemble(reception, {"code": code, **corps}))[0]["lecture"]
        return lecture

    async def lire_ensemble(self, reception: dict[str, Any], *lectures: dict[str, Any]) -> list[dict[str, Any]]:
        """POST /receptions/{id}/scans: codes sent together, and their answers."""
        lues = await self.poster(f"/receptions/{reception['id']}/scans", {"lectures": list(lectures)})
        reponses: list[dict[str, Any]] = lues["lectures"]
        return reponses

    async def valider(self, reception: dict[str, Any], statut: int = 200, **corps: Any) -> dict[str, Any]:
        """POST /receptions/{id}/valider."""
        reponse: dict[str, Any] = await self.poster(f"/receptions/{reception['id']}/valider", corps, statut)
        await circuler(self.database)
        return reponse


def _json(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _json(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_json(v) for v in valeur]
    return str(valeur) if isinstance(valeur, UUID | Decimal) else valeur
