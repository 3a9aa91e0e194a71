"""What the office of the demo company prepared: models, projects, days off, dates given to clients, prices being asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlalchemy import select

from deploy.demo import commercial, demandes, maintenance
from deploy.demo.ventes import Geste, Monde
from services.commercial import periodique
from services.commercial.affaire import use_cases as affaires
from services.commercial.affaire.rules import EtatAffaire
from services.commercial.affaire.schemas import SaisieAffaire
from services.commercial.proposition.models.proposition import Proposition
from services.demandes.absence import use_cases as absences
from services.demandes.absence.rules import Demi, MotifAbsence
from services.demandes.absence.schemas import SaisieAbsence
from services.demandes.demande.models import Demande
from services.demandes.intervention.queries import en_attente
from services.demandes.intervention.schemas import Nature
from services.purchasing.copies.models import ReferenceChezFournisseur
from services.purchasing.negociation import use_cases as negociations
from services.purchasing.negociation.rules import Avancement
from services.purchasing.negociation.schemas import SaisieNegociation
from shared.kernel.clock import jour_paris

# what a signed devis was for, the model kept of it
MODELES = (
    ("Remplacement NVR 16 voies et 4 caméras dôme", "Vidéosurveillance 4 caméras"),
    ("Couverture Wi-Fi étage et comptoir d’accueil", "Wi-Fi d’un étage, 3 bornes"),
    ("Migration téléphonie vers trunk SIP, 14 postes", "IPBX 8 postes et 2 DECT"),
)
# état, libellé, client (its rank), priorité, montant HT
AFFAIRES = (
    (EtatAffaire.AFFAIRE, "Réseau et sûreté du nouveau siège", 21, 0, "86000"),
    (EtatAffaire.OPPORTUNITE, "Vidéoprotection du centre-bourg", 1, 3, "48500"),
    (EtatAffaire.OPPORTUNITE, "Téléphonie des sept communes", 6, 5, "61000"),
    (EtatAffaire.MODELE, "Ouverture d’une agence type", None, 5, None),
)
# who, days after next Monday, how many more, which part of the day, why
ABSENCES = (
    ("karim", 1, 0, Demi.MATIN, MotifAbsence.FORMATION),
    ("antoine", 3, 1, Demi.JOURNEE, MotifAbsence.CONGES),
    ("nicolas", 21, 11, Demi.JOURNEE, MotifAbsence.CONGES),
)
# who goes, days after next Monday, which part of the day
CRENEAUX = (
    (("nicolas",), 0, Demi.MATIN),
    (("antoine",), 1, Demi.APRES_MIDI),
    (("nicolas", "antoine"), 2, Demi.JOURNEE),
)
SANS_CONTRAT = (2, 3, 9)  # ranks of the clients who are proposed tariffs
# article, quantity; then how far each supplier’s answer is
DEMANDES_DE_PRIX = (("ARU-AP27", "6"), ("SYN-DS923", "2"))
AVANCEMENTS = (Avancement.DEVIS_RECU, Avancement.A_CONTACTER)


def pas(monde: Monde, tiers: list[tuple[UUID, str]], maintenant: datetime) -> Iterator[tuple[datetime, Geste]]:
    """Each thing done, in office hours of its day; the last one now, when every sale is where it stands."""

    def il_y_a(jours: int) -> datetime:
        return (maintenant - timedelta(days=jours)).replace(hour=13, minute=7 * jours % 60)

    yield il_y_a(21), partial(_garder_modeles, monde)
    yield il_y_a(15), partial(_ouvrir_affaires, monde, tiers)
    yield il_y_a(11), partial(_noter_anciens, monde, tiers)
    yield il_y_a(10), partial(_proposer_tarifs, monde, tiers)
    yield il_y_a(6), partial(_noter_absences, monde, maintenant)
    yield il_y_a(2), partial(_demander_des_prix, monde)
    yield il_y_a(1), partial(_planifier, monde, maintenant)
    yield maintenant, partial(periodique.taches_periodiques, monde.platform.database("commercial"))


async def _garder_modeles(monde: Monde) -> None:
    base = monde.platform.database("commercial")
    for objet, nom in MODELES:
        async with base.read() as session:
            requete = select(Proposition.id).where(Proposition.objet == objet, Proposition.valide_le.is_not(None))
            proposition_id = await session.scalar(requete.order_by(Proposition.id).limit(1))
        if proposition_id is not None:
            await commercial.garder_modele(base, monde.gens["manon"], proposition_id, nom)


async def _ouvrir_affaires(monde: Monde, tiers: list[tuple[UUID, str]]) -> None:
    base = monde.platform.database("commercial")
    for etat, libelle, client, priorite, montant in AFFAIRES:
        saisie = SaisieAffaire(
            libelle=libelle,
            etat=etat,
            tiers_id=tiers[client][0] if client is not None else None,
            priorite=priorite,
            montant_ht=Decimal(montant) if montant else None,
        )
        async with base.transaction(monde.gens["julien"]) as tx:
            await affaires.creer(tx, saisie)


async def _noter_anciens(monde: Monde, tiers: list[tuple[UUID, str]]) -> None:
    """What clients already had when they signed."""
    parc = monde.platform.database("maintenance")
    for rang in range(4):
        await maintenance.ajouter_ancien(parc, monde.gens["nicolas"], tiers[rang * 5][0], rang)


async def _proposer_tarifs(monde: Monde, tiers: list[tuple[UUID, str]]) -> None:
    """Clients without contract receive the usual tariffs: one agrees, one does not, one has not answered."""
    parc = monde.platform.database("maintenance")
    accords = [await maintenance.proposer_tarifs(parc, monde.gens["celine"], tiers[rang][0]) for rang in SANS_CONTRAT]
    await monde.platform.drain()  # the mail leaves before anybody answers it
    await maintenance.repondre(parc, accords[0], "Inès Bouvet")
    await maintenance.repondre(parc, accords[1], "Luc Ravoire", accepte=False)


async def _noter_absences(monde: Monde, maintenant: datetime) -> None:
    lundi = _lundi_suivant(maintenant)
    for qui, dans, de_plus, demi, motif in ABSENCES:
        personne = monde.gens[qui].id
        assert personne is not None
        du = lundi + timedelta(days=dans)
        saisie = SaisieAbsence(
            collaborateur_id=personne, du=du, au=du + timedelta(days=de_plus), demi=demi, motif=motif
        )
        async with monde.platform.database("demandes").transaction(monde.gens["nadia"]) as tx:
            await absences.noter(tx, saisie)


async def _demander_des_prix(monde: Monde) -> None:
    """Two suppliers asked for each article: one answered, the other is still to be called."""
    base, thomas = monde.platform.database("purchasing"), monde.gens["thomas"]
    for reference, quantite in DEMANDES_DE_PRIX:
        async with base.read() as session:
            choix = ReferenceChezFournisseur
            requete = select(choix.fournisseur_id, choix.prix_ht).where(choix.produit_id == monde.connus[reference])
            offres = (await session.execute(requete.order_by(choix.prix_ht).limit(len(AVANCEMENTS)))).all()
        for (fournisseur_id, prix_ht), avancement in zip(offres, AVANCEMENTS, strict=False):
            saisie = SaisieNegociation(
                produit_id=monde.connus[reference],
                fournisseur_id=fournisseur_id,
                quantite=Decimal(quantite),
                prix_ht=prix_ht,
                avancement=avancement,
                delai_jours=5,
            )
            async with base.transaction(thomas) as tx:
                await negociations.ouvrir(tx, saisie)


async def _planifier(monde: Monde, maintenant: datetime) -> None:
    """Some of what waits for a date gets one; the rest is left to whoever tries the planning."""
    base, lundi = monde.platform.database("demandes"), _lundi_suivant(maintenant)
    async with base.read() as session:
        attente = en_attente(Demande.id, Demande.type_code).order_by(Demande.cree_le, Demande.id)
        lues = (await session.execute(attente.limit(len(CRENEAUX)))).all()
    for (demande_id, type_code), (gens, dans, demi) in zip(lues, CRENEAUX, strict=False):
        ids = [id_ for qui in gens if (id_ := monde.gens[qui].id) is not None]
        nature: Nature = "visite" if type_code == "maintenance" else "installation"
        jour = lundi + timedelta(days=dans)
        await demandes.planifier(base, monde.gens["nadia"], demande_id, jour, ids, demi=demi, nature=nature)


def _lundi_suivant(maintenant: datetime) -> date:
    jour = jour_paris(maintenant)
    return jour + timedelta(days=7 - jour.weekday())
