"""Facts and demandes with defaults: `await monde.ouvrir()`, `await recevoir(db, devis_envoye(demande_id))`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import httpx
from sqlalchemy import text

from services.demandes.subscriptions import subscriptions
from shared.contracts import billing, commercial, inventory, maintenance, purchasing
from shared.contracts.base import FACTS, Envelope, Fact
from shared.contracts.contacts import Adresse, CollaborateurModifie, EquipeModifiee, FicheTiers, TiersCree
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

F = TypeVar("F", bound=Fact)
MATIN = datetime(2026, 3, 17, 8, 30, tzinfo=UTC)  # the moment of the clock of tests
SIGNATURE = date(2026, 3, 16)
_seq = count(1)


def enveloppe(fait: Fact, *, seq: int | None = None, le: datetime = MATIN, par: str = "Manon Leclerc") -> Envelope:
    """A fact as the bus carries it."""
    return Envelope(
        id=new_id(),
        seq=next(_seq) if seq is None else seq,
        type=fait.type,
        key=fait.key,
        acteur_nom=par,
        occurred_at=le,
        payload=fait.model_dump(mode="json"),
    )


async def recevoir(database: Database, *faits: Fact | Envelope) -> None:
    """Deliver facts to the subscriptions of demandes, as the bus does, each in its transaction."""
    for fait in faits:
        envelope = fait if isinstance(fait, Envelope) else enveloppe(fait)
        for subscription in subscriptions:
            if envelope.type in subscription.types:
                async with database.transaction(Actor.systeme(envelope.acteur_nom), envelope=envelope) as tx:
                    await subscription.handle(tx, envelope.fact)


async def circuler(database: Database) -> None:
    """Deliver to demandes its own facts, until nothing new comes out."""
    while True:
        async with database.transaction(Actor.systeme("Bus")) as tx:
            lues = await tx.session.execute(
                text("update outbox set published_at = now() where published_at is null returning seq, type, payload")
            )
            sorties = sorted(lues.all(), key=lambda ligne: ligne[0])
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


@dataclass(slots=True)
class Monde:
    """A service with its database, a client with every right, one client company and two technicians."""

    database: Database
    http: httpx.AsyncClient
    tiers_id: UUID
    sophie: UUID
    karim: UUID
    equipe: UUID

    async def ouvrir(self, type_code: str = "commercial", **champs: Any) -> dict[str, Any]:
        """A new demande, through the API."""
        corps = {"type_code": type_code, "tiers_id": str(self.tiers_id), "objet": "Baie de brassage 24U", **champs}
        reponse = await self.http.post("/demandes", json=corps)
        assert reponse.status_code == 201, reponse.text
        ouverte: dict[str, Any] = reponse.json()
        return ouverte

    async def lire(self, demande: dict[str, Any]) -> dict[str, Any]:
        """The demande as it stands."""
        reponse = await self.http.get(f"/demandes/{demande['id']}")
        assert reponse.status_code == 200, reponse.text
        lue: dict[str, Any] = reponse.json()
        return lue

    async def etat(self, demande: dict[str, Any]) -> str:
        """Its state."""
        return str((await self.lire(demande))["etat_code"])

    async def passer(self, demande: dict[str, Any], *vers: str) -> httpx.Response:
        """Move it by hand, step after step; the last answer."""
        reponse: httpx.Response | None = None
        for etape in vers:
            reponse = await self.http.post(f"/demandes/{demande['id']}/etat", json={"vers": etape})
        assert reponse is not None
        return reponse

    async def recevoir(self, *arrives: Fact | Envelope) -> None:
        """Facts arrive."""
        await recevoir(self.database, *arrives)


async def un_monde(database: Database, http: httpx.AsyncClient) -> Monde:
    """The usual world, fed by facts."""
    client, equipe = un_tiers(), new_id()
    sophie, karim = un_collaborateur("Durand", "Sophie"), un_collaborateur("Aït Ouali", "Karim")
    membres = (sophie.collaborateur_id, karim.collaborateur_id)
    installation = EquipeModifiee(equipe_id=equipe, nom="Installation", membre_ids=membres)
    await recevoir(database, client, sophie, karim, installation)
    return Monde(database, http, client.tiers_id, *membres, equipe)


def un_tiers(nom: str = "Cabinet Martin-Lefèvre", *, id: UUID | None = None) -> TiersCree:
    """A client."""
    adresse = Adresse(lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")
    fiche = FicheTiers(code="C00001", nom=nom, roles=("client",), telephone="+33450510000", adresse=adresse)
    return TiersCree(tiers_id=id or new_id(), fiche=fiche)


def un_collaborateur(nom: str, prenom: str) -> CollaborateurModifie:
    """A member of staff."""
    email = f"{prenom.lower()}@exemple.fr"
    return CollaborateurModifie(collaborateur_id=new_id(), nom=nom, prenom=prenom, email=email, fonction="Technicien")


def _id(demande: dict[str, Any]) -> UUID:
    return UUID(demande["id"])


def etude_creee(demande: dict[str, Any]) -> commercial.EtudeCreee:
    return commercial.EtudeCreee(
        etude_id=new_id(), demande_id=_id(demande), numero="ETU-2026-00001", tiers_id=new_id(), objet="Réseau"
    )


def devis_envoye(
    demande: dict[str, Any], total: str = "1200.00", proposition: UUID | None = None
) -> commercial.DevisEnvoye:
    return commercial.DevisEnvoye(
        proposition_id=proposition or new_id(),
        etude_id=new_id(),
        demande_id=_id(demande),
        numero="DEV-2026-00042",
        tiers_id=new_id(),
        tiers_nom="Cabinet Martin-Lefèvre",
        objet="Baie de brassage",
        total_ht=Decimal(total),
        total_ttc=Decimal(total) * Decimal("1.2"),
        destinataires=("contact@client.fr",),
        document_sha256="0" * 64,
        envoye_le=MATIN,
        valide_jusqu_au=date(2026, 4, 16),
    )


def devis_valide(
    demande: dict[str, Any], total: str = "1200.00", proposition: UUID | None = None
) -> commercial.DevisValide:
    return commercial.DevisValide(
        proposition_id=proposition or new_id(),
        etude_id=new_id(),
        demande_id=_id(demande),
        numero="DEV-2026-00042",
        tiers_id=new_id(),
        tiers_nom="Cabinet Martin-Lefèvre",
        objet="Baie de brassage",
        lignes=(),
        total_ht=Decimal(total),
        total_tva=Decimal(total) * Decimal("0.2"),
        total_ttc=Decimal(total) * Decimal("1.2"),
        valide_par="Mme Martin",
        valide_le=MATIN,
    )


def devis_refuse(demande: dict[str, Any], *, du_client: bool = True) -> commercial.DevisRefuse:
    return commercial.DevisRefuse(
        proposition_id=new_id(),
        etude_id=new_id(),
        demande_id=_id(demande),
        numero="DEV-2026-00042",
        tiers_id=new_id(),
        motif="Trop cher",
        est_refus_client=du_client,
    )


def feuille_creee(
    demande: dict[str, Any], *, tout_en_stock: bool = False, feuille: UUID | None = None
) -> inventory.FeuilleCreee:
    etat = inventory.EtatFeuille(
        numero="FT-2026-00001",
        proposition_id=new_id(),
        devis_numero="DEV-2026-00042",
        tiers_id=new_id(),
        tiers_nom="Cabinet Martin-Lefèvre",
        objet="Baie de brassage",
        tout_en_stock=tout_en_stock,
        attendus=(),
    )
    return inventory.FeuilleCreee(
        feuille_id=feuille or new_id(), demande_id=_id(demande), tout_en_stock=tout_en_stock, etat=etat
    )


def negociation_ouverte(*demandes: dict[str, Any]) -> purchasing.NegociationOuverte:
    return purchasing.NegociationOuverte(
        negociation_id=new_id(),
        produit_id=new_id(),
        fournisseur_id=new_id(),
        quantite=Decimal(1),
        demande_ids=tuple(_id(d) for d in demandes),
    )


def commande_passee(*demandes: dict[str, Any]) -> purchasing.CommandePassee:
    return purchasing.CommandePassee(
        commande_id=new_id(),
        numero="CF-2026-00001",
        fournisseur_id=new_id(),
        fournisseur_nom="Elektra Distribution",
        total_ht=Decimal("640.00"),
        lignes=(),
        demande_ids=tuple(_id(d) for d in demandes),
    )


def besoins_commandes(demande: dict[str, Any]) -> purchasing.BesoinsCommandes:
    return purchasing.BesoinsCommandes(demande_id=_id(demande))


def feuille_approvisionnee(demande: dict[str, Any], reste: int = 0) -> inventory.FeuilleApprovisionnee:
    return inventory.FeuilleApprovisionnee(
        feuille_id=new_id(),
        demande_id=_id(demande),
        reception_id=new_id(),
        historique_ids=(new_id(),),
        reste_a_recevoir=Decimal(reste),
        complet=reste == 0,
    )


def feuille_prete(demande: dict[str, Any]) -> inventory.FeuillePrete:
    return inventory.FeuillePrete(feuille_id=new_id(), demande_id=_id(demande))


def feuille_validee(demande: dict[str, Any]) -> inventory.FeuilleValidee:
    return inventory.FeuilleValidee(
        feuille_id=new_id(),
        demande_id=_id(demande),
        numero="FT-2026-00001",
        proposition_id=new_id(),
        devis_numero="DEV-2026-00042",
        tiers_id=new_id(),
        tiers_nom="Cabinet Martin-Lefèvre",
        objet="Baie de brassage",
        lignes=(),
        objets=(),
        valide_le=MATIN,
    )


def facture_envoyee(demande: dict[str, Any], *, est_definitive: bool = True) -> billing.FactureEnvoyee:
    return billing.FactureEnvoyee(
        facture_id=new_id(),
        numero="FC-2026-00001",
        tiers_id=new_id(),
        canal="mail",
        destinataires=("compta@client.fr",),
        demande_id=_id(demande),
        est_definitive=est_definitive,
    )


def visite_due(tiers_id: UUID, visite: UUID | None = None) -> maintenance.VisiteDue:
    return maintenance.VisiteDue(
        visite_id=visite or new_id(),
        contrat_id=new_id(),
        contrat_numero="CT-2026-00007",
        tiers_id=tiers_id,
        tiers_nom="Cabinet Martin-Lefèvre",
        periode="2026-S1",
        date_prevue=date(2026, 4, 1),
        objet="Visite préventive des copieurs",
    )


def couverture(tiers_id: UUID, *equipements: UUID, accord: UUID | None = None) -> maintenance.CouvertureModifiee:
    contrats = (new_id(),) if equipements else ()
    return maintenance.CouvertureModifiee(
        tiers_id=tiers_id, contrat_ids=contrats, equipement_ids=equipements, accord_id=accord
    )


def accord_signe(tiers_id: UUID) -> maintenance.AccordTarifaireSigne:
    return maintenance.AccordTarifaireSigne(
        accord_id=new_id(),
        tiers_id=tiers_id,
        taux_horaire_ht=Decimal("75"),
        deplacement_ht=Decimal("45"),
        signe_par="M. Petit",
        signe_le=SIGNATURE,
    )


def accord_refuse(tiers_id: UUID) -> maintenance.AccordTarifaireRefuse:
    return maintenance.AccordTarifaireRefuse(accord_id=new_id(), tiers_id=tiers_id)


def equipement_ajoute(tiers_id: UUID, designation: str) -> maintenance.EquipementAjoute:
    fiche = maintenance.FicheEquipement(tiers_id=tiers_id, tiers_nom="Cabinet Martin-Lefèvre", designation=designation)
    return maintenance.EquipementAjoute(equipement_id=new_id(), fiche=fiche)
