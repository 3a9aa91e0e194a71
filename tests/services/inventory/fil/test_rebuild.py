"""The fil de vie is a read model: wiped, then fed the same facts again, it is the same to the letter."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from shared.contracts.base import FACTS, Envelope, Fact
from shared.contracts.billing import FactureEmise
from shared.contracts.demandes import DemandeCreee, TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.maintenance import EquipementAjoute, FicheEquipement
from shared.database.database import Database
from shared.kernel.ids import new_id
from tests.builders.inventory import (
    Atelier,
    attend,
    enveloppe,
    recevoir,
    recu,
    un_devis_valide,
    une_ligne,
    une_reception,
)

ETAT = {
    "fil_de_vie": "historique_id, message_id, source, seq, le, type, titre, detail, lien, montant_ht, par_nom",
    "lien_equipement": "equipement_id, historique_id, contrat_id, contrat_numero",
    "lien_projet": "historique_id, demande_id",
    "temps_projet": "temps_id, demande_id, equipement_id, minutes, cout_horaire_ht",
}
TABLES = ("fil_de_vie", "lien_equipement", "lien_projet", "temps_projet")


async def etat(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the read model holds, but the ids its rows happen to have."""
    async with database.read() as session:
        lu = {}
        for table, colonnes in ETAT.items():
            lignes = await session.execute(text(f"SELECT {colonnes} FROM {table} ORDER BY {colonnes}"))
            lu[table] = [tuple(ligne) for ligne in lignes]
        return lu


class Histoire:
    """Facts delivered one after the other, kept in the sequence they were told."""

    def __init__(self, atelier: Atelier) -> None:
        self.atelier, self.faits, self._lu = atelier, list[Envelope](), 0

    async def dire(self, *faits: Fact) -> None:
        """Facts of other services, then our own that they caused."""
        for fait in faits:
            await self._livrer(enveloppe(fait, le=self.atelier.database.clock.now()))
            await self.circuler()

    async def circuler(self) -> None:
        """Our own facts since last time."""
        requete = text(
            "SELECT seq, id, type, key, acteur_nom, occurred_at, payload FROM outbox WHERE seq > :lu ORDER BY seq"
        )
        async with self.atelier.database.read() as session:
            lignes = (await session.execute(requete, {"lu": self._lu})).mappings().all()
        for ligne in lignes:
            self._lu = ligne["seq"]
            if ligne["type"] in FACTS:
                await self._livrer(Envelope.model_validate(dict(ligne)))

    async def _livrer(self, enveloppe_: Envelope) -> None:
        self.faits.append(enveloppe_)
        await recevoir(self.atelier.database, enveloppe_)


async def agir(client: httpx.AsyncClient, chemin: str, corps: dict[str, Any] | None = None) -> dict[str, Any]:
    reponse = await client.post(chemin, json=corps or {})
    assert reponse.status_code in (200, 201), reponse.text
    lu: dict[str, Any] = reponse.json()
    return lu


def une_facture(demande_id: object, numero: str) -> FactureEmise:
    return FactureEmise(
        facture_id=new_id(), affaire_client_id=new_id(), numero=numero, tiers_id=new_id(), tiers_nom="Mairie",
        emise_le=date(2026, 3, 20), echeance=date(2026, 4, 20), total_ht=Decimal(1000), total_tva=Decimal(200),
        total_ttc=Decimal(1200), demande_id=demande_id,
    )  # fmt: skip


def du_temps(demande_id: UUID, minutes: int, equipement_id: UUID | None = None) -> TempsSaisi:
    return TempsSaisi(
        temps_id=new_id(), demande_id=demande_id, tiers_id=new_id(), type_code="sav", collaborateur_id=new_id(),
        collaborateur_nom="Karim", jour=date(2026, 3, 20), minutes=minutes, travaux="Pose", equipement_id=equipement_id,
        cout_horaire_ht=Decimal("42.50"),
    )  # fmt: skip


async def vivre(atelier: Atelier, client: httpx.AsyncClient) -> Histoire:
    """Two objects installed, one configured, invoiced, in the parc, broken and exchanged; the other taken off before."""
    histoire = Histoire(atelier)
    await histoire.circuler()
    devis = un_devis_valide(une_ligne(attend(atelier.telephone, "2")), une_ligne(attend(atelier.copieur), position=2))
    reception = une_reception(
        atelier.annecy.agence_id, recu(atelier.telephone, "2", ("T1", "T2")), recu(atelier.copieur, "1", ("C1",))
    )
    await histoire.dire(devis, reception, une_facture(devis.demande_id, "FC-1"))
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    colonnes = (await client.get(f"/feuilles/{feuille['id']}")).json()["colonnes"]
    objets = {o["numero_serie"]: o["id"] for c in colonnes for o in c["objets"]}
    reponse = await client.put(f"/historiques/{objets['C1']}/preparation", json={"valeurs": {"adresse_ip": "10.0.0.9"}})
    assert reponse.status_code == 200, reponse.text
    await agir(client, f"/feuilles/{feuille['id']}/retirer", {"historique_id": objets["T2"]})
    await histoire.circuler()
    pose, erreur = du_temps(devis.demande_id, 90), du_temps(devis.demande_id, 600)
    corrige = TempsCorrige(
        temps_id=pose.temps_id,
        demande_id=devis.demande_id,
        tiers_id=new_id(),
        jour=pose.jour,
        minutes=120,
        travaux="Pose",
    )
    retire = TempsRetire(temps_id=erreur.temps_id, demande_id=devis.demande_id, tiers_id=new_id())
    await histoire.dire(pose, erreur, corrige, retire, une_facture(devis.demande_id, "FC-2"))
    await agir(client, f"/feuilles/{feuille['id']}/cloturer")
    await agir(client, f"/feuilles/{feuille['id']}/valider", {"malgre_ecarts": True})
    await histoire.circuler()
    equipement_id = new_id()
    fiche = FicheEquipement(
        tiers_id=devis.tiers_id, tiers_nom="Mairie", designation="Copieur", historique_id=objets["C1"]
    )
    sav = DemandeCreee(
        demande_id=new_id(), numero="D-9", type_code="sav", etat_code="nouveau", etat_libelle="Nouveau",
        tiers_id=devis.tiers_id, tiers_nom="Mairie", objet="Bourrage", equipement_id=equipement_id,
    )  # fmt: skip
    await histoire.dire(EquipementAjoute(equipement_id=equipement_id, fiche=fiche), sav)
    await histoire.dire(du_temps(sav.demande_id, 45, equipement_id))
    await histoire.dire(une_facture(devis.demande_id, "FC-3"))
    retour = await agir(client, "/retours", {"code": "C1", "attente": "echange", "motif": "Panne"})
    echange = {"depot_id": str(atelier.depots["ANN"]), "numero_serie": "C2"}
    await agir(client, f"/retours/{retour['id']}/remplacer", echange)
    await histoire.circuler()
    await histoire.dire(une_facture(devis.demande_id, "FC-4"))
    return histoire


async def renommer(atelier: Atelier) -> None:
    """What the objects look like today is not what was told: names and forms change afterwards."""
    async with atelier.database.transaction(atelier.actor) as tx:
        await tx.execute(text("UPDATE produit SET designation = 'Autre nom'"))
        await tx.execute(text("UPDATE type_produit SET champs = '[]'"))
        await tx.execute(text("UPDATE historique SET numero_serie = 'Z' || numero_serie, demande_id = NULL"))


async def rejouer(atelier: Atelier, faits: Sequence[Envelope]) -> dict[str, list[tuple[Any, ...]]]:
    """Wipe, tell everything again."""
    async with atelier.database.transaction(atelier.actor) as tx:
        for table in TABLES:
            await tx.execute(text(f"DELETE FROM {table}"))
    await recevoir(atelier.database, *faits)
    return await etat(atelier.database)


async def test_the_same_facts_give_the_same_lives(atelier: Atelier, client: httpx.AsyncClient) -> None:
    histoire = await vivre(atelier, client)
    vecu = await etat(atelier.database)
    titres = [ligne[6] for ligne in vecu["fil_de_vie"]]
    factures = {n: titres.count(f"Facture FC-{n} émise") for n in range(1, 5)}
    assert factures == {1: 3, 2: 2, 3: 2, 4: 1}  # each told on the objects that were of the project that day
    assert any(ligne[7] == "Adresse IP : 10.0.0.9" for ligne in vecu["fil_de_vie"])
    assert sorted(ligne[3] for ligne in vecu["temps_projet"]) == [45, 120]
    await renommer(atelier)
    assert await rejouer(atelier, histoire.faits) == vecu
    doubles = [fait for fait in histoire.faits for _ in range(2)]
    assert await rejouer(atelier, doubles) == vecu
