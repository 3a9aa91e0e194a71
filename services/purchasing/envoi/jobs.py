"""The job that mails a supplier: print, keep, mail, then say it.

It may be called again after a crash: what already left is recognised by its state, and the mail keeps its
Message-ID. Printing, keeping and mailing happen between two transactions, never inside one.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.purchasing.commande import documents as papiers
from services.purchasing.commande import repository as commandes
from services.purchasing.commande.queries import ecrans
from services.purchasing.copies import queries as copies
from services.purchasing.envoi.documents import DOSSIER, GABARIT, Pli, liste_de_prix, rediger_courriel
from services.purchasing.envoi.models import Envoi, GenreEnvoi
from services.purchasing.errors import EnvoiInconnu
from services.purchasing.negociation import repository as negociations
from services.purchasing.negociation.models import Negociation
from services.purchasing.negociation.rules import EtatNegociation
from shared.contracts.purchasing import EnvoiFournisseurDemande
from shared.courriel.envoi import EtatEnvoi
from shared.courriel.errors import ServeurIndisponible
from shared.courriel.expediteur import Envoi as Reponse
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import Refusal
from shared.means import Means

ACHATS = Actor.systeme("Achats")
PLUS_OUVERTES = "Les négociations ont été fermées ou commandées avant l’envoi : rien n’a été envoyé."


async def executer(db: Database, fait: EnvoiFournisseurDemande) -> None:
    """Send what `fait` asks for, once."""
    async with db.transaction(ACHATS) as tx:
        pli = await _preparer(tx, fait)
    if pli is None:
        return
    try:
        fichier, reponse = await _poster(db, pli)
    except Refusal as refus:
        await _noter(db, fait, refus.detail, definitif=True)
        return
    except ServeurIndisponible as panne:
        await _noter(db, fait, f"Le serveur de messagerie ne répond pas ({panne}) ; l’envoi sera retenté.")
        raise
    async with db.transaction(Actor.systeme(pli.demandeur_nom, id=pli.demandeur_id)) as tx:
        await _constater(tx, fait, pli.negociation_ids, fichier, reponse)


async def _preparer(tx: Transaction, fait: EnvoiFournisseurDemande) -> Pli | None:
    """Everything that leaves; None when there is nothing to send."""
    envoi = await _get_for_update(tx, fait)
    if envoi.etat is not EtatEnvoi.DEMANDE:
        return None
    societe = await copies.societe(tx.session)
    fournisseur = await copies.fournisseur(tx.session, envoi.fournisseur_id)
    ouvertes: list[Negociation] = []
    if envoi.commande_id is not None:
        commande = await commandes.get_for_update(tx, envoi.commande_id)
        agence = await copies.agence(tx.session, commande.agence_id)
        gabarit, dossier = papiers.GABARIT, papiers.DOSSIER
        places = await ecrans.emplacements(tx.session, commande)
        donnees = papiers.donnees(commande, societe, fournisseur, agence, places)
        nom = papiers.nom_fichier(commande)
    else:
        voulues = [n.negociation_id for n in envoi.negociations]
        siennes = await negociations.plusieurs_for_update(tx, voulues)
        ouvertes = [n for n in siennes if n.etat is EtatNegociation.OUVERTE]
        if not ouvertes:
            envoi.echouer(PLUS_OUVERTES)
            return None
        gabarit, dossier = GABARIT, DOSSIER
        le, suivi_par = jour_paris(envoi.demande_le), envoi.demande_par_nom
        donnees = liste_de_prix(envoi.numero, le, ouvertes, societe, fournisseur, suivi_par)
        nom = f"demande-de-prix-{envoi.numero}.pdf"
    return Pli(
        envoi_id=envoi.id,
        negociation_ids=tuple(n.id for n in ouvertes),
        demandeur_id=envoi.demande_par,
        demandeur_nom=envoi.demande_par_nom,
        destinataires=tuple(envoi.destinataires),
        sujet=envoi.sujet,
        message=envoi.message,
        nom=nom,
        gabarit=gabarit,
        dossier=dossier,
        donnees=donnees,
        societe=societe.raison_sociale if societe else "",
        repondre_a=societe.email if societe else "",
    )


async def _poster(db: Database, pli: Pli) -> tuple[Fichier, Reponse]:
    means = Means.of(db)
    pdf = await means.renderer.pdf(template=pli.gabarit, donnees=pli.donnees, dossier=pli.dossier)
    fichier = await means.stockage.poser(pdf, pli.nom, "application/pdf")
    courriel = rediger_courriel(pli, pdf, expediteur=means.settings.mail_from, le=db.clock.now())
    return fichier, await means.expediteur.envoyer(courriel)


async def _constater(
    tx: Transaction,
    fait: EnvoiFournisseurDemande,
    demandees: Sequence[UUID],
    fichier: Fichier,
    reponse: Reponse,
) -> None:
    """The mail left: the negociations it listed, or the order, remember it."""
    envoi = await _get_for_update(tx, fait)
    if envoi.etat is EtatEnvoi.ENVOYE:
        return
    envoi.aboutir(sha256=fichier.sha256, nom=fichier.nom, refuses=reponse.refuses, le=tx.now)
    if envoi.genre is GenreEnvoi.COMMANDE and envoi.commande_id is not None:
        (await commandes.get_for_update(tx, envoi.commande_id)).envoyee_le = tx.now
        return
    for negociation in await negociations.plusieurs_for_update(tx, demandees):
        negociation.noter_demande(tx.now)


async def _noter(db: Database, fait: EnvoiFournisseurDemande, raison: str, *, definitif: bool = False) -> None:
    async with db.transaction(ACHATS) as tx:
        envoi = await _get_for_update(tx, fait)
        if envoi.etat is not EtatEnvoi.DEMANDE:
            return
        if definitif:
            envoi.echouer(raison)
        else:
            envoi.erreur = raison


async def _get_for_update(tx: Transaction, fait: EnvoiFournisseurDemande) -> Envoi:
    requete = select(Envoi).where(Envoi.id == fait.envoi_id).options(selectinload(Envoi.negociations))
    envoi: Envoi | None = (await tx.scalars(requete.with_for_update(of=Envoi))).one_or_none()
    if envoi is None:
        raise EnvoiInconnu
    return envoi
