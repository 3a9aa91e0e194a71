"""How files are read, the imports asked for, an article taken into a proposition."""

from uuid import UUID

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.orm import aliased

from services.commercial.catalogue_fournisseur import rules
from services.commercial.catalogue_fournisseur.models import ImportCatalogue, ProfilCatalogue, ReferenceFournisseur
from services.commercial.catalogue_fournisseur.rules import EtatImport
from services.commercial.catalogue_fournisseur.schemas import SaisieDepuisCatalogue, SaisieProfil
from services.commercial.copies import queries as produits
from services.commercial.copies import use_cases as copies
from services.commercial.errors import CatalogueSansProfil, CatalogueSansSource, ReferenceInconnue
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.schemas.saisies import SaisieLigne, SaisieProduitCache
from services.commercial.proposition.use_cases import edition
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO


async def fixer_profil(tx: Transaction, fournisseur_id: UUID, saisie: SaisieProfil) -> None:
    """Keep how the files of a supplier are read: the next ones need only the file."""
    profil = await _trouver(tx, fournisseur_id)
    if profil is None:  # two may say it at once
        await tx.execute(text("LOCK TABLE profil_catalogue IN SHARE ROW EXCLUSIVE MODE"))
        profil = await _trouver(tx, fournisseur_id)
    if profil is None:
        profil = ProfilCatalogue(fournisseur_id=fournisseur_id)
        tx.add(profil)
    profil.colonnes = dict(saisie.colonnes)
    profil.source = rules.verifier_source(saisie.source)


async def demander(tx: Transaction, fournisseur_id: UUID, fichier: Fichier, *, est_essai: bool) -> ImportCatalogue:
    """A file to read as the supplier's profile says."""
    profil = await _profil(tx, fournisseur_id)
    demande = _nouveau(tx, profil, est_essai=est_essai)
    demande.recevoir(fichier)
    return await _publier(tx, demande)


async def relever(tx: Transaction, fournisseur_id: UUID) -> ImportCatalogue:
    """The file to fetch where the supplier leaves it."""
    profil = await _profil(tx, fournisseur_id)
    if not profil.source:
        raise CatalogueSansSource
    profil.releve_le = jour_paris(tx.now)
    demande = _nouveau(tx, profil, est_essai=False)
    demande.source = profil.source
    return await _publier(tx, demande)


async def relever_la_nuit(tx: Transaction) -> None:
    """Every supplier whose catalogue is fetched, once a day: each is an import of its own, that fails alone."""
    if not rules.heure_de_relever(tx.now):
        return
    aujourd_hui = jour_paris(tx.now)
    dus = select(ProfilCatalogue.fournisseur_id).where(
        ProfilCatalogue.source != "",
        or_(ProfilCatalogue.releve_le.is_(None), ProfilCatalogue.releve_le < aujourd_hui),
    )
    for fournisseur_id in list(await tx.scalars(dus.with_for_update(skip_locked=True))):
        await relever(tx, fournisseur_id)


async def fusionner(tx: Transaction, tiers_id: UUID, absorbe_id: UUID) -> None:
    """An absorbed supplier's references become the kept one's; where both have one, and of two profiles, the kept one's stays."""
    autre = aliased(ReferenceFournisseur)
    deja = select(autre.reference).where(autre.fournisseur_id == tiers_id)
    siennes = ReferenceFournisseur.fournisseur_id == absorbe_id
    await tx.execute(delete(ReferenceFournisseur).where(siennes, ReferenceFournisseur.reference.in_(deja)))
    await tx.execute(update(ReferenceFournisseur).where(siennes).values(fournisseur_id=tiers_id))
    garde = select(ProfilCatalogue.id).where(ProfilCatalogue.fournisseur_id == tiers_id)
    sien = ProfilCatalogue.fournisseur_id == absorbe_id
    if await tx.scalar(garde) is not None:
        await tx.execute(delete(ProfilCatalogue).where(sien))
    else:
        await tx.execute(update(ProfilCatalogue).where(sien).values(fournisseur_id=tiers_id))


async def _trouver(tx: Transaction, fournisseur_id: UUID) -> ProfilCatalogue | None:
    choix = select(ProfilCatalogue).where(ProfilCatalogue.fournisseur_id == fournisseur_id).with_for_update()
    profil: ProfilCatalogue | None = (await tx.scalars(choix)).one_or_none()
    return profil


async def _profil(tx: Transaction, fournisseur_id: UUID) -> ProfilCatalogue:
    profil = await _trouver(tx, fournisseur_id)
    if profil is None:
        raise CatalogueSansProfil
    return profil


def _nouveau(tx: Transaction, profil: ProfilCatalogue, *, est_essai: bool) -> ImportCatalogue:
    return ImportCatalogue(
        fournisseur_id=profil.fournisseur_id,
        etat=EtatImport.DEMANDE,
        est_essai=est_essai,
        colonnes=profil.colonnes,
        fichier_sha256="",
        fichier_nom="",
        fichier_type="",
        demande_le=tx.now,
        demande_par=tx.actor.nom,
        erreurs=[],
        variations=[],
    )


async def _publier(tx: Transaction, demande: ImportCatalogue) -> ImportCatalogue:
    tx.add(demande)
    tx.publish(demande.demander())
    await tx.flush()
    return demande


async def deposer(
    tx: Transaction, proposition_id: UUID, saisie: SaisieDepuisCatalogue, version: int | None
) -> Proposition:
    """A line for an article of a supplier: its cost is the supplier's price, its price cost and margin.

    The article is its hidden product, known of everybody from now on: signed, it is bought like any other.
    """
    article = await tx.get(ReferenceFournisseur, (saisie.fournisseur_id, saisie.reference))
    if article is None or article.absente_le is not None:
        raise ReferenceInconnue
    produit_id = await _produit(tx, article)
    ligne = SaisieLigne(
        designation=article.designation,
        description=article.marque,
        quantite=saisie.quantite,
        cout_ht=article.prix_achat_ht,
        marge=saisie.marge if tx.actor.may("couts.voir") else rules.MARGE_USUELLE,
        remise=ZERO,
        produits=[SaisieProduitCache(produit_id=produit_id, quantite=saisie.quantite, cout_ht=article.prix_achat_ht)],
    )
    return await edition.ajouter_lignes(tx, proposition_id, [ligne], version, par=Actor.systeme(tx.actor.nom))


async def _produit(tx: Transaction, article: ReferenceFournisseur) -> UUID:
    """The product it is: one bought under that reference there, or of the same barcode, else its own, told to everybody."""
    chez = copies.chez(article.fournisseur_id, article.reference)
    connu = await produits.de_l_article(tx.session, chez, rules.ean_lu(article.ean))
    fait = article.retenir(connu or rules.produit_de(article.fournisseur_id, article.reference))
    if connu is None:
        await copies.retenir_article(tx, fait)
    tx.publish(fait)
    return fait.produit_id
