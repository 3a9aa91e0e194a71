"""A received electronic invoice comes, is put on the affaire that waits for it, or waits and says why."""

from collections.abc import Sequence
from uuid import UUID

from services.billing.affaire_fournisseur import use_cases as affaires_fournisseur
from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.affaire_fournisseur.schemas import Controle, LigneLue
from services.billing.copies import queries as copies
from services.billing.errors import (
    FactureFournisseurDejaControlee,
    FactureRecueAutreClient,
    FactureRecueDejaDeposee,
    FactureRecueRefusee,
    ReceptionNonAttendue,
)
from services.billing.facture_recue import repository
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.rules import rapprochement as regles
from services.billing.facture_recue.rules import sommes
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.lue import FactureLue, identifiants
from services.billing.facture_recue.use_cases import avoirs
from shared.contracts.purchasing import FichierJoint, ReceptionValidee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.documents.formats import date_courte
from shared.kernel.text import normaliser_recherche


async def deposer(tx: Transaction, fichier: FichierJoint, lue: FactureLue) -> FactureRecue:
    """An electronic invoice came: it is put on what waits for it, or waits itself.

    FactureRecueAutreClient, FactureRecueDejaDeposee, FactureFournisseurDejaControlee. The counter is there for its lock:
    the same invoice dropped twice at once is refused in words.
    """
    await _refuser_si_autre_client(tx, lue)
    await next_number(tx, "factures-recues")
    if deja := await repository.deja_deposee(tx, fichier.sha256, lue.vendeur.cle, lue.numero):
        if deja.etat is EtatRecue.REFUSEE:
            raise FactureRecueRefusee(numero=deja.numero, fournisseur=deja.fournisseur_nom)
        le = date_courte(deja.cree_le)
        raise FactureRecueDejaDeposee(numero=deja.numero, fournisseur=deja.fournisseur_nom, le=le, par=deja.deposee_par)
    fournisseurs = await copies.fournisseurs(tx, lue.vendeur.identifiants, lue.vendeur.nom)
    if lue.est_avoir:
        await avoirs.refuser_si_saisi(tx, fournisseurs, lue.numero)
    elif controle := await repository.achat_controle(tx, fournisseurs, lue.numero):
        raise FactureFournisseurDejaControlee(numero=lue.numero, fournisseur=lue.vendeur.nom, achat=controle)
    recue = FactureRecue(
        sha256=fichier.sha256,
        nom=fichier.nom,
        type=fichier.type,
        vendeur=lue.vendeur.cle,
        numero=lue.numero,
        date_facture=lue.date_facture,
        echeance=lue.echeance,
        fournisseur_nom=lue.vendeur.nom,
        est_avoir=lue.est_avoir,
        total_ht=-lue.total_ht if lue.est_avoir else lue.total_ht,
        contenu=lue.model_dump(mode="json"),
        deposee_par=tx.actor.nom,
        achat_numero="",
        attendu_numero="",
    )
    recue.indexer()
    tx.add(recue)
    await tx.flush()
    await _rapprocher(tx, recue)
    await _reprendre_avoirs(tx, recue)
    return recue


async def chercher(tx: Transaction, recue_id: UUID) -> FactureRecue:
    """Look again: its supplier was created, or changed its SIREN."""
    recue = await repository.get_for_update(tx, recue_id)
    if recue.etat is EtatRecue.A_RAPPROCHER:
        await _rapprocher(tx, recue)
        await _reprendre_avoirs(tx, recue)
    return recue


async def choisir(tx: Transaction, recue_id: UUID, achat_id: UUID) -> FactureRecue:
    """Accounts say which reception it bills, or what it credits, whatever it cites; ReceptionNonAttendue."""
    recue = await repository.get_for_update(tx, recue_id)
    if recue.est_avoir:
        await avoirs.choisir(tx, recue, achat_id)
        return recue
    fournisseurs = await copies.fournisseurs(tx, recue.lue.vendeur.identifiants, recue.lue.vendeur.nom)
    attendus = await repository.achats_en_attente(tx, fournisseurs)
    choisi = next((achat for achat in attendus if achat.id == achat_id), None)
    if choisi is None:
        raise ReceptionNonAttendue
    await _poser(tx, recue, recue.lue, choisi)
    await _reprendre_avoirs(tx, recue)
    return recue


async def detacher(tx: Transaction, recue_id: UUID) -> FactureRecue:
    """It was put on the wrong reception, return or invoice: that one waits for another, and so does this one.

    An affaire that accounts have since checked on another invoice keeps that one.
    """
    recue = await repository.get_for_update(tx, recue_id)
    achat_id = recue.achat_id
    if recue.est_avoir and recue.etat is EtatRecue.RAPPROCHEE:
        await avoirs.retirer(tx, recue)
    recue.detacher()
    if not recue.est_avoir and achat_id is not None:
        await affaires_fournisseur.retirer_facture(tx, achat_id, numero=recue.numero)
    return recue


async def ecarter(tx: Transaction, recue_id: UUID, motif: str) -> FactureRecue:
    """It is none of ours, or was dropped by mistake."""
    recue = await repository.get_for_update(tx, recue_id)
    recue.ecarter(motif)
    return recue


async def depuis_reception(tx: Transaction, fait: ReceptionValidee) -> None:
    """Goods came in: the invoice expected for them, and the one that had come before."""
    await affaires_fournisseur.depuis_reception(tx, fait)
    await tx.flush()
    fiche = await copies.fiche_tiers(tx, fait.fournisseur_id)
    cles = [normaliser_recherche(fait.fournisseur_nom)]
    if fiche is not None:
        cles += identifiants(fiche.siren or (fiche.siret or "")[:9], fiche.tva_intracom)
    for recue in await repository.en_souffrance(tx, fait.fournisseur_id, cles):
        await _rapprocher(tx, recue)


async def _refuser_si_autre_client(tx: Transaction, lue: FactureLue) -> None:
    """A SIREN that is said and is not ours; nothing is compared while one of the two is unknown."""
    notre = await copies.notre_siren(tx)
    siens = lue.acheteur.identifiants
    if notre and siens and notre not in siens:
        raise FactureRecueAutreClient(
            numero=lue.numero, client=lue.acheteur.nom, siren=siens[0], fournisseur=lue.vendeur.nom
        )


async def _reprendre_avoirs(tx: Transaction, recue: FactureRecue) -> None:
    """An invoice found its reception: the credit notes that had come before look again."""
    if recue.est_avoir or recue.etat is not EtatRecue.RAPPROCHEE or recue.fournisseur_id is None:
        return
    await tx.flush()
    for avoir in await repository.en_souffrance(tx, recue.fournisseur_id, [recue.vendeur]):
        if avoir.est_avoir:
            await avoirs.rapprocher(tx, avoir)


async def _rapprocher(tx: Transaction, recue: FactureRecue) -> None:
    """Put it on the only affaire it can be; otherwise say what is missing."""
    lue = recue.lue
    if recue.est_avoir:
        await avoirs.rapprocher(tx, recue)
        return
    fournisseurs = await copies.fournisseurs(tx, lue.vendeur.identifiants, lue.vendeur.nom)
    recue.fournisseur_id = fournisseurs[0] if len(fournisseurs) == 1 else None
    attendus = await repository.achats_en_attente(tx, fournisseurs)
    possibles = regles.choisir(lue, [repository.attendue(achat) for achat in attendus])
    faux = sommes.ecarts(lue)
    if len(possibles) == 1 and not faux:
        await _poser(tx, recue, lue, next(achat for achat in attendus if achat.id == possibles[0]))
    else:
        recue.attendre([*_manques(lue, fournisseurs, attendus, possibles), *faux])


def _manques(
    lue: FactureLue, fournisseurs: Sequence[UUID], attendus: Sequence[AffaireFournisseur], possibles: Sequence[UUID]
) -> list[str]:
    """What keeps it from being matched, its sums apart."""
    if not fournisseurs:
        return [f"{lue.vendeur.nom} n’est pas dans le carnet d’adresses"]
    phrases = []
    if len(fournisseurs) > 1:
        phrases.append(f"{len(fournisseurs)} fiches du carnet d’adresses peuvent être {lue.vendeur.nom}")
    if len(possibles) > 1:
        phrases.append(f"{len(possibles)} réceptions peuvent être celle qu’elle facture")
    elif not possibles and lue.commande:
        phrases.append(f"aucune réception de la commande « {lue.commande} » n’attend cette facture")
    elif not possibles:
        phrases.append("elle ne cite aucune commande" if attendus else "aucune réception n’attend cette facture")
    return phrases


async def _poser(tx: Transaction, recue: FactureRecue, lue: FactureLue, achat: AffaireFournisseur) -> None:
    """What the invoice says is read on the affaire as if accounts had typed it, with its file."""
    billee = regles.facturer(lue, repository.recues(achat))
    recue.rapprocher(achat.id, achat.numero, [*sommes.ecarts(lue), *billee.remarques])
    recue.fournisseur_id = achat.fournisseur_id
    saisie = Controle(
        facture_fournisseur=lue.numero,
        date_facture=lue.date_facture,
        echeance=lue.echeance,
        frais_ht=billee.frais_ht,
        lignes=[LigneLue(ligne_id=i, quantite=q, prix_ht=prix) for i, (q, prix) in billee.lignes.items()],
    )
    jointe = FichierJoint(sha256=recue.sha256, nom=recue.nom, type=recue.type)
    await affaires_fournisseur.controler(tx, achat.id, saisie, jointe)
