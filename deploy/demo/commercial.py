"""What salespeople of the demo company do: studies, devis with their hidden products, sendings, signatures."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from deploy.demo.catalogue import DEEE, PRODUITS
from services.commercial.envoi import use_cases as envois
from services.commercial.envoi.schemas import SaisieEnvoi
from services.commercial.etude import use_cases as etudes
from services.commercial.etude.schemas import SaisieEtude
from services.commercial.garde import use_cases as garde
from services.commercial.garde.schemas import SaisieLimites
from services.commercial.modele_proposition import use_cases as modeles
from services.commercial.modele_proposition.schemas import SaisieModele
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import CausePerte
from services.commercial.proposition.schemas.saisies import SaisieLigne, SaisieProduitCache
from services.commercial.proposition.use_cases import cycle, edition
from services.commercial.rayon import use_cases as rayons
from services.commercial.rayon.schemas import SaisieProduitRayon, SaisieRayon
from services.commercial.relance import use_cases as relances
from services.commercial.relance.rules import GenreRelance
from services.commercial.relance.schemas import SaisieEtape, Schema
from shared.database.database import Database
from shared.kernel.actor import Actor

PRIX = {
    reference: (Decimal(achat), Decimal(vente)) for *_, articles in PRODUITS for reference, _, achat, vente in articles
}
TAUX_HORAIRE = Decimal(62)
COUT_HORAIRE = Decimal(34)


@dataclass(frozen=True, slots=True)
class Poste:
    """A line of a devis: what the client reads, and the products it hides, (reference, quantity) each."""

    designation: str
    quantite: str
    produits: tuple[tuple[str, str], ...]
    unite: str = "u"
    description: str = ""
    maintenance: bool = False


# By subject: what is quoted; labour is added from the hours of the subject.
POSTES: dict[str, tuple[Poste, ...]] = {
    "reseau": (
        Poste("Baie de brassage 12U équipée", "1", (("BAI-12U", "1"), ("PAN-24-C6A", "1"), ("PDU-8", "1"))),
        Poste("Commutateur 24 ports PoE+", "1", (("ARU-1930-24P", "1"), ("COR-C6-1", "12")), maintenance=True),
        Poste("Câblage cuivre catégorie 6, recette incluse", "180", (("CAB-C6-FUTP", "180"), ("RJ45-C6A", "16")), "m"),
    ),
    "video": (
        Poste(
            "Enregistreur réseau 8 voies",
            "1",
            (("AXI-S3008", "1"), ("COR-C6-2", "2")),
            description="Enregistrement continu 30 jours, accès mobile, garantie 5 ans.",
            maintenance=True,
        ),
        Poste("Caméra dôme 4 Mpx antivandale", "4", (("AXI-P3265", "4"), ("COR-C6-5", "4")), maintenance=True),
        Poste("Câblage cuivre catégorie 6", "120", (("CAB-C6-FUTP", "120"),), "m"),
    ),
    "telephonie": (
        Poste("Téléphone IP de bureau", "8", (("YEA-T54W", "8"), ("COR-C6-2", "8")), maintenance=True),
        Poste("Combiné DECT et sa base", "2", (("YEA-W73H", "2"), ("GIG-N670", "1"))),
    ),
    "wifi": (
        Poste("Point d’accès Wi-Fi 6, plafond", "3", (("ARU-AP22", "3"), ("COR-C6-5", "3")), maintenance=True),
        Poste("Commutateur 8 ports PoE", "1", (("CIS-C1200-8P", "1"),)),
    ),
    "impression": (
        Poste(
            "Copieur couleur A3 30 ppm",
            "1",
            (("CAN-C3930I", "1"), ("CAN-T09K", "1"), ("PAP-A3-80", "5")),
            description="Recto verso, finition interne, numérisation vers dossiers.",
            maintenance=True,
        ),
    ),
    "acces": (
        Poste(
            "Centrale de contrôle d’accès deux portes", "2", (("TIL-UTIL2", "2"), ("ALI-12V5A", "2")), maintenance=True
        ),
        Poste("Lecteur de badges et ventouse", "3", (("STI-ARC1", "3"), ("VEN-300", "3"), ("BP-SORTIE", "3"))),
        Poste("Badges DESFire personnalisés", "30", (("BAD-DESF", "30"),)),
    ),
    "serveur": (
        Poste("Serveur NAS et sauvegarde", "1", (("SYN-DS923", "1"), ("SSD-1T", "4")), maintenance=True),
        Poste("Onduleur 1500 VA", "1", (("EAT-5SC1500", "1"),), maintenance=True),
    ),
}
PAR_DEFAUT = POSTES["reseau"][:2]


async def etudier(
    database: Database, actor: Actor, demande_id: UUID, connus: dict[str, UUID], domaine: str, heures: int, ampleur: int
) -> UUID:
    """A study with one proposition; `ampleur` multiplies quantities. The proposition's id."""
    async with database.transaction(actor) as tx:
        etude = await etudes.creer(tx, SaisieEtude(demande_id=demande_id, commercial_id=actor.id))
    async with database.read() as session:
        requete = select(Proposition.id).where(Proposition.etude_id == etude.id).order_by(Proposition.rang)
        proposition_id = (await session.scalars(requete)).first()
    async with database.transaction(actor) as tx:
        if proposition_id is None:
            proposition_id = (await etudes.ajouter_proposition(tx, etude.id, "")).id
        lignes = [_ligne(poste, connus, ampleur) for poste in POSTES.get(domaine, PAR_DEFAUT)]
        lignes.append(_main_d_oeuvre(heures * (1 + ampleur) // 2))
        await edition.remplacer_lignes(tx, proposition_id, lignes, None)
    return proposition_id


async def envoyer(database: Database, actor: Actor, proposition_id: UUID, destinataire: str, objet: str) -> None:
    """Mail the devis."""
    saisie = SaisieEnvoi(
        destinataires=[destinataire],
        sujet=f"Votre devis : {objet}",
        message="Bonjour,\n\nComme convenu, voici notre proposition. Je reste à votre disposition.",
    )
    async with database.transaction(actor) as tx:
        await envois.demander(tx, proposition_id, saisie)


async def signer(database: Database, actor: Actor, proposition_id: UUID, signataire: str) -> None:
    """The client returned the paper signed."""
    async with database.transaction(actor) as tx:
        await cycle.valider(tx, proposition_id, cycle.Accord(nom=signataire))


async def refuser(database: Database, actor: Actor, proposition_id: UUID, cause: CausePerte, motif: str) -> None:
    """The client said no."""
    async with database.transaction(actor) as tx:
        await cycle.refuser(tx, proposition_id, cause, motif)


async def outiller(database: Database, actor: Actor, connus: dict[str, UUID]) -> None:
    """The frequent shelves everybody shares, the limits of discount and margin, the calls to make."""
    async with database.transaction(actor) as tx:
        await garde.fixer(tx, SaisieLimites(remise_max=Decimal(15), marque_min=Decimal(12)), None)
        await relances.fixer(tx, Schema(etapes=[SaisieEtape(jours=6, genre=GenreRelance.APPEL)]))
    async with database.transaction(actor) as tx:
        for rang, (nom, icone, references) in enumerate(RAYONS):
            produits = [SaisieProduitRayon(produit_id=connus[r], quantite=Decimal(1)) for r in references]
            await rayons.creer(tx, SaisieRayon(nom=nom, icone=icone, rang=rang, produits=produits))


async def garder_modele(database: Database, actor: Actor, proposition_id: UUID, nom: str) -> None:
    """A proposition worth using again."""
    async with database.transaction(actor) as tx:
        await modeles.creer(tx, SaisieModele(proposition_id=proposition_id, nom=nom))


RAYONS = (
    ("Vidéosurveillance", "cctv", ("AXI-P3265", "AXI-P1468", "AXI-S3008", "UBI-UNVR")),
    ("Réseau et Wi-Fi", "network", ("ARU-1930-24P", "CIS-C1200-8P", "ARU-AP22", "FOR-40F")),
    ("Téléphonie", "phone", ("YEA-T54W", "YEA-T33G", "YEA-W73H", "JAB-EVO40")),
    ("Câblage", "cable", ("CAB-C6-FUTP", "RJ45-C6A", "COR-C6-2", "PAN-24-C6A", "BAI-12U")),
)


def _ligne(poste: Poste, connus: dict[str, UUID], ampleur: int) -> SaisieLigne:
    """Price and cost follow from the hidden products."""
    unitaire = Decimal(poste.quantite)
    cout = sum((PRIX[r][0] * Decimal(q) for r, q in poste.produits), Decimal(0)) / unitaire
    vente = sum((PRIX[r][1] * Decimal(q) for r, q in poste.produits), Decimal(0)) / unitaire
    deee = sum((Decimal(DEEE.get(r, "0")) * Decimal(q) for r, q in poste.produits), Decimal(0)) / unitaire
    return SaisieLigne(
        designation=poste.designation,
        description=poste.description,
        quantite=unitaire * ampleur,
        unite=poste.unite,
        cout_ht=cout.quantize(Decimal("0.01")),
        prix_fixe_ht=vente.quantize(Decimal("0.01")),
        taux_tva=Decimal(20),
        deee_ht=deee.quantize(Decimal("0.0001")),
        maintenance_souhaitee=poste.maintenance,
        produits=[SaisieProduitCache(produit_id=connus[r], quantite=Decimal(q) * ampleur) for r, q in poste.produits],
    )


def _main_d_oeuvre(heures: int) -> SaisieLigne:
    return SaisieLigne(
        designation="Main-d’œuvre, pose et mise en service",
        quantite=Decimal(heures),
        unite="h",
        cout_ht=COUT_HORAIRE,
        prix_fixe_ht=TAUX_HORAIRE,
        taux_tva=Decimal(20),
        nature="service",
    )
