"""What the facts of the services tell people, and what the gateway remembers of them to know whom."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import Insert, insert

from gateway.notification import rules
from gateway.notification.models import DemandeConnue, Echeance
from gateway.notification.use_cases import (
    Message,
    connaitre,
    dire_a_qui_peut,
    dire_au_metier,
    dire_aux,
    ne_plus_attendre,
)
from shared.contracts.billing import FactureEmise, FactureFournisseurBloquee, FactureFournisseurLiberee, FacturePayee
from shared.contracts.commercial import (
    ApprobationDevisDecidee,
    ApprobationDevisDemandee,
    DevisNonRemis,
    DevisRefuse,
    DevisValide,
    EnvoiDevisEchoue,
    ReponseClientRecue,
)
from shared.contracts.contacts import NoteTiersAjoutee
from shared.contracts.demandes import AbonnesModifies, DemandeCreee, DemandeModifiee, EtatChange, NoteAjoutee
from shared.contracts.inventory import FeuilleValidee, PreparationCloturee
from shared.contracts.purchasing import CommandeCloturee, CommandeDecidee, CommandePassee, CommandeSoumise
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


def _retenir(*changent: str) -> Insert:
    """What is expected; of what is expected already, the latest fact told changes these columns."""
    ajout = insert(Echeance.__table__)  # type: ignore[arg-type]
    nouveau = ajout.excluded
    change = {nom: nouveau[nom] for nom in (*changent, "seq")}
    return ajout.on_conflict_do_update(
        index_elements=[Echeance.objet_id], set_=change, where=Echeance.seq <= nouveau.seq
    )


ATTENDRE, NE_PLUS_ATTENDRE = once(_retenir("le", "dite_le")), once(_retenir("dite_le"))


def _cause(tx: Transaction) -> str:
    return str(tx.envelope.id) if tx.envelope else ""


def _seq(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope else 0


async def demande_confiee(tx: Transaction, fait: DemandeCreee | DemandeModifiee) -> None:
    """Remember who is in charge; somebody newly in charge is told."""
    connue = await connaitre(tx, fait.demande_id)
    avant = connue.responsable_id if connue else None
    if connue is None:
        connue = DemandeConnue(demande_id=fait.demande_id, abonne_ids=[], seq=0)
        tx.add(connue)
    elif connue.seq >= _seq(tx):
        return
    connue.numero, connue.objet, connue.seq = fait.numero, fait.objet, _seq(tx)
    connue.responsable_id = fait.responsable_id
    if fait.responsable_id != avant:
        titre = f"{fait.numero} vous est confiée"
        lien = f"/demandes/{fait.demande_id}"
        await dire_aux(tx, [fait.responsable_id], Message("demande_confiee", _cause(tx), titre, lien, fait.objet))


async def abonnes(tx: Transaction, fait: AbonnesModifies) -> None:
    """Remember who follows a demande."""
    connue = await connaitre(tx, fait.demande_id)
    if connue is None:
        connue = DemandeConnue(demande_id=fait.demande_id, numero=fait.numero, objet=fait.objet, seq=0)
        tx.add(connue)
    elif connue.abonnes_seq > _seq(tx):
        return
    connue.abonne_ids, connue.abonnes_seq = list(fait.abonne_ids), _seq(tx)


async def note_ajoutee(tx: Transaction, fait: NoteAjoutee) -> None:
    """Whoever is named is told; whoever follows is told too, once."""
    lien, auteur = f"/demandes/{fait.demande_id}", tx.envelope.acteur_nom if tx.envelope else ""
    cause = _cause(tx)
    cite = Message("mention", cause, f"{auteur} vous cite dans {fait.numero}", lien, fait.extrait)
    await dire_aux(tx, fait.mention_ids, cite)
    connue = await connaitre(tx, fait.demande_id)
    if connue is not None and fait.est_du_client:
        titre = f"{auteur} répond dans {fait.numero}"
        await dire_aux(tx, [connue.responsable_id], Message("reponse_client", cause, titre, lien, fait.extrait))
    if connue is not None:
        note = Message("demande_suivie", cause, f"Note de {auteur} dans {fait.numero}", lien, fait.extrait)
        await dire_aux(tx, set(connue.abonne_ids) - set(fait.mention_ids), note)


async def note_tiers_ajoutee(tx: Transaction, fait: NoteTiersAjoutee) -> None:
    """Whoever is named in the note of a contact is told."""
    auteur = tx.envelope.acteur_nom if tx.envelope else ""
    titre, lien = f"{auteur} vous cite sur {fait.tiers_nom}", f"/contacts/{fait.tiers_id}/echanges"
    await dire_aux(tx, fait.mention_ids, Message("mention", _cause(tx), titre, lien, fait.extrait))


async def etat_change(tx: Transaction, fait: EtatChange) -> None:
    """Whoever follows a demande knows that it moved."""
    connue = await connaitre(tx, fait.demande_id)
    if connue is None or not connue.abonne_ids:
        return
    lien = f"/demandes/{fait.demande_id}"
    titre = f"{fait.numero} passe à « {fait.vers_libelle} »"
    await dire_aux(tx, connue.abonne_ids, Message("demande_suivie", _cause(tx), titre, lien, connue.objet))


async def devis_conclu(tx: Transaction, fait: DevisValide | DevisRefuse) -> None:
    """The salesman of a devis knows that it was signed or refused; without one, who is in charge of its demande."""
    lien = f"/devis/propositions/{fait.proposition_id}"
    connue = await connaitre(tx, fait.demande_id)
    responsable = connue.responsable_id if connue else None
    if isinstance(fait, DevisValide):
        titre = f"{'Avenant' if fait.avenant_de else 'Devis'} {fait.numero} signé par {fait.valide_par}"
        message = Message("devis_signe", _cause(tx), titre, lien, f"{fait.tiers_nom} · {fait.objet}")
    elif fait.est_refus_client:
        detail = " · ".join(filter(None, (fait.tiers_nom, fait.motif)))
        message = Message("devis_refuse", _cause(tx), f"Devis {fait.numero} refusé", lien, detail)
    else:
        return
    await dire_aux(tx, [fait.commercial_id or responsable], message)


async def question_posee(tx: Transaction, fait: ReponseClientRecue) -> None:
    """The salesman of a devis knows that its client asked something; without one, who is in charge of its demande."""
    if fait.genre != "question":
        return
    connue = await connaitre(tx, fait.demande_id)
    vise = fait.commercial_id or (connue.responsable_id if connue else None)
    titre, lien = f"Question de {fait.nom} sur {fait.numero}", f"/devis/propositions/{fait.proposition_id}"
    detail = " · ".join(filter(None, (fait.tiers_nom, fait.objet)))
    await dire_aux(tx, [vise], Message("question_devis", _cause(tx), titre, lien, detail))


async def approbation_demandee(tx: Transaction, fait: ApprobationDevisDemandee) -> None:
    """Whoever may approve a devis knows that it waits."""
    auteur = tx.envelope.acteur_nom if tx.envelope else ""
    detail = " · ".join(mot for mot in (fait.tiers_nom, auteur, fait.motif) if mot)
    titre, lien = f"Devis {fait.numero} attend votre accord", f"/devis/propositions/{fait.proposition_id}"
    genre = "devis_a_approuver" if "marge.approuver" in fait.droits else "encours_a_approuver"
    message = Message(genre, _cause(tx), titre, lien, detail)
    if fait.approbateurs:
        await dire_aux(tx, list(fait.approbateurs), message)
    else:
        await dire_a_qui_peut(tx, message, fait.droits)


async def approbation_decidee(tx: Transaction, fait: ApprobationDevisDecidee) -> None:
    """The salesman knows the answer; other approvers are no longer waited for."""
    mot, lien = "approuvé" if fait.est_accordee else "refusé", f"/devis/propositions/{fait.proposition_id}"
    for genre in ("devis_a_approuver", "encours_a_approuver"):
        await ne_plus_attendre(tx, genre, lien)
    titre = f"Devis {fait.numero} {mot} par {fait.decidee_par}"
    await dire_aux(tx, [fait.demandeur_id], Message("devis_approuve", _cause(tx), titre, lien, fait.reponse))


async def envoi_echoue(tx: Transaction, fait: EnvoiDevisEchoue) -> None:
    """Whoever asked to mail a devis knows that it did not leave."""
    titre, lien = f"Devis {fait.numero} n’est pas parti", f"/devis/propositions/{fait.proposition_id}"
    await dire_aux(tx, [fait.demandeur_id], Message("devis_non_parti", _cause(tx), titre, lien, fait.raison))


async def devis_non_remis(tx: Transaction, fait: DevisNonRemis) -> None:
    """Whoever sent a devis knows that somebody has not got it."""
    titre, lien = f"Devis {fait.numero} non remis à {fait.destinataire}", f"/devis/propositions/{fait.proposition_id}"
    await dire_aux(tx, [fait.demandeur_id], Message("devis_non_parti", _cause(tx), titre, lien, fait.raison))


async def commande_soumise(tx: Transaction, fait: CommandeSoumise) -> None:
    """Whoever may approve an order knows that it waits."""
    auteur = tx.envelope.acteur_nom if tx.envelope else ""
    titre, detail = f"Commande {fait.numero} attend votre accord", f"{fait.fournisseur_nom} · {auteur}"
    lien = f"/achats/commandes/{fait.commande_id}"
    await dire_a_qui_peut(tx, Message("commande_a_approuver", _cause(tx), titre, lien, detail))


async def commande_decidee(tx: Transaction, fait: CommandeDecidee) -> None:
    """The buyer knows what was decided of an order, and why it was refused; other approvers are no longer waited for."""
    mot = "approuvée" if fait.est_accordee else "refusée"
    titre = f"Commande {fait.numero} {mot} par {fait.decidee_par}"
    lien = f"/achats/commandes/{fait.commande_id}"
    await ne_plus_attendre(tx, "commande_a_approuver", lien)
    message = Message("commande_decidee", _cause(tx), titre, lien, fait.motif_refus)
    await dire_aux(tx, [fait.demandeur_id], message)


async def facture_bloquee(tx: Transaction, fait: FactureFournisseurBloquee) -> None:
    """Whoever may let a supplier invoice through knows that it waits."""
    titre, lien = (
        f"Facture fournisseur {fait.numero} bloquée",
        f"/administratif/fournisseurs/{fait.affaire_fournisseur_id}",
    )
    await dire_a_qui_peut(tx, Message("facture_bloquee", _cause(tx), titre, lien, fait.fournisseur_nom))


async def facture_liberee(tx: Transaction, fait: FactureFournisseurLiberee) -> None:
    """Nobody is waited for any more."""
    await ne_plus_attendre(tx, "facture_bloquee", f"/administratif/fournisseurs/{fait.affaire_fournisseur_id}")


async def preparation_cloturee(tx: Transaction, fait: PreparationCloturee) -> None:
    """The office knows that the team ended its intervention: what remains is to check the feuille, then to invoice."""
    connue, genre = await connaitre(tx, fait.demande_id), "preparation_cloturee"
    auteur = tx.envelope.acteur_nom if tx.envelope else ""
    titre = f"Préparation clôturée par {auteur}" if auteur else "Préparation clôturée"
    detail = f"{connue.numero} · {connue.objet}" if connue else ""
    message = Message(genre, _cause(tx), titre, f"/demandes/{fait.demande_id}", detail)
    await dire_au_metier(tx, rules.METIERS[genre], message)
    if connue is not None:
        await dire_aux(tx, [connue.responsable_id], message)


async def feuille_validee(tx: Transaction, fait: FeuilleValidee) -> None:
    """It was checked: nobody is waited for any more."""
    await ne_plus_attendre(tx, "preparation_cloturee", f"/demandes/{fait.demande_id}")


async def attendre(tx: Transaction, fait: CommandePassee | FactureEmise) -> None:
    """Remember the day something is expected; a new day is waited for again."""
    if isinstance(fait, FactureEmise):
        if fait.nature != "avoir":
            await _attendre(tx, fait.facture_id, "facture_impayee", fait.numero, fait.tiers_nom, fait.echeance)
    elif fait.livraison_prevue is not None:
        nom = fait.fournisseur_nom
        await _attendre(tx, fait.commande_id, "commande_en_retard", fait.numero, nom, fait.livraison_prevue)


async def arrivee(tx: Transaction, fait: CommandeCloturee | FacturePayee) -> None:
    """It came, or is given up: nobody waits for it any more, even told of it late."""
    if isinstance(fait, CommandeCloturee):
        objet_id, genre = fait.commande_id, "commande_en_retard"
    else:
        objet_id, genre = fait.facture_id, "facture_impayee"
    ligne = {"objet_id": objet_id, "genre": genre, "numero": fait.numero, "tiers_nom": "", "le": jour_paris(tx.now)}
    await tx.execute(NE_PLUS_ATTENDRE, {**ligne, "dite_le": tx.now, "seq": _seq(tx)})


async def _attendre(tx: Transaction, objet_id: UUID, genre: str, numero: str, tiers_nom: str, le: date) -> None:
    ligne = {"objet_id": objet_id, "genre": genre, "numero": numero, "tiers_nom": tiers_nom, "le": le}
    await tx.execute(ATTENDRE, {**ligne, "dite_le": None, "seq": _seq(tx)})
