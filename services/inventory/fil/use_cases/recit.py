"""How facts of every service become events in the life of objects. Each is told once, whatever is delivered twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, delete, select

from services.inventory.fil.models import FilDeVie, LienEquipement, LienProjet, TempsProjet
from services.inventory.historique.models import Historique
from services.inventory.produit.models import Produit
from services.inventory.type_produit.models import TypeProduit
from shared.contracts.base import Envelope
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.inventory import FeuilleValidee, HistoriqueMouvemente, ObjetInstalle, Provenance
from shared.contracts.inventory_cout import CoutsEtablis
from shared.contracts.maintenance import ContratModifie, FicheEquipement
from shared.database.rows import add_missing, put
from shared.database.statements import among, once
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, arrondi, repartir

# Facts of before `vers_genre` existed say no kind of place: their project is the one they name.
DANS_LE_PROJET = ("feuille", "client", "")

CONNUS = once(select(Historique.id).where(among(Historique.id, "ids")))
COUT = once(select(Historique.cout_recu_ht).where(Historique.id == bindparam("id")))
DU_PROJET = once(select(LienProjet.historique_id).where(LienProjet.demande_id == bindparam("demande_id")))
VENDUS = once(
    select(FilDeVie.historique_id, FilDeVie.montant_ht)
    .join(LienProjet, LienProjet.historique_id == FilDeVie.historique_id)
    .where(LienProjet.demande_id == bindparam("demande_id"), FilDeVie.type == "vente")
    .order_by(FilDeVie.le, FilDeVie.seq)
)
SORTIR_DU_PROJET = once(delete(LienProjet.__table__).where(LienProjet.historique_id == bindparam("de")))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Recit:
    """How an event is told; `le` and `par_nom` when it happened before the fact that tells it."""

    type: str
    titre: str
    detail: str = ""
    lien: str | None = None
    montant_ht: Decimal | None = None
    le: datetime | None = None
    par_nom: str | None = None

    def identifiant(self, enveloppe: Envelope) -> UUID:
        """What tells it from the others: its fact, and its kind when the fact tells something older than itself."""
        return enveloppe.id if self.le is None else uuid5(enveloppe.id, self.type)


def enveloppe_de(tx: Transaction) -> Envelope:
    """The envelope of the fact being told."""
    if tx.envelope is None:
        raise LookupError("the fil de vie is only written by facts")
    return tx.envelope


async def raconter(tx: Transaction, historique_ids: Iterable[UUID], *recits: Recit) -> None:
    """Write what the present fact tells on each of these objects."""
    await raconter_a_chacun(tx, [(id_, recit) for id_ in historique_ids for recit in recits])


async def raconter_a_chacun(tx: Transaction, recits: Sequence[tuple[UUID, Recit]]) -> None:
    """Write what the present fact tells on each of these objects, as it is told of that one."""
    enveloppe = enveloppe_de(tx)
    if not recits:
        return
    connus = set(await tx.scalars(CONNUS, {"ids": list({historique_id for historique_id, _ in recits})}))
    lignes = [
        {
            "id": new_id(),
            "historique_id": historique_id,
            "message_id": recit.identifiant(enveloppe),
            "source": enveloppe.type.partition(".")[0],
            "seq": enveloppe.seq,
            "le": recit.le or enveloppe.occurred_at,
            "par_nom": enveloppe.acteur_nom if recit.par_nom is None else recit.par_nom,
            "type": recit.type,
            "titre": recit.titre,
            "detail": recit.detail,
            "lien": recit.lien,
            "montant_ht": recit.montant_ht,
        }
        for historique_id, recit in recits
        if historique_id in connus
    ]
    await add_missing(tx, FilDeVie, lignes)


def achat(provenance: Provenance) -> list[Recit]:
    """When a price was first asked, and when it was ordered: told by the arrival of the object."""
    lien = f"/achats/commandes/{provenance.commande_id}"
    titre, par = f"Commandé : {provenance.commande_numero}", provenance.commande_par
    dits = [Recit("commande", titre, lien=lien, le=provenance.commande_le, par_nom=par)]
    if provenance.negociee_le is not None:
        demande = "Prix demandé au fournisseur"
        dits.insert(0, Recit("negociation", demande, lien=lien, le=provenance.negociee_le, par_nom=""))
    return dits


async def raconter_les_couts(tx: Transaction, fait: CoutsEtablis) -> None:
    """The supplier's invoice, told on every object that came with it; no amount in words: few may see costs."""
    facture = fait.facture_fournisseur
    controlee = f"Facture fournisseur {facture} contrôlée" if facture else "Facture du fournisseur refusée"
    change = (
        f"Coût établi par la facture {facture}" if facture else "Facture du fournisseur refusée : coût de la réception"
    )
    detail = f"{fait.fournisseur_nom} · {fait.affaire_numero}"
    lien = f"/administratif/fournisseurs/{fait.affaire_fournisseur_id}"
    dit = Recit("cout", controlee, detail, lien, par_nom=fait.acceptee_par)
    recits = []
    for objet in fait.objets:
        cout = arrondi(objet.cout_ht * objet.quantite)
        est_corrige = objet.cout_ht != objet.cout_avant_ht
        recits.append((objet.historique_id, replace(dit, titre=change, montant_ht=cout) if est_corrige else dit))
    await raconter_a_chacun(tx, recits)


async def raconter_la_vente(tx: Transaction, fait: FeuilleValidee) -> None:
    """What each object brings: its share of the signed line it was delivered for, to the cent."""
    par_ligne: dict[UUID, list[ObjetInstalle]] = defaultdict(list)
    for objet in fait.objets:
        par_ligne[objet.ligne_id].append(objet)
    recits = []
    for ligne in fait.lignes:
        objets = par_ligne[ligne.ligne_id]
        autres = f" · partagé entre {len(objets)} objets" if len(objets) > 1 else ""
        vente = Recit("vente", f"Vendu : {ligne.designation}", f"Devis {fait.devis_numero}{autres}", le=fait.valide_le)
        couts, quantites = [o.cout_ht for o in objets], [o.quantite for o in objets]
        poids = couts if sum(couts, ZERO) > 0 else quantites
        for objet, part in zip(objets, repartir(ligne.total_ht, poids), strict=True):
            recits.append((objet.historique_id, replace(vente, montant_ht=part)))
    await raconter_a_chacun(tx, recits)


async def raconter_la_facture(tx: Transaction, demande_id: UUID | None, recit: Recit) -> None:
    """An invoice of the project, with what each object is worth in it: its own sale, not the whole invoice."""
    if demande_id is None:
        return
    projet = {"demande_id": demande_id}
    montants = {vente.historique_id: vente.montant_ht for vente in await tx.execute(VENDUS, projet)}
    objets = await tx.scalars(DU_PROJET, projet)
    await raconter_a_chacun(tx, [(id_, replace(recit, montant_ht=montants.get(id_))) for id_ in objets])


async def raconter_au_projet(tx: Transaction, demande_id: UUID | None, recit: Recit) -> None:
    """Write the event on every object that is, by the facts told so far, on the feuille or at the client of a demande."""
    if demande_id is not None:
        await raconter(tx, await tx.scalars(DU_PROJET, {"demande_id": demande_id}), recit)


async def raconter_le_temps(tx: Transaction, temps: TempsProjet, recit: Recit) -> None:
    """Time spent on the object itself, else on its project."""
    if temps.equipement_id is not None:
        await raconter_a_l_equipement(tx, temps.equipement_id, recit)
    else:
        await raconter_au_projet(tx, temps.demande_id, recit)


async def compter_le_temps(tx: Transaction, fait: TempsSaisi | TempsCorrige | TempsRetire) -> TempsProjet | None:
    """Keep the time as it is now known; None when it was recorded before anybody counted it here."""
    if isinstance(fait, TempsSaisi):
        valeurs = {
            c: getattr(fait, c) for c in ("temps_id", "demande_id", "equipement_id", "minutes", "cout_horaire_ht")
        }
        await add_missing(tx, TempsProjet, [valeurs])
    connu: TempsProjet | None = await tx.get(TempsProjet, fait.temps_id, with_for_update=True)
    if connu is not None and isinstance(fait, TempsCorrige):
        connu.minutes = fait.minutes
    elif connu is not None and isinstance(fait, TempsRetire):
        await tx.delete(connu)
    return connu


async def suivre_projet(tx: Transaction, fait: HistoriqueMouvemente) -> None:
    """Remember which project an object belongs to: read from the facts, so that a replay finds the same objects."""
    if fait.demande_id is not None and fait.vers_genre in DANS_LE_PROJET:
        await put(tx, LienProjet, [{"historique_id": fait.historique_id, "demande_id": fait.demande_id}])
    else:
        await tx.execute(SORTIR_DU_PROJET, {"de": fait.historique_id})


async def raconter_au_contrat(tx: Transaction, contrat_id: UUID, recit: Recit) -> None:
    """Write the event on every object a contract covers."""
    requete = select(LienEquipement.historique_id).where(
        LienEquipement.contrat_id == contrat_id, LienEquipement.historique_id.is_not(None)
    )
    await raconter(tx, await tx.scalars(requete), recit)


async def raconter_a_l_equipement(tx: Transaction, equipement_id: UUID | None, recit: Recit) -> None:
    """Write the event on the object an equipment is."""
    requete = select(LienEquipement.historique_id).where(
        LienEquipement.equipement_id == equipement_id, LienEquipement.historique_id.is_not(None)
    )
    await raconter(tx, await tx.scalars(requete), recit)


async def lier_equipement(tx: Transaction, equipement_id: UUID, fiche: FicheEquipement) -> UUID | None:
    """Remember which object an equipment is; the contract just gained, if any."""
    lien = await _lien(tx, equipement_id)
    lien.historique_id = fiche.historique_id or lien.historique_id
    if fiche.contrat_id is None or fiche.contrat_id == lien.contrat_id:
        return None
    lien.contrat_id, lien.contrat_numero = fiche.contrat_id, fiche.contrat_numero
    return fiche.contrat_id


async def lier_contrat(tx: Transaction, fait: ContratModifie) -> tuple[list[UUID], list[UUID]]:
    """Remember what a contract in force covers, a draft covers nothing; the objects it just gained, and those it lost."""
    nommes = {e for ligne in fait.lignes for e in ligne.equipement_ids}
    couverts = nommes if fait.etat == "actif" else set()
    gagnes = []
    for equipement_id in sorted(couverts):
        lien = await _lien(tx, equipement_id)
        if lien.contrat_id != fait.contrat_id:
            lien.contrat_id, lien.contrat_numero = fait.contrat_id, fait.numero
            gagnes.append(lien.historique_id)
    perdus = []
    de_lui = select(LienEquipement).where(LienEquipement.contrat_id == fait.contrat_id)
    sortis = de_lui.where(LienEquipement.equipement_id.not_in(couverts)).order_by(LienEquipement.equipement_id)
    for lien in await tx.scalars(sortis.with_for_update()):
        lien.contrat_id = lien.contrat_numero = None
        perdus.append(lien.historique_id)
    return [h for h in gagnes if h is not None], [h for h in perdus if h is not None]


async def cout(tx: Transaction, historique_id: UUID, quantite: Decimal) -> Decimal | None:
    """What the quantity of an object cost when it came: facts of before costs could change do not say it."""
    unitaire: Decimal | None = await tx.scalar(COUT, {"id": historique_id})
    return None if unitaire is None else unitaire * quantite


async def libelles(tx: Transaction, historique_id: UUID) -> dict[str, str]:
    """The names of the fields of an object's form, by key."""
    requete = (
        select(TypeProduit.champs)
        .join(Produit, Produit.type_id == TypeProduit.id)
        .join(Historique, Historique.produit_id == Produit.id)
        .where(Historique.id == historique_id)
    )
    champs: list[dict[str, Any]] = await tx.scalar(requete) or []
    return {champ["cle"]: champ["libelle"] for champ in champs}


async def _lien(tx: Transaction, equipement_id: UUID) -> LienEquipement:
    """The row of an equipment, made when a contract speaks of it before its parc does."""
    await add_missing(tx, LienEquipement, [{"id": new_id(), "equipement_id": equipement_id}])
    requete = select(LienEquipement).where(LienEquipement.equipement_id == equipement_id).with_for_update()
    lien: LienEquipement = (await tx.scalars(requete)).one()
    return lien
