"""A demande is opened: by reception, from another demande, or by a fact."""

from uuid import UUID

from services.demandes.copies import queries as copies
from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from services.demandes.demande.rules import Etape, Urgence
from services.demandes.demande.schemas import SaisieDemande, SaisieFille, SaisieRemplacement
from services.demandes.errors import AucunTypeDeVente, FilleDeSoiMeme, SavSansCouverture, TiersNonConnu, TypeInconnu
from services.demandes.type_demande import repository as types
from services.demandes.type_demande.models import Etat, TypeDemande
from services.demandes.type_demande.rules import NatureType
from shared.contracts.demandes import SavOuvert, SavRefuse
from shared.contracts.maintenance import RemarqueVisite, VisiteDue, VisiteRealisee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.etendue import Etendue

OBJET_MAX = 200


def etape(etat: Etat) -> Etape:
    """A state as moves need it."""
    return Etape(etat.code, etat.libelle, etat.est_terminal, etat.exige_temps)


async def creer(tx: Transaction, saisie: SaisieDemande) -> Demande:
    """Somebody asked for something: the demande starts in the first state of its type."""
    genre = await types.par_code(tx.session, saisie.type_code)
    if not genre.est_actif:
        raise TypeInconnu(code=saisie.type_code)
    demande = Demande(
        type_id=genre.id,
        type_code=genre.code,
        **saisie.model_dump(exclude={"type_code", "tiers_nom", "responsable_id"}),
    )
    demande.agence_id = saisie.agence_id or tx.actor.agence_id
    await _situer(tx, demande, saisie.tiers_nom)
    responsable_id = saisie.responsable_id or await _soi_meme(tx)
    if responsable_id is not None:
        personne = await copies.collaborateur(tx.session, responsable_id)
        demande.responsable_id, demande.responsable_nom = personne.collaborateur_id, personne.nom
    if saisie.parent_id is not None:
        await repository.get_for_update(tx, saisie.parent_id)
    if genre.exige_couverture:
        await _passer_la_porte(tx, demande)
    await _ouvrir(tx, demande, genre)
    if genre.exige_couverture:
        tx.publish(
            SavOuvert(
                demande_id=demande.id,
                tiers_id=demande.tiers_id,
                equipement_id=demande.equipement_id,
                contrat_id=demande.contrat_id,
                accord_id=demande.accord_id,
            )
        )
    return demande


async def creer_fille(tx: Transaction, parent_id: UUID, saisie: SaisieFille) -> Demande:
    """A need found while working on another demande: its child follows its own circuit."""
    mere = await repository.get_for_update(tx, parent_id)
    if mere.parent_id is not None:
        raise FilleDeSoiMeme(numero=mere.numero)
    valeurs = saisie.model_dump()
    valeurs["equipement_id"] = saisie.equipement_id or mere.equipement_id
    heritage = {"tiers_id": mere.tiers_id, "tiers_nom": mere.tiers_nom, "agence_id": mere.agence_id}
    complete = SaisieDemande(**valeurs, **heritage, affaire_id=mere.affaire_id, parent_id=mere.id)
    return await creer(tx, complete)


async def remplacer_materiel(tx: Transaction, demande_id: UUID, saisie: SaisieRemplacement) -> Demande:
    """Equipment is to be replaced, as found remotely or on site: a child demande of sale says which (seed, SAV §2)."""
    mere = await repository.get_for_update(tx, demande_id)
    genre = await types.de_nature(tx.session, NatureType.VENTE)
    if genre is None:
        raise AucunTypeDeVente
    objet = f"Remplacement : {mere.equipement_nom or mere.objet}"[:OBJET_MAX]
    description = saisie.constat or f"Matériel à remplacer, constaté sur la demande {mere.numero} : {mere.objet}"
    fille = SaisieFille(
        type_code=genre.code,
        objet=objet,
        description=description,
        urgence=mere.urgence,
        domaine_code=mere.domaine_code,
        equipement_id=mere.equipement_id,
    )
    return await creer_fille(tx, mere.parent_id or mere.id, fille)


async def ouvrir_remarques(tx: Transaction, fait: VisiteRealisee) -> list[UUID]:
    """What a visit noticed becomes demandes, children of the one that planned it.

    A fault opens a demande of repair when a contract or tariffs allow one, else a sale: the need is never lost.
    """
    visite_id = await repository.par_visite(tx, fait.visite_id)
    mere = await repository.get_for_update(tx, visite_id) if visite_id else None
    ouvertes = []
    for remarque in fait.remarques:
        demande = await _remarque(tx, fait, remarque, mere)
        if demande is not None:
            ouvertes.append(demande.id)
    return ouvertes


async def _remarque(
    tx: Transaction, fait: VisiteRealisee, remarque: RemarqueVisite, mere: Demande | None
) -> Demande | None:
    decision = await copies.couverture(tx.session, fait.tiers_id, remarque.equipement_id, jour_paris(tx.now))
    en_panne = remarque.genre == "sav" and decision.est_acquise
    genre = await types.de_nature(tx.session, NatureType.DEPANNAGE if en_panne else NatureType.VENTE)
    if genre is None:
        return None
    refus = f"\n\nAucun dépannage possible : {decision.motif}." if remarque.genre == "sav" and not en_panne else ""
    saisie = SaisieDemande(
        type_code=genre.code,
        tiers_id=fait.tiers_id,
        tiers_nom=mere.tiers_nom if mere else fait.tiers_nom or None,
        objet=f"{remarque.designation} : {remarque.texte}".partition("\n")[0][:OBJET_MAX],
        description=f"Remarque de la visite du {fait.realisee_le:%d/%m/%Y} : {remarque.texte}{refus}",
        equipement_id=remarque.equipement_id,
        agence_id=mere.agence_id if mere else None,
        affaire_id=mere.affaire_id if mere else None,
        parent_id=mere.id if mere else None,
    )
    return await creer(tx, saisie)


async def ouvrir_pour_visite(tx: Transaction, fait: VisiteDue) -> UUID | None:
    """A preventive visit is due: exactly one demande per visit, of the type that this fact opens."""
    deja = await repository.par_visite(tx, fait.visite_id)
    if deja is not None:
        return deja
    genre = await types.ouvert_par(tx.session, fait.type)
    if genre is None:
        return None
    demande = Demande(
        type_id=genre.id,
        type_code=genre.code,
        tiers_id=fait.tiers_id,
        objet=fait.objet,
        urgence=Urgence.NORMALE,
        description=f"Visite {fait.periode} du contrat {fait.contrat_numero}",
        echeance=fait.date_prevue,
        agence_id=fait.agence_id,
        visite_id=fait.visite_id,
        contrat_id=fait.contrat_id,
    )
    await _situer(tx, demande, fait.tiers_nom)
    demande.sous_contrat = True
    await _ouvrir(tx, demande, genre)
    return demande.id


def refuser_sav(tx: Transaction, saisie: SaisieDemande, refus: SavSansCouverture) -> None:
    """Tell the others that a SAV was stopped at the gate."""
    motif = str(refus.contexte["motif"])
    tx.publish(SavRefuse(tiers_id=saisie.tiers_id, equipement_id=saisie.equipement_id, motif=motif))


async def _soi_meme(tx: Transaction) -> UUID | None:
    """Whoever reaches only their own demandes is in charge of those they open."""
    if tx.actor.etendue("demande") is not Etendue.SIENS or tx.actor.id is None:
        return None
    return tx.actor.id if await copies.noms(tx.session, [tx.actor.id]) else None


async def _situer(tx: Transaction, demande: Demande, nom: str | None) -> None:
    """Name the client and the object from the copies; the name carried by the caller when they are late."""
    connu = await copies.tiers(tx.session, demande.tiers_id)
    if connu is None and nom is None:
        raise TiersNonConnu
    demande.tiers_nom, demande.tiers_ville = (connu.nom, connu.ville) if connu else (nom or "", "")
    demande.sous_contrat = await copies.sous_contrat(tx.session, demande.tiers_id)
    if demande.equipement_id is not None:
        objet = await copies.equipement(tx.session, demande.equipement_id)
        demande.equipement_nom = objet.designation if objet else None


async def _passer_la_porte(tx: Transaction, demande: Demande) -> None:
    """No intervention before a contract or signed tariffs (seed, Circuit SAV §1)."""
    decision = await copies.couverture(tx.session, demande.tiers_id, demande.equipement_id, jour_paris(tx.now))
    if not decision.est_acquise:
        raise SavSansCouverture(tiers=demande.tiers_nom, motif=decision.motif)
    demande.contrat_id, demande.accord_id = decision.contrat_id, decision.accord_id


async def _ouvrir(tx: Transaction, demande: Demande, genre: TypeDemande) -> None:
    depart = genre.initial
    demande.etat_code, demande.etat_depuis, demande.est_close = depart.code, tx.now, depart.est_terminal
    demande.numero = f"D-{await next_number(tx, 'D'):04d}"
    tx.publish(demande.ouvrir(etape(depart)))
    tx.add(demande)
