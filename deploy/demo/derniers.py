"""What the demo company did these last days in its depots and with its suppliers: each screen has something to show."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from deploy.demo import purchasing
from deploy.demo.ventes import Geste, Monde
from services.commercial.tarif.rules import Origine
from services.commercial.tarif.schemas import SaisiePrix, SaisieTarif
from services.commercial.tarif.use_cases import tarifs
from services.contacts.note import use_cases as notes
from services.contacts.note.models import GenreNote
from services.contacts.note.schemas import SaisieNote
from services.inventory.depot.models import Depot
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.inventaire import repository as feuilles_de_comptage
from services.inventory.inventaire.rules import Raison
from services.inventory.inventaire.schemas import SaisieComptage, SaisieComptages, SaisieInventaire
from services.inventory.inventaire.use_cases import comptage, ecarts
from services.inventory.retour import use_cases as retours
from services.inventory.retour.rules import Attente
from services.inventory.retour.schemas import SaisieAvoir, SaisieRemplacant, SaisieRetour
from services.inventory.transfert import use_cases as transferts
from services.inventory.transfert.schemas import SaisieEnvoye, SaisieReception, SaisieRecue, SaisieTransit
from services.purchasing.commande.use_cases import approbation
from services.purchasing.copies.models import ReferenceChezFournisseur
from services.purchasing.negociation import use_cases as negociations
from services.purchasing.negociation.rules import Avancement
from services.purchasing.negociation.schemas import SaisieNegociation
from services.purchasing.reappro import use_cases as reappro
from services.purchasing.reappro.schemas import SaisieRegle
from services.purchasing.seuil import use_cases as seuils
from services.purchasing.seuil.schemas import SaisieSeuil, SaisieSeuils
from shared.kernel.clock import jour_paris

# référence, agence de, minimum, maximum
REGLES = (
    ("CAN-T09K", "thomas", "16", "40"),
    ("CAN-T09C", "thomas", "6", "20"),
    ("PAP-A4-80", "thomas", "120", "400"),
    ("RJ45-C6A", "thomas", "150", "400"),
    ("CAN-T09K", "antoine", "8", "20"),
    ("PAP-A4-80", "antoine", "60", "200"),
)
# référence, quantité minimale, prix HT (sinon remise en %)
GRILLE = (
    *(("CAB-C6-FUTP", "100", "", "5"), ("CAB-C6-FUTP", "500", "", "10"), ("CAB-C6-FUTP", "1000", "", "14")),
    *(("YEA-T54W", "5", "189", ""), ("YEA-T54W", "20", "175", ""), ("COR-C6-2", "50", "", "12")),
    *(("PAP-A4-80", "40", "5.10", ""), ("PAP-A4-80", "200", "4.60", "")),
)
PRIX_CLIENT = (("ARU-AP22", "1", "", "8"), ("YEA-T54W", "1", "182", ""), ("AXI-P3265", "4", "", "6"))
PERTES = ((Raison.CASSE, "Rouleau écrasé par le transpalette"), (Raison.ERREUR, "Sortie oubliée le mois dernier"))
# days ago, who, what kind, what was said with the client
ECHANGES = (
    (6, "claire", GenreNote.APPEL, "Demande à passer après 17 h : les locaux ferment à midi le mercredi."),
    (
        4,
        "julien",
        GenreNote.VISITE,
        "Local technique vu avec le gardien ; prévoir un escabeau pour les deux caméras du quai.",
    ),
    (2, "claire", GenreNote.APPEL, "Relance pour la date de pose. @Nadia, peux-tu lui proposer la semaine prochaine ?"),
)
# what is expected, why, the supplier's number, what came of it
RETOURS = (
    (Attente.ECHANGE, "Ne démarre plus, alimentation vérifiée", "RMA-48213", ""),
    (Attente.AVOIR, "Modèle arrêté, le fournisseur rembourse", "RMA-48207", "avoir"),
    (Attente.AVOIR, "Façade fendue au déballage", "", ""),
    (Attente.ECHANGE, "S’éteint plusieurs fois par jour", "RMA-47990", "echange"),
)


def pas(monde: Monde, client: tuple[UUID, str], maintenant: datetime) -> Iterator[tuple[datetime, Geste]]:
    """Each thing done, in office hours of its day."""

    def il_y_a(jours: int, heure: int = 8) -> datetime:
        return (maintenant - timedelta(days=jours)).replace(hour=heure, minute=12 * jours % 60)

    yield il_y_a(9), partial(_fixer_regles, monde)
    yield il_y_a(8), partial(_tarifer, monde, client)
    yield il_y_a(5), partial(_inventorier, monde)
    for jours, qui, genre, texte in ECHANGES:
        yield il_y_a(jours, 11), partial(_noter, monde, client, qui, SaisieNote(genre=genre, texte=texte))
    yield il_y_a(4), partial(_transferer_avec_ecart, monde)
    yield il_y_a(3), partial(_retourner, monde)
    yield il_y_a(1), partial(_soumettre, monde, "CAN-C3930I", 3, est_approuvee=True)
    yield il_y_a(1, 9), partial(_transferer, monde)
    yield il_y_a(1, 10), partial(_soumettre, monde, "RIC-IMC4510", 2, est_approuvee=False)


async def _noter(monde: Monde, client: tuple[UUID, str], qui: str, saisie: SaisieNote) -> None:
    async with monde.platform.database("contacts").transaction(monde.gens[qui]) as tx:
        await notes.noter(tx, client[0], saisie)


async def _fixer_regles(monde: Monde) -> None:
    async with monde.platform.database("purchasing").transaction(monde.gens["thomas"]) as tx:
        for reference, qui, mini, maxi in REGLES:
            saisie = SaisieRegle.model_validate(
                {
                    "produit_id": monde.connus[reference],
                    "agence_id": monde.gens[qui].agence_id,
                    "mini": mini,
                    "maxi": maxi,
                }
            )
            await reappro.fixer(tx, saisie)
    async with monde.platform.database("purchasing").transaction(monde.gens["helene"]) as tx:
        await seuils.fixer(tx, SaisieSeuils(seuils=[SaisieSeuil(role="achats", montant_ht=Decimal(5000))]))


async def _tarifer(monde: Monde, client: tuple[UUID, str]) -> None:
    debut = jour_paris(monde.platform.clock.now()).replace(day=1)
    grille = SaisieTarif(origine=Origine.LISTE, libelle=f"Grille installateurs {debut.year}", debut=debut)
    accord = SaisieTarif(
        origine=Origine.CLIENT,
        libelle=f"Accord-cadre {client[1]}"[:120],
        tiers_id=client[0],
        debut=debut,
        fin=debut + timedelta(days=364),
    )
    async with monde.platform.database("commercial").transaction(monde.gens["manon"]) as tx:
        for saisie, prix in ((grille, GRILLE), (accord, PRIX_CLIENT)):
            tarif = await tarifs.creer(tx, saisie)
            for reference, quantite, prix_ht, remise in prix:
                valeurs = {"quantite_min": quantite, "prix_ht": prix_ht or None, "remise": remise or None}
                saisie_prix = SaisiePrix.model_validate({"produit_id": monde.connus[reference]} | valeurs)
                await tarifs.fixer_prix(tx, tarif.id, saisie_prix)


async def _inventorier(monde: Monde) -> None:
    """The depot of Grenoble was counted: two articles are short by one, for a reason."""
    base, sonia = monde.platform.database("inventory"), monde.gens["sonia"]
    _, grenoble = await _depots(monde)
    async with base.transaction(sonia) as tx:
        inventaire = await comptage.ouvrir(
            tx, SaisieInventaire(depot_id=grenoble, motif="Inventaire tournant du trimestre")
        )
        attendus = await feuilles_de_comptage.attendus(tx.session, inventaire)
    courts = {monde.connus[reference]: perte for reference, perte in zip(("PLA-45X45", "PAS-1U"), PERTES, strict=True)}
    lignes = []
    for (produit_id, nature), quantite in sorted(attendus.items()):
        raison, note = courts.get(produit_id, (None, ""))
        comptee = quantite - 1 if raison else quantite
        lignes.append(SaisieComptage(produit_id=produit_id, nature=nature, comptee=comptee, raison=raison, note=note))
    async with base.transaction(sonia) as tx:
        await comptage.compter(tx, inventaire.id, SaisieComptages(lignes=lignes))
    async with base.transaction(sonia) as tx:
        await comptage.terminer(tx, inventaire.id, absents_a_zero=False)
    async with base.transaction(sonia) as tx:
        await ecarts.valider(tx, inventaire.id)


async def _transferer_avec_ecart(monde: Monde) -> None:
    """What Grenoble sent arrived one short: somebody must say what became of it."""
    annecy, grenoble = await _depots(monde)
    base, sonia = monde.platform.database("inventory"), monde.gens["sonia"]
    partis = [_envoye(monde, "PLA-45X45", 12), _envoye(monde, "GOU-60X40", 20)]
    async with base.transaction(monde.gens["antoine"]) as tx:
        saisie = SaisieTransit(de_depot_id=grenoble, vers_depot_id=annecy, motif="Chantier de la mairie", lignes=partis)
        transfert = await transferts.envoyer(tx, saisie)
    courte = transfert.lignes[0]
    recues = [SaisieRecue(ligne_id=courte.id, recue=courte.quantite - 1)]
    async with base.transaction(sonia) as tx:
        await transferts.recevoir(tx, transfert.id, SaisieReception(lignes=recues))


async def _transferer(monde: Monde) -> None:
    """On the road today."""
    annecy, grenoble = await _depots(monde)
    partis = [_envoye(monde, "PAP-A4-80", 40), _envoye(monde, "TUB-IRL25", 30), _envoye(monde, "YEA-PSU", 5)]
    async with monde.platform.database("inventory").transaction(monde.gens["sonia"]) as tx:
        saisie = SaisieTransit(de_depot_id=annecy, vers_depot_id=grenoble, motif="Réassort de Grenoble", lignes=partis)
        await transferts.envoyer(tx, saisie)


async def _retourner(monde: Monde) -> None:
    """Four different objects of clients went back: one exchanged, one credited, two still with their supplier."""
    base, sonia = monde.platform.database("inventory"), monde.gens["sonia"]
    annecy, _ = await _depots(monde)
    installes = (Historique.etat == EtatHistorique.INSTALLE, Historique.numero_serie.is_not(None))
    async with base.read() as session:
        requete = select(Historique.id, Historique.cout_unitaire_ht).where(
            *installes, Historique.fournisseur_id.is_not(None)
        )
        recents = requete.ext(distinct_on(Historique.produit_id)).order_by(
            Historique.produit_id, Historique.recu_le.desc()
        )
        objets = (await session.execute(recents.limit(len(RETOURS)))).all()
    for (historique_id, cout_ht), (attente, motif, rma, issue) in zip(objets, RETOURS, strict=False):
        async with base.transaction(sonia) as tx:
            saisie = SaisieRetour(historique_id=historique_id, attente=attente, motif=motif, numero_rma=rma)
            retour = await retours.ouvrir(tx, saisie)
        async with base.transaction(sonia) as tx:
            if issue == "avoir":
                avoir = SaisieAvoir(numero="AV-20418", montant_ht=cout_ht.quantize(Decimal("0.01")))
                await retours.crediter(tx, retour.id, avoir)
            elif issue == "echange":
                await retours.remplacer(tx, retour.id, SaisieRemplacant(depot_id=annecy, numero_serie="ECH0000417"))


async def _soumettre(monde: Monde, reference: str, quantite: int, *, est_approuvee: bool) -> None:
    """An order for the stock above what the buyer places alone."""
    base, thomas, produit_id = monde.platform.database("purchasing"), monde.gens["thomas"], monde.connus[reference]
    async with base.read() as session:
        choix = ReferenceChezFournisseur
        requete = select(choix.fournisseur_id, choix.prix_ht).where(choix.produit_id == produit_id)
        fournisseur_id, prix_ht = (await session.execute(requete.order_by(choix.prix_ht).limit(1))).one()
    async with base.transaction(thomas) as tx:
        saisie = SaisieNegociation(
            produit_id=produit_id,
            fournisseur_id=fournisseur_id,
            quantite=Decimal(quantite),
            prix_ht=prix_ht,
            avancement=Avancement.DEVIS_RECU,
            delai_jours=6,
        )
        negociation = await negociations.ouvrir(tx, saisie)
    (commande_id,) = await purchasing.commander(base, thomas, [negociation.id], delai_jours=8)
    if est_approuvee:
        async with base.transaction(monde.gens["helene"]) as tx:
            await approbation.approuver(tx, commande_id, None)


async def _depots(monde: Monde) -> tuple[UUID, UUID]:
    """Annecy and Grenoble."""
    async with monde.platform.database("inventory").read() as session:
        annecy, grenoble = await session.scalars(select(Depot.id).order_by(Depot.code))
    return annecy, grenoble


def _envoye(monde: Monde, reference: str, quantite: int) -> SaisieEnvoye:
    return SaisieEnvoye(produit_id=monde.connus[reference], quantite=Decimal(quantite))
