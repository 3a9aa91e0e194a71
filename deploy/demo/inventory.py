"""What the demo company does in inventory: its catalogue, its opening stock, its workshop. Always the same way."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from deploy.demo.catalogue import DEEE, KITS, PRODUITS, SERVICES, STOCK_OUVERTURE, VEHICULES
from deploy.demo.types_produit import PHOTOGRAPHIEES, TYPES
from services.inventory.atelier import use_cases as atelier
from services.inventory.atelier.rules import Coffre, coffre_des_reglages
from services.inventory.depot import use_cases as depots_
from services.inventory.depot.models import Depot
from services.inventory.depot.schemas import SaisieEmplacement
from services.inventory.dotation import use_cases as dotations
from services.inventory.dotation.schemas import SaisieDotation, SaisiePlein, SaisiePris
from services.inventory.etiquette.schemas import SaisieLot
from services.inventory.feuille.models import Feuille
from services.inventory.feuille.queries import fiche
from services.inventory.feuille.use_cases import cloture, placement
from services.inventory.historique import queries as historiques
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.schemas import SaisieEntree, VueHistorique
from services.inventory.produit import use_cases as produits
from services.inventory.produit.schemas import SaisieComposant, SaisieProduit
from services.inventory.type_produit import use_cases as types
from services.inventory.type_produit.schemas import SaisieTypeProduit
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.means import Means

_rang = count(20)  # addresses and extensions given to the objects of the demo, one after the other
VALEURS: Mapping[str, str] = {
    "compteur_noir": "0",
    "compteur_couleur": "0",
    "scan": "Dossier partagé",
    "emplacement": "Rez-de-chaussée, accueil",
    "zone": "Entrée principale",
    "porte": "Porte principale",
    "vlans": "10 données, 20 voix",
    "ssid": "Entreprise, Invités",
    "retention": "30",
    "batteries": "2026-01-15",
    "operateur": "Orange",
    "capacite": "4",
}


async def installer_catalogue(database: Database, actor: Actor, fournisseurs: Sequence[UUID] = ()) -> dict[str, UUID]:
    """Types, then about 120 products; the id of each by reference. `fournisseurs` take the families in turn."""
    par_code = await _installer_types(database, actor)
    connus: dict[str, UUID] = {}
    async with database.transaction(actor) as tx:
        for rang, (famille, type_code, serie, unite, articles) in enumerate(PRODUITS):
            choisis = [fournisseurs[(rang + i) % len(fournisseurs)] for i in range(min(2, len(fournisseurs)))]
            for reference, designation, achat, vente in articles:
                valeurs: dict[str, Any] = {
                    "reference": reference,
                    "designation": designation,
                    "famille": famille,
                    "unite": unite,
                    "politique_serie": serie,
                    "type_id": par_code[type_code] if type_code else None,
                    "prix_achat_ht": achat,
                    "prix_vente_ht": vente,
                    "deee_ht": DEEE.get(reference, "0"),
                    "maintenance_requise": type_code == "copieur",
                    "fournisseurs": _references(choisis, reference, achat),
                }
                connus[reference] = (await produits.creer(tx, SaisieProduit.model_validate(valeurs))).id
        for reference, designation, unite, achat, vente in SERVICES:
            saisie = SaisieProduit(
                reference=reference,
                designation=designation,
                famille="Services",
                unite=unite,
                nature="service",
                prix_achat_ht=Decimal(achat),
                prix_vente_ht=Decimal(vente),
            )
            connus[reference] = (await produits.creer(tx, saisie)).id
        for reference, designation, composants in KITS:
            kit = SaisieProduit(
                reference=reference,
                designation=designation,
                famille="Kits",
                composants=[SaisieComposant(produit_id=connus[r], quantite=Decimal(q)) for r, q in composants],
            )
            connus[reference] = (await produits.creer(tx, kit)).id
    return connus


async def inventaire_ouverture(database: Database, actor: Actor, connus: Mapping[str, UUID]) -> None:
    """What was on the shelves the first day; the depots must be known (the company's fact delivered)."""
    async with database.read() as session:
        depots = list(await session.scalars(select(Depot.id).order_by(Depot.code)))
    async with database.transaction(actor) as tx:
        for reference, *quantites in STOCK_OUVERTURE:
            for depot_id, quantite in zip(depots, quantites, strict=False):
                if Decimal(quantite) > 0:
                    saisie = SaisieEntree(
                        produit_id=connus[reference],
                        depot_id=depot_id,
                        quantite=Decimal(quantite),
                        numeros_serie=_series(reference, int(quantite)),
                        facture_fournisseur="OUVERTURE",
                        motif="Inventaire d’ouverture",
                    )
                    await mouvements.saisir_entree(tx, saisie)


async def feuille_de(database: Database, demande_id: UUID) -> UUID:
    """The feuille opened for a demande."""
    async with database.read() as session:
        return (await session.scalars(select(Feuille.id).where(Feuille.demande_id == demande_id))).one()


async def placer_reserve(database: Database, actor: Actor, demande_id: UUID, zone: str = "") -> None:
    """Bring to the feuille what stock kept for it."""
    feuille_id = await feuille_de(database, demande_id)
    async with database.transaction(actor) as tx:
        chantier = await placement.prelever_reserve(tx, feuille_id)
        chantier.feuille.zone = zone


async def preparer(database: Database, actor: Actor, demande_id: UUID, objets_au_plus: int | None = None) -> None:
    """Configure, tick and label the objects of a feuille, or only the first ones to leave work in progress."""
    feuille_id = await feuille_de(database, demande_id)
    coffre = coffre_des_reglages(Means.of(database).settings)
    async with database.read() as session:
        vue = await fiche(session, feuille_id, avec_couts=False)
    objets = [o for c in vue.colonnes for o in c.objets if o.etapes_faites < o.etapes_total][:objets_au_plus]
    for objet in objets:
        await _preparer(database, actor, objet.id, coffre)
    a_etiqueter = [o.id for o in objets if o.etiquette is None]
    if a_etiqueter:
        async with database.transaction(actor) as tx:
            await atelier.generer_etiquettes(tx, SaisieLot(historique_ids=a_etiqueter))


async def cloturer(database: Database, actor: Actor, demande_id: UUID) -> None:
    """The field team ended the intervention."""
    feuille_id = await feuille_de(database, demande_id)
    async with database.transaction(actor) as tx:
        await cloture.cloturer(tx, feuille_id)


async def valider(database: Database, actor: Actor, demande_id: UUID) -> None:
    """The feuille goes to billing and to the parc."""
    feuille_id = await feuille_de(database, demande_id)
    async with database.transaction(actor) as tx:
        await cloture.valider(tx, feuille_id, malgre_ecarts=True)


async def _installer_types(database: Database, actor: Actor) -> dict[str, UUID]:
    async with database.transaction(actor) as tx:
        faits = {}
        for code, libelle, icone, champs, actions, etiquette in TYPES:
            saisie = SaisieTypeProduit.model_validate(
                {
                    "code": code,
                    "libelle": libelle,
                    "icone": icone,
                    "champs": champs,
                    "actions": [
                        {"cle": cle, "libelle": texte, "photo": "possible" if cle in PHOTOGRAPHIEES else "aucune"}
                        for cle, texte in actions
                    ],
                    "etiquette_requise": etiquette,
                }
            )
            faits[code] = (await types.creer(tx, saisie)).id
    return faits


def _series(reference: str, quantite: int) -> list[str]:
    """Serial numbers for what must carry one."""
    suivis = {a[0] for _, _, serie, _, articles in PRODUITS if serie == "obligatoire" for a in articles}
    return [f"SN{next(_rang):06d}" for _ in range(quantite)] if reference in suivis else []


def _references(fournisseurs: Sequence[UUID], reference: str, achat: str) -> list[dict[str, Any]]:
    """The second supplier is a little dearer."""
    return [
        {
            "fournisseur_id": fournisseur_id,
            "reference": f"{reference}-{'AB'[rang]}",
            "prix_ht": (Decimal(achat) * (100 + 4 * rang) / 100).quantize(Decimal("0.01")),
        }
        for rang, fournisseur_id in enumerate(fournisseurs)
    ]


async def _preparer(database: Database, actor: Actor, historique_id: UUID, coffre: Coffre) -> None:
    async with database.read() as session:
        vue = await historiques.fiche(session, historique_id, avec_couts=False)
    async with database.transaction(actor) as tx:
        if vue.configuration:
            await atelier.configurer(tx, historique_id, _valeurs(vue), coffre)
        for action in vue.actions:
            await atelier.cocher(tx, historique_id, action.cle, est_faite=True)


def _valeurs(vue: VueHistorique) -> dict[str, Any]:
    rang = next(_rang)
    propres = {
        "adresse_ip": f"192.168.{10 + rang // 200}.{rang % 200 + 20}",
        "adresse_mac": f"00:1A:2B:3C:{rang // 256:02X}:{rang % 256:02X}",
        "poste": str(200 + rang),
        "nom_poste": f"PC-{rang:03d}",
        "mot_de_passe": f"Demo-{rang}!",
        "sip": f"sip-{rang}",
        "site": f"{4000 + rang}",
    }
    toutes = {**VALEURS, **propres}
    return {c.cle: toutes[c.cle] for c in vue.configuration if c.cle in toutes}


async def equiper_les_vehicules(database: Database, actor: Actor, connus: Mapping[str, UUID]) -> None:
    """The vans of technicians, full on the first day; then more of one product is wanted aboard, so that one is low."""
    async with database.read() as session:
        depots = list(await session.scalars(select(Depot.id).order_by(Depot.code)))
    for depot_id, (code, libelle, dotation, hausse) in zip(depots, VEHICULES, strict=False):
        async with database.transaction(actor) as tx:
            depot = await depots_.ajouter_emplacement(
                tx, depot_id, SaisieEmplacement(code=code, libelle=libelle, nature="vehicule")
            )
            await tx.flush()
            place_id = next(e.id for e in depot.emplacements if e.code == code)
            for reference, mini, cible in dotation:
                saisie = SaisieDotation(produit_id=connus[reference], mini=Decimal(mini), cible=Decimal(cible))
                await dotations.fixer(tx, place_id, saisie)
            pris = [SaisiePris(produit_id=connus[r], quantite=Decimal(cible)) for r, _, cible in dotation]
            await dotations.remplir(tx, place_id, SaisiePlein(lignes=pris))
            reference, mini, cible = hausse
            saisie = SaisieDotation(produit_id=connus[reference], mini=Decimal(mini), cible=Decimal(cible))
            await dotations.fixer(tx, place_id, saisie)
