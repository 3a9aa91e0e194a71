"""What the demo company does in maintenance: parcs arranged, contracts signed, visits made, tariffs answered.

Plain functions that `charger` calls in order, each in its own transaction, at the clock of the database; always the
same way for the same data.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.maintenance.accord_tarifaire import rules as liens
from services.maintenance.accord_tarifaire import use_cases as accords
from services.maintenance.accord_tarifaire.schemas import SaisieAccord, SaisieReponse, SaisieTarif
from services.maintenance.contrat import repository as contrats
from services.maintenance.contrat.models import Contrat
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.contrat.schemas import SaisieContrat, SaisieLigne
from services.maintenance.contrat.use_cases import cycle, redaction
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.schemas import Rangement, SaisieEquipement
from services.maintenance.equipement.use_cases import tenue
from services.maintenance.periodique import taches_periodiques
from services.maintenance.visite import repository as visites
from services.maintenance.visite.models import Visite
from services.maintenance.visite.rules import EtatVisite, ajouter_mois
from services.maintenance.visite.schemas import SaisiePreparation, SaisieRealisation, SaisieReleve
from services.maintenance.visite.use_cases import deroulement
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.means import Means

TARIF = SaisieTarif(
    taux_horaire_ht=Decimal("72.00"),
    deplacement_ht=Decimal("45.00"),
    conditions="Toute heure commencée est due. Les pièces remplacées font l’objet d’un devis.",
)
LIEUX = (
    "Accueil",
    "Bâtiment A / 1er étage",
    "Bâtiment A / Local technique",
    "Bâtiment B / Atelier",
    "Salle de réunion",
)
A_COMPTEUR = ("copieur", "imprimante", "multifonction")
ANCIENS = (
    ("Onduleur 1500 VA", "Onduleur", "UPS-1500", "AS2204183"),
    ("Copieur A3 monochrome", "Copieur", "MP-3055", "G437M800"),
    ("Autocommutateur 16 postes", "Téléphonie", "OXO-16", "FCN0211"),
    ("Commutateur 8 ports", "Réseau", "GS108", "4NB1285"),
)
RYTHMES = ((12, 1), (3, 2), (1, 2), (12, 2), (6, 1))  # billing period in months, visits a year
UTILISATEURS = ("Mme Lefèvre", "M. Perrin", "Accueil", "Comptabilité", "Direction")
GENRES = ("info", "sav", "info", "commercial", "info")
REMARQUES = {
    "info": ("", "Nettoyage fait, rien à signaler", ""),
    "commercial": (
        "le client en veut un second, même modèle",
        "à changer pour un modèle récent, devis attendu",
        "à déplacer dans le nouveau bureau, câblage à prévoir",
        "le client demande une extension de garantie",
    ),
}
PANNES = {
    True: ("Bac à papier usé, à remplacer", "Traces sur les copies couleur", "Scan vers dossier en échec"),
    False: ("Redémarre seul de temps en temps", "Voyant d’alarme allumé", "Fixation à reprendre"),
}


async def installer(database: Database, actor: Actor) -> None:
    """The usual intervention tariffs."""
    async with database.transaction(actor) as tx:
        await accords.fixer_tarif(tx, TARIF, None)


async def ajouter_ancien(database: Database, actor: Actor, tiers_id: UUID, rang: int) -> UUID:
    """Something the client bought elsewhere, worth following all the same."""
    designation, type_, reference, serie = ANCIENS[rang % len(ANCIENS)]
    saisie = SaisieEquipement(
        tiers_id=tiers_id,
        designation=designation,
        reference=reference,
        type_libelle=type_,
        numero_serie=f"{serie}{rang:03d}",
        lieu=LIEUX[rang % len(LIEUX)],
        installe_le=jour_paris(database.clock.now()) - timedelta(days=400 + 90 * rang),
        valeurs={"utilisateur": UTILISATEURS[rang % len(UTILISATEURS)]},
    )
    async with database.transaction(actor) as tx:
        return (await tenue.ajouter(tx, saisie)).id


async def ranger(database: Database, actor: Actor, tiers_id: UUID) -> None:
    """The objects of a client that have no place yet get one, grouped by type."""
    requete = select(Equipement.id, Equipement.type_libelle).where(
        Equipement.tiers_id == tiers_id, Equipement.lieu_id.is_(None)
    )
    async with database.read() as session:
        sans_lieu = (await session.execute(requete.order_by(Equipement.id))).all()
    for groupe in sorted({type_ or "Divers" for _, type_ in sans_lieu}):
        ids = [id_ for id_, type_ in sans_lieu if (type_ or "Divers") == groupe]
        for rang, lieu in enumerate(LIEUX):
            if partie := ids[rang :: len(LIEUX)]:
                saisie = Rangement(tiers_id=tiers_id, equipement_ids=partie, lieu=lieu, groupe=groupe)
                async with database.transaction(actor) as tx:
                    await tenue.ranger(tx, saisie)


async def signer_brouillons(database: Database, actor: Actor, *, apres_jours: int = 12) -> list[UUID]:
    """Drafts proposed some days ago are priced, signed and activated; answers those activated."""
    limite = jour_paris(database.clock.now()) - timedelta(days=apres_jours)
    requete = select(Contrat.id).where(Contrat.etat == EtatContrat.BROUILLON, Contrat.debut <= limite)
    async with database.read() as session:
        ids = list(await session.scalars(requete.order_by(Contrat.numero)))
    for contrat_id in ids:
        await _signer(database, actor, contrat_id)
    return ids


async def _signer(database: Database, actor: Actor, contrat_id: UUID) -> None:
    async with database.transaction(actor) as tx:
        contrat = await contrats.get_for_update(tx, contrat_id)
        rang = int(contrat.numero[-5:])
        mois, par_an = RYTHMES[rang % len(RYTHMES)]
        debut = ajouter_mois(jour_paris(tx.now).replace(day=1), 1)
        saisie = SaisieContrat(
            tiers_id=contrat.tiers_id,
            objet=contrat.objet,
            debut=debut,
            fin=ajouter_mois(debut, 36) - timedelta(days=1),
            periodicite_mois=mois,
            est_a_echoir=rang % 3 != 0,
            visites_par_an=par_an,
            premiere_visite_le=ajouter_mois(debut, 2) + timedelta(days=rang % 20),
            demande_id=contrat.demande_id,
            affaire_id=contrat.affaire_id,
            lignes=[
                SaisieLigne(
                    id=ligne.id,
                    designation=ligne.designation,
                    montant_ht=Decimal(18 + 7 * ((rang + n) % 6)) * mois,
                    taux_tva=ligne.taux_tva,
                    equipement_ids=ligne.equipement_ids,
                )
                for n, ligne in enumerate(contrat.lignes)
            ],
        )
        await redaction.modifier(tx, contrat_id, saisie, None)
        await cycle.activer(tx, contrat_id, None)


async def passer_le_jour(database: Database) -> None:
    """What time alone causes: contracts that begin or end, visits that become due."""
    await taches_periodiques(database)


async def realiser_visites(database: Database, actor: Actor, intervenants: Sequence[str], *, retard: int = 5) -> int:
    """Visits whose day is past are carried out, with their readings; the last ones stay to plan. Answers how many."""
    limite = jour_paris(database.clock.now()) - timedelta(days=retard)
    faisables = (EtatVisite.DUE, EtatVisite.PLANIFIEE, EtatVisite.EFFECTUEE)
    requete = select(Visite.id).where(Visite.etat.in_(faisables), Visite.date_prevue <= limite)
    async with database.read() as session:
        ids = list(await session.scalars(requete.order_by(Visite.date_prevue, Visite.id)))
    for rang, visite_id in enumerate(ids):
        await _realiser(database, actor, visite_id, intervenants[rang % len(intervenants)], rang)
    return len(ids)


async def _realiser(database: Database, actor: Actor, visite_id: UUID, intervenant: str, rang: int) -> None:
    async with database.transaction(actor) as tx:
        visite = await visites.get_for_update(tx, visite_id)
        du_contrat = select(Equipement).where(Equipement.contrat_id == visite.contrat_id).order_by(Equipement.id)
        vus: Sequence[Equipement] = (await tx.scalars(du_contrat)).all()
        ids = [equipement.id for equipement in vus]
        releves = [_releve(equipement, rang + n, visite.date_prevue) for n, equipement in enumerate(vus)]
        if visite.etat is not EtatVisite.EFFECTUEE:
            preparation = SaisiePreparation(date=visite.date_prevue, intervenant=intervenant, equipement_ids=ids)
            await deroulement.preparer(tx, visite_id, preparation, None)
        saisie = SaisieRealisation(
            realisee_le=visite.date_prevue,
            intervenant=intervenant,
            compte_rendu="Contrôle général, nettoyage, mises à jour installées. Essais faits avec le client.",
            releves=releves,
        )
        await deroulement.realiser(tx, visite_id, saisie, None)


def _releve(equipement: Equipement, rang: int, le: date) -> SaisieReleve:
    """A counter for what prints, its user, sometimes a remark."""
    genre = GENRES[rang % len(GENRES)]
    imprime = any(mot in f"{equipement.type_libelle} {equipement.designation}".lower() for mot in A_COMPTEUR)
    remarques = PANNES[imprime] if genre == "sav" else REMARQUES[genre]
    return SaisieReleve(
        equipement_id=equipement.id,
        compteur=str(4200 + 137 * (rang % 40) + 23 * (le.toordinal() - 739000)) if imprime else "",
        utilisateur=UTILISATEURS[rang % len(UTILISATEURS)],
        remarque=remarques[rang // len(GENRES) % len(remarques)],
        genre=genre,
    )


async def proposer_tarifs(database: Database, actor: Actor, tiers_id: UUID) -> UUID:
    """The usual tariffs are mailed to a client without contract."""
    async with database.transaction(actor) as tx:
        return (await accords.proposer(tx, SaisieAccord(tiers_id=tiers_id))).id


async def repondre(database: Database, accord_id: UUID, nom: str, *, accepte: bool = True) -> None:
    """The client answers from the link of the mail (which must have left: drain first)."""
    secret = Means.of(database).settings.session_secret.get_secret_value()
    reponse = SaisieReponse(
        nom=nom, motif="" if accepte else "Nous avons un autre prestataire.", adresse_ip="192.0.2.7"
    )
    repondre_ = accords.accepter if accepte else accords.refuser
    async with database.transaction(Actor(nom="Client", origine="portail")) as tx:
        await repondre_(tx, liens.jeton(secret, accord_id), reponse)
