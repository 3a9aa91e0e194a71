"""Making models from propositions, and laying them down."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.commercial.affaire.models import Affaire
from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieCollaborateur
from services.commercial.errors import ModeleInconnu, NomDejaPris
from services.commercial.modele_proposition.models import ModeleProposition
from services.commercial.modele_proposition.schemas import RetoucheModele, SaisieModele
from services.commercial.presentation import rules as habillage
from services.commercial.proposition import repository as propositions
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.chiffrage import Ligne
from services.commercial.proposition.schemas.saisies import SaisieLigne
from services.commercial.proposition.use_cases import edition
from shared.database.transaction import Transaction
from shared.documents import formats
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris

LONGUEURS = {"designation": 300, "description": 5000}


async def creer(tx: Transaction, saisie: SaisieModele) -> ModeleProposition:
    """A model from the lines of a proposition."""
    lignes = (await propositions.get(tx.session, saisie.proposition_id)).lignes
    modele = ModeleProposition(
        nom=saisie.nom, description=saisie.description, lignes=[_gardee(ligne) for ligne in lignes]
    )
    tx.add(modele)
    await _ecrire(tx, saisie.nom)
    return modele


async def modifier(
    tx: Transaction, modele_id: UUID, retouche: RetoucheModele, version: int | None
) -> ModeleProposition:
    """Name, description, whether it is still offered."""
    modele = await tx.get(ModeleProposition, modele_id, with_for_update=True)
    if modele is None:
        raise ModeleInconnu
    await tx.expect_version(modele, version)
    for champ, valeur in retouche.model_dump().items():
        setattr(modele, champ, valeur)
    await _ecrire(tx, retouche.nom)
    return modele


async def appliquer(tx: Transaction, proposition_id: UUID, modele_id: UUID, version: int | None) -> Proposition:
    """Its lines at the end of a proposition, their variables replaced by its words.

    Hidden products take today's cost, those gone from sale are left out.
    """
    modele = await tx.get(ModeleProposition, modele_id)
    if modele is None or not modele.est_actif:
        raise ModeleInconnu
    ids = {UUID(produit["produit_id"]) for ligne in modele.lignes for produit in ligne["produits"]}
    vendus = await copies.produits(tx.session, list(ids))
    valeurs = await _valeurs(tx, await propositions.get(tx.session, proposition_id))
    lignes = [
        SaisieLigne.model_validate(
            ligne
            | {"produits": [p for p in ligne["produits"] if UUID(p["produit_id"]) in vendus]}
            | {champ: habillage.remplacer(ligne[champ], valeurs)[:longueur] for champ, longueur in LONGUEURS.items()}
        )
        for ligne in modele.lignes
    ]
    return await edition.ajouter_lignes(tx, proposition_id, lignes, version, par=Actor.systeme(tx.actor.nom))


async def _valeurs(tx: Transaction, proposition: Proposition) -> dict[str, str]:
    """What each variable is in this proposition; empty when it is not known."""
    commercial = await tx.get(CopieCollaborateur, proposition.commercial_id) if proposition.commercial_id else None
    return {
        "client": proposition.tiers_nom,
        "site": await _site(tx, proposition),
        "date": formats.date_longue(jour_paris(tx.now)),
        "validite": formats.date_longue(proposition.valide_jusqu_au),
        "objet": proposition.objet,
        "numero": proposition.numero,
        "commercial": commercial.nom if commercial else "",
    }


async def _site(tx: Transaction, proposition: Proposition) -> str:
    """The site of the affaire, else the town of the address printed."""
    tiers = await copies.tiers(tx.session, proposition.tiers_id)
    affaire = await tx.get(Affaire, proposition.affaire_id) if proposition.affaire_id else None
    if tiers is None:
        return ""
    site = next((s for s in tiers.sites if affaire and s.code == affaire.site_code), None)
    adressee = await copies.adressee(tx.session, proposition.tiers_id, proposition.adressage())
    adresse = adressee.adresse if adressee else None
    return site.libelle if site else adresse.ville if adresse else ""


def _gardee(ligne: Ligne) -> dict[str, Any]:
    valeurs = {champ: v for champ, v in asdict(ligne).items() if champ not in ("id", "produits")}
    produits = [{"produit_id": str(p.produit_id), "quantite": str(p.quantite), "note": p.note} for p in ligne.produits]
    return SaisieLigne.model_validate(valeurs | {"produits": produits}).model_dump(mode="json", exclude={"id"})


async def _ecrire(tx: Transaction, nom: str) -> None:
    try:
        await tx.flush()
    except IntegrityError as error:
        raise NomDejaPris(nom=nom) from error
