"""Facts and objects of inventory with defaults: `un_produit(...)`, `un_devis_valide(...)`, `une_reception(...)`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import text

from deploy.topology import BY_NAME
from services.inventory.produit import use_cases as produits
from services.inventory.produit.models import Produit
from services.inventory.produit.schemas import SaisieProduit
from services.inventory.subscriptions import subscriptions
from services.inventory.type_produit import use_cases as types
from services.inventory.type_produit.models import TypeProduit
from services.inventory.type_produit.schemas import SaisieTypeProduit
from shared.contracts.base import FACTS, Envelope, Fact
from shared.contracts.commercial import DevisValide, LigneDevis, ProduitAttendu
from shared.contracts.contacts import Adresse, Agence, SocieteModifiee
from shared.contracts.purchasing import LigneRecue, ReceptionValidee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

BY_NAME["inventory"].load_models()  # foreign keys name tables that no test at hand may import
F = TypeVar("F", bound=Fact)
HIER = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
_seq = count(1)

CHAMPS_COPIEUR: list[dict[str, Any]] = [
    {"cle": "adresse_ip", "libelle": "Adresse IP", "type": "adresse_ip", "requis": True},
    {"cle": "compteur_noir", "libelle": "Compteur noir", "type": "nombre", "requis": True},
    {"cle": "mot_de_passe", "libelle": "Mot de passe administrateur", "type": "texte", "secret": True},
]


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
    """Deliver facts to the subscriptions of inventory, as the bus does, each in its transaction."""
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


async def publies(database: Database, fait: type[F]) -> list[F]:
    """The facts of one type waiting in the outbox, in the sequence they were announced."""
    requete = text("SELECT payload FROM outbox WHERE type = :type ORDER BY seq")
    async with database.read() as session:
        return [fait.model_validate(x) for x in await session.scalars(requete, {"type": fait.type})]


async def circuler(database: Database, depuis: int = 0) -> int:
    """Deliver to inventory the facts of its own outbox after `depuis`; the place reached."""
    requete = text(
        "SELECT seq, id, type, key, acteur_nom, occurred_at, payload FROM outbox WHERE seq > :d ORDER BY seq"
    )
    async with database.read() as session:
        lignes = (await session.execute(requete, {"d": depuis})).mappings().all()
    for ligne in lignes:
        if ligne["type"] in FACTS:
            await recevoir(database, Envelope.model_validate(dict(ligne)))
    return lignes[-1]["seq"] if lignes else depuis


def une_agence(code: str = "ANN", nom: str = "Annecy") -> Agence:
    """An agency of the company."""
    return Agence(agence_id=new_id(), code=code, nom=nom)


def une_societe(*agences: Agence, societe_id: UUID | None = None) -> SocieteModifiee:
    """The company with its agencies."""
    return SocieteModifiee(
        societe_id=societe_id or new_id(),
        raison_sociale="Alpes Bureautique",
        forme_juridique="SAS",
        capital="50 000 €",
        siren="552100554",
        siret="55210055400013",
        rcs="Annecy",
        naf="4651Z",
        tva_intracom="FR96552100554",
        adresse=Adresse(),
        telephone="04 50 51 00 00",
        email="contact@alpes-bureautique.fr",
        agences=tuple(agences),
    )


def une_saisie_type(**valeurs: Any) -> SaisieTypeProduit:
    """A type of product: a copier with two required fields, a secret, one operation and a label."""
    defauts: dict[str, Any] = {
        "code": "copieur",
        "libelle": "Copieur",
        "icone": "printer",
        "champs": CHAMPS_COPIEUR,
        "actions": [{"cle": "firmware", "libelle": "Firmware mis à jour"}],
        "etiquette_requise": True,
    }
    return SaisieTypeProduit.model_validate({**defauts, **valeurs})


def une_saisie_produit(reference: str = "CAB-CAT6", **valeurs: Any) -> SaisieProduit:
    """A product: cable by the metre unless told otherwise."""
    defauts: dict[str, Any] = {"reference": reference, "designation": f"Produit {reference}", "prix_achat_ht": "2.50"}
    return SaisieProduit.model_validate({**defauts, **valeurs})


def attend(produit: Produit, quantite: str = "1", **valeurs: Any) -> ProduitAttendu:
    """A hidden product of a line."""
    return ProduitAttendu(
        produit_id=produit.id,
        reference=produit.reference,
        designation=produit.designation,
        quantite=Decimal(quantite),
        **{"est_stockable": produit.est_stockable, **valeurs},
    )


def une_ligne(*produits_caches: ProduitAttendu, position: int = 1, **valeurs: Any) -> LigneDevis:
    """A signed line."""
    defauts: dict[str, Any] = {
        "ligne_id": new_id(),
        "position": position,
        "designation": f"Ligne {position}",
        "quantite": Decimal(1),
        "prix_ht": Decimal(1000),
        "taux_tva": Decimal(20),
        "total_ht": Decimal("1000.00"),
        "produits": produits_caches,
    }
    return LigneDevis.model_validate({**defauts, **valeurs})


def un_devis_valide(*lignes: LigneDevis, **valeurs: Any) -> DevisValide:
    """A signed devis."""
    defauts: dict[str, Any] = {
        "proposition_id": new_id(),
        "etude_id": new_id(),
        "demande_id": new_id(),
        "numero": "DEV-2026-00042",
        "tiers_id": new_id(),
        "tiers_nom": "Mairie d’Annecy",
        "objet": "Renouvellement des copieurs",
        "lignes": lignes,
        "total_ht": Decimal(1000),
        "total_tva": Decimal(200),
        "total_ttc": Decimal(1200),
        "valide_par": "Jeanne Martin",
        "valide_le": HIER,
    }
    return DevisValide.model_validate({**defauts, **valeurs})


def recu(produit: Produit, quantite: str = "1", series: Sequence[str] = (), **valeurs: Any) -> LigneRecue:
    """A received line."""
    defauts: dict[str, Any] = {
        "ligne_id": new_id(),
        "produit_id": produit.id,
        "reference": produit.reference,
        "designation": produit.designation,
        "quantite": Decimal(quantite),
        "numeros_serie": tuple(series),
        "prix_ht": Decimal(10),
        "cout_unitaire_ht": Decimal("10.40"),
    }
    return LigneRecue.model_validate({**defauts, **valeurs})


def une_reception(agence_id: UUID, *lignes: LigneRecue, **valeurs: Any) -> ReceptionValidee:
    """Goods checked in."""
    defauts: dict[str, Any] = {
        "reception_id": new_id(),
        "numero": "REC-2026-00007",
        "fournisseur_id": new_id(),
        "fournisseur_nom": "Grossiste Savoie",
        "agence_id": agence_id,
        "facture_fournisseur": "FS-8812",
        "total_ht": Decimal(100),
        "recu_le": HIER + timedelta(hours=2),
        "lignes": lignes,
    }
    return ReceptionValidee.model_validate({**defauts, **valeurs})


@dataclass
class Atelier:
    """A database of inventory with two agencies, a cable, a phone with serials and a configurable copier."""

    database: Database
    actor: Actor
    annecy: Agence
    lyon: Agence
    depots: dict[str, UUID] = field(default_factory=dict)
    produits: dict[str, Produit] = field(default_factory=dict)
    types: dict[str, TypeProduit] = field(default_factory=dict)

    @property
    def cable(self) -> Produit:
        """A traceable quantity, by the metre."""
        return self.produits["CAB-CAT6"]

    @property
    def telephone(self) -> Produit:
        """One object per unit, with an optional serial number."""
        return self.produits["TEL-SIP"]

    @property
    def copieur(self) -> Produit:
        """A typed product: form, operation and label."""
        return self.produits["COP-C3530"]

    @property
    def pose(self) -> Produit:
        """A service: nothing to wait for."""
        return self.produits["MO-POSE"]

    async def recevoir(self, *faits: Fact | Envelope) -> None:
        """Deliver facts."""
        await recevoir(self.database, *faits)

    async def publies(self, fait: type[F]) -> list[F]:
        """Facts announced so far."""
        return await publies(self.database, fait)


async def un_atelier(database: Database, actor: Actor, produits_en_plus: Iterable[SaisieProduit] = ()) -> Atelier:
    """The company of the tests, ready to work."""
    atelier = Atelier(database, actor, une_agence(), une_agence("LYO", "Lyon"))
    await recevoir(database, une_societe(atelier.annecy, atelier.lyon))
    async with database.read() as session:
        lignes = await session.execute(text("SELECT code, id FROM depot"))
        atelier.depots = {ligne.code: ligne.id for ligne in lignes}
    async with database.transaction(actor) as tx:
        copieur = await types.creer(tx, une_saisie_type())
        await tx.flush()
        atelier.types["copieur"] = copieur
        saisies = [
            une_saisie_produit("CAB-CAT6", designation="Câble catégorie 6", unite="m"),
            une_saisie_produit("TEL-SIP", designation="Téléphone SIP", politique_serie="facultative"),
            une_saisie_produit("COP-C3530", designation="Copieur couleur A3", type_id=copieur.id),
            une_saisie_produit("MO-POSE", designation="Pose et réglages", nature="service"),
            *produits_en_plus,
        ]
        for saisie in saisies:
            atelier.produits[saisie.reference] = await produits.creer(tx, saisie)
    return atelier
