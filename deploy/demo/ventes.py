"""One sale of the demo company, step by step and day by day: who does what, how long after the call."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from deploy.demo import commercial, demandes, inventory, purchasing
from deploy.demo.demandes import Sujet
from deploy.platform import Platform
from services.billing.affaire_client.models import AffaireClient
from services.billing.facture import use_cases as factures
from services.billing.facture.models import Facture
from services.billing.facture.schemas import EnvoiManuel, SaisieReglement
from services.commercial.proposition.rules.statuts import CausePerte
from services.demandes.demande.rules import Urgence
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris

PERTES = (
    (CausePerte.CONCURRENT, "Concurrent moins cher."),
    (CausePerte.PROJET_ABANDONNE, "Budget reporté à l’an prochain."),
    (CausePerte.PRIX, "Au-dessus du budget."),
    (CausePerte.DELAI, "Trop tard pour l’ouverture."),
)
COMPTES_RENDUS = (
    "Posé et mis en service, client formé à l’usage.",
    "Installation terminée, mesures jointes au dossier.",
    "Tout fonctionne. Prévoir une multiprise supplémentaire à l’accueil.",
)
A_FACTURER = 8  # rank of the sale that was installed and waits for its invoice
Geste = Callable[[], Awaitable[None]]
Pas = tuple[timedelta, Geste]


@dataclass(slots=True)
class Monde:
    """What every sale shares: the running platform, the people, the catalogue."""

    platform: Platform
    gens: dict[str, Actor]
    connus: dict[str, UUID]


@dataclass(slots=True)
class Vente:
    """A sale and what is known of it so far. `rang` makes each one differ, always in the same way."""

    monde: Monde
    rang: int
    tiers: tuple[UUID, str]
    courriel: str
    est_public: bool
    sujet: Sujet
    urgence: Urgence
    rythme: int
    est_perdue: bool = False
    demande_id: UUID = field(init=False)
    proposition_id: UUID = field(init=False)
    commandes: list[UUID] = field(init=False, default_factory=list)
    retenues: list[UUID] = field(init=False, default_factory=list)
    intervention_id: UUID = field(init=False)

    def pas(self) -> Iterator[Pas]:
        """Every step with its delay after the call; the loader stops at the present day."""
        jours = (0, 2, 3, 12, 13, 14, 16, 22, 27, 28, 30, 34, 38, 66)
        gestes: tuple[Geste, ...] = (
            *(self._appeler, self._etudier, self._envoyer, self._conclure, self._puiser, self._negocier),
            *(self._commander, self._recevoir, self._recevoir_le_reste, self._preparer, self._planifier),
            *(self._installer, self._facturer, self._encaisser),
        )
        for jour, geste in zip(jours, gestes, strict=True):
            delai = jour + (jour * (self.rythme - 2)) // 6
            yield timedelta(days=delai, hours=self.rang % 7, minutes=self.rang * 11 % 60), geste
            if (geste == self._conclure and self.est_perdue) or (geste == self._installer and self.rang == A_FACTURER):
                return

    async def _appeler(self) -> None:
        claire, commercial_ = self._qui("claire"), self._commercial()
        echeance = jour_paris(self.monde.platform.clock.now()) + timedelta(days=20 + self.rang % 25)
        self.demande_id = await demandes.ouvrir(
            self._base("demandes"),
            claire,
            self.tiers,
            self.sujet,
            urgence=self.urgence,
            echeance=echeance,
            responsable_id=commercial_.id,
            agence_id=commercial_.agence_id,
        )
        if self.rang % 3 == 0:
            await demandes.noter(self._base("demandes"), claire, self.demande_id, self.rang)

    async def _etudier(self) -> None:
        ampleur = 2 if self.rang % 4 == 0 else 1
        self.proposition_id = await commercial.etudier(
            self._base("commercial"),
            self._commercial(),
            self.demande_id,
            self.monde.connus,
            self.sujet.domaine,
            self.sujet.heures,
            ampleur,
        )

    async def _envoyer(self) -> None:
        base = self._base("commercial")
        await commercial.envoyer(base, self._commercial(), self.proposition_id, self.courriel, self.sujet.objet)

    async def _conclure(self) -> None:
        if self.est_perdue:
            cause, motif = PERTES[self.rang % len(PERTES)]
            await commercial.refuser(self._base("commercial"), self._commercial(), self.proposition_id, cause, motif)
            return
        await commercial.signer(self._base("commercial"), self._commercial(), self.proposition_id, "La direction")

    async def _puiser(self) -> None:
        zone = f"Palette {'ABC'[self.rang % 3]}{self.rang % 4 + 1}"
        await inventory.placer_reserve(self._base("inventory"), self._qui("karim"), self.demande_id, zone)

    async def _negocier(self) -> None:
        base = self._base("purchasing")
        concurrence = self.rang % 2 == 0
        self.retenues = await purchasing.negocier(base, self._qui("thomas"), self.demande_id, concurrence=concurrence)

    async def _commander(self) -> None:
        base = self._base("purchasing")
        if self.retenues:
            self.commandes = await purchasing.commander(base, self._qui("thomas"), self.retenues, delai_jours=6)
        await purchasing.fermer_concurrentes(base, self._qui("thomas"), self.demande_id)

    async def _recevoir(self) -> None:
        for commande_id in self.commandes[:-1] or self.commandes:
            await self._receptionner(commande_id)

    async def _recevoir_le_reste(self) -> None:
        if len(self.commandes) > 1:
            await self._receptionner(self.commandes[-1])

    async def _receptionner(self, commande_id: UUID) -> None:
        numero = f"F{self.rang:03d}{self.commandes.index(commande_id) + 1}"
        await purchasing.receptionner(self._base("purchasing"), self._qui("sonia"), commande_id, facture=numero)

    async def _preparer(self) -> None:
        if self.commandes:
            await demandes.deplacer(self._base("demandes"), self._qui("sonia"), self.demande_id, "preparation")
        partiel = 2 if self.rang % 5 == 0 else None
        await inventory.preparer(self._base("inventory"), self._qui("karim"), self.demande_id, partiel)

    async def _planifier(self) -> None:
        jour = jour_paris(self.monde.platform.clock.now()) + timedelta(days=3)
        while jour.weekday() > 4:
            jour += timedelta(days=1)
        technicien = self._technicien().id
        assert technicien is not None
        self.intervention_id = await demandes.planifier(
            self._base("demandes"), self._qui("nadia"), self.demande_id, jour, [technicien]
        )

    async def _installer(self) -> None:
        base, karim, technicien = self._base("inventory"), self._qui("karim"), self._technicien()
        await inventory.preparer(base, karim, self.demande_id)
        compte_rendu = COMPTES_RENDUS[self.rang % len(COMPTES_RENDUS)]
        await demandes.intervenir(self._base("demandes"), technicien, self.intervention_id, compte_rendu)
        pose = (technicien, self.demande_id, 90 + 15 * (self.rang % 8), "Pose, raccordement et essais.")
        await demandes.saisir_temps(self._base("demandes"), *pose)
        await inventory.cloturer(base, karim, self.demande_id)
        await inventory.valider(base, karim, self.demande_id)

    async def _facturer(self) -> None:
        base, celine = self._base("billing"), self._qui("celine")
        async with base.transaction(celine) as tx:
            affaire_id = await tx.scalar(select(AffaireClient.id).where(AffaireClient.demande_id == self.demande_id))
            facture = await factures.emettre(tx, affaire_id)
        async with base.transaction(celine) as tx:
            if self.est_public:
                await factures.marquer_envoyee(
                    tx, facture.id, EnvoiManuel(canal="chorus", reference=f"CPP{self.rang:06d}")
                )
            else:
                await factures.demander_envoi(tx, facture.id, [])

    async def _encaisser(self) -> None:
        if self.rang % 9 == 4:
            return  # a few clients pay late
        base = self._base("billing")
        async with base.transaction(self._qui("celine")) as tx:
            facture = (await tx.scalars(select(Facture).where(Facture.demande_id == self.demande_id))).one()
            saisie = SaisieReglement(
                montant_ttc=facture.solde_ttc, recu_le=jour_paris(tx.now), reference=f"VIR {facture.numero}"
            )
            await factures.encaisser(tx, facture.id, saisie)

    def _base(self, service: str) -> Database:
        return self.monde.platform.database(service)

    def _qui(self, prenom: str) -> Actor:
        return self.monde.gens[prenom]

    def _technicien(self) -> Actor:
        return self._qui("nicolas" if self.rang % 3 else "antoine")

    def _commercial(self) -> Actor:
        return self._qui("manon" if self.rang % 3 else "julien")
