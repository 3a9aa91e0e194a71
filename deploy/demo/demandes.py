"""What the demo company does in demandes: calls taken, work followed, people planned. Always the same way.

Plain functions that `charger` calls in order, each in its own transaction, at the clock of the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from services.demandes.abonnement import use_cases as abonnements
from services.demandes.absence.rules import Demi
from services.demandes.cout_horaire import use_cases as couts
from services.demandes.cout_horaire.schemas import SaisieCouts
from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import SaisieDemande, SaisieNote, SaisiePassage, SaisieRelance
from services.demandes.demande.use_cases import creation, deplacement, suivi
from services.demandes.intervention import use_cases as interventions
from services.demandes.intervention.schemas import Nature, SaisieFin, SaisieIntervention
from services.demandes.temps import use_cases as temps
from services.demandes.temps.schemas import SaisieTemps
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris


@dataclass(frozen=True, slots=True)
class Sujet:
    """What a client calls for."""

    domaine: str
    objet: str
    description: str
    heures: int
    personnes: int = 1


SUJETS = (
    Sujet(
        "reseau", "Baie de brassage 24U et recette cuivre", "Reprise du câblage de l’étage, recette demandée.", 14, 2
    ),
    Sujet("video", "Remplacement NVR 16 voies et 4 caméras dôme", "Enregistreur saturé, images floues la nuit.", 12, 2),
    Sujet("telephonie", "Migration téléphonie vers trunk SIP, 14 postes", "Fin du RNIS, numéros à conserver.", 10, 2),
    Sujet("wifi", "Couverture Wi-Fi étage et comptoir d’accueil", "Coupures en salle de réunion.", 6),
    Sujet("impression", "Renouvellement du parc de copieurs A3 couleur", "Contrat de location à échéance.", 5),
    Sujet("acces", "Contrôle d’accès 3 portes, badges Mifare", "Entrée, réserve et local serveur.", 9, 2),
    Sujet("serveur", "Serveur NAS et sauvegarde externalisée", "Sauvegarde actuelle sur disque USB.", 7),
    Sujet("affichage", "Affichage dynamique du hall d’entrée", "Écran 55 pouces, contenu géré à distance.", 4),
    Sujet("sonorisation", "Sonorisation de la salle polyvalente", "Deux micros sans fil, sorties existantes.", 8, 2),
    Sujet("electricite", "Onduleur de la salle serveur", "Coupures de secteur deux fois par mois.", 3),
    Sujet("reseau", "Pare-feu et VPN pour le télétravail", "Douze postes nomades.", 6),
    Sujet("video", "Visiophone collectif et platine de rue", "Platine vandalisée.", 5),
)
PANNES = (
    ("impression", "Bourrage papier répété sur le copieur de l’accueil"),
    ("reseau", "Plus de réseau dans la salle de réunion"),
    ("telephonie", "Postes sans tonalité depuis ce matin"),
    ("video", "Caméra du parking hors ligne"),
    ("acces", "Badge refusé à la porte de la réserve"),
    ("wifi", "Wi-Fi lent au deuxième étage"),
)
NOTES = (
    "Le client souhaite une intervention avant les vacances, accès parking par la cour.",
    "Rappeler après 14 h, la directrice est en réunion le matin.",
    "Clé du local technique à demander à la mairie.",
    "Photos de la baie envoyées par e-mail.",
)


async def ouvrir(
    database: Database,
    actor: Actor,
    tiers: tuple[UUID, str],
    sujet: Sujet,
    *,
    urgence: Urgence = Urgence.NORMALE,
    echeance: date | None = None,
    responsable_id: UUID | None = None,
    agence_id: UUID | None = None,
) -> UUID:
    """Reception takes a call: a demande commerciale."""
    saisie = SaisieDemande(
        type_code="commercial",
        tiers_id=tiers[0],
        tiers_nom=tiers[1],
        objet=sujet.objet,
        description=sujet.description,
        domaine_code=sujet.domaine,
        urgence=urgence,
        echeance=echeance,
        responsable_id=responsable_id,
        agence_id=agence_id,
        duree_prevue_minutes=sujet.heures * 60,
        personnes_prevues=sujet.personnes,
    )
    async with database.transaction(actor) as tx:
        return (await creation.creer(tx, saisie)).id


async def ouvrir_sav(
    database: Database,
    actor: Actor,
    tiers: tuple[UUID, str],
    panne: tuple[str, str],
    *,
    equipement_id: UUID | None = None,
    urgence: Urgence = Urgence.HAUTE,
) -> UUID:
    """A client under contract, or whose tariffs are signed, calls for help."""
    saisie = SaisieDemande(
        type_code="sav",
        tiers_id=tiers[0],
        tiers_nom=tiers[1],
        objet=panne[1],
        domaine_code=panne[0],
        urgence=urgence,
        equipement_id=equipement_id,
    )
    async with database.transaction(actor) as tx:
        return (await creation.creer(tx, saisie)).id


async def deplacer(database: Database, actor: Actor, demande_id: UUID, *vers: str) -> None:
    """Moves by hand, one after the other."""
    for etat in vers:
        async with database.transaction(actor) as tx:
            await deplacement.deplacer(tx, demande_id, SaisiePassage(vers=etat), None)


async def prendre(database: Database, actor: Actor, demande_id: UUID) -> None:
    """A technician takes it."""
    async with database.transaction(actor) as tx:
        await suivi.prendre(tx, demande_id)


async def noter(database: Database, actor: Actor, demande_id: UUID, *rangs: int) -> None:
    """Notes of the catalogue."""
    for rang in rangs:
        async with database.transaction(actor) as tx:
            await suivi.noter(tx, demande_id, SaisieNote(texte=NOTES[rang % len(NOTES)]))


async def suivre(database: Database, actor: Actor, demande_id: UUID) -> None:
    """Somebody wants to know what happens to it."""
    async with database.transaction(actor) as tx:
        await abonnements.suivre(tx, demande_id)


async def dire(database: Database, actor: Actor, demande_id: UUID, texte: str) -> None:
    """A note of somebody, that may name colleagues."""
    async with database.transaction(actor) as tx:
        await suivi.noter(tx, demande_id, SaisieNote(texte=texte))


async def relancer(database: Database, actor: Actor, demande_id: UUID, dans_jours: int = 7) -> None:
    """The client was called; to call again later."""
    rappel = jour_paris(database.clock.now()) + timedelta(days=dans_jours)
    saisie = SaisieRelance(canal="appel", compte_rendu="Décision en conseil la semaine prochaine.", prochaine_le=rappel)
    async with database.transaction(actor) as tx:
        await suivi.relancer(tx, demande_id, saisie)


async def fixer_cout_horaire(database: Database, actor: Actor) -> None:
    """What an hour of anybody costs."""
    async with database.transaction(actor) as tx:
        await couts.fixer(tx, SaisieCouts(defaut_ht=Decimal("38.50")))


async def saisir_temps(database: Database, actor: Actor, demande_id: UUID, minutes: int, travaux: str) -> None:
    """Time and work of the person who acts."""
    saisie = SaisieTemps(jour=jour_paris(database.clock.now()), minutes=minutes, travaux=travaux)
    async with database.transaction(actor) as tx:
        await temps.saisir(tx, demande_id, saisie)


async def planifier(
    database: Database,
    actor: Actor,
    demande_id: UUID,
    jour: date,
    collaborateur_ids: Sequence[UUID],
    *,
    demi: Demi = Demi.JOURNEE,
    nature: Nature = "installation",
) -> UUID:
    """A date and people for a demande."""
    saisie = SaisieIntervention(
        demande_id=demande_id, jour=jour, demi=demi, collaborateur_ids=list(collaborateur_ids), nature=nature
    )
    async with database.transaction(actor) as tx:
        return (await interventions.planifier(tx, saisie)).id


async def intervenir(database: Database, actor: Actor, intervention_id: UUID, compte_rendu: str = "") -> None:
    """The technician leaves, works, and says what was done when `compte_rendu` is given."""
    async with database.transaction(actor) as tx:
        await interventions.demarrer(tx, intervention_id)
    if compte_rendu:
        async with database.transaction(actor) as tx:
            await interventions.terminer(tx, intervention_id, SaisieFin(compte_rendu=compte_rendu))
