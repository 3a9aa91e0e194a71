"""Writing a proposition: its head, its lines, their hidden products."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.commercial.copies import queries as copies
from services.commercial.errors import (
    LigneInconnue,
    ProduitCacheInconnu,
    SansAdresse,
    TropDeLignes,
    TropDeProduits,
)
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import changements, chiffrage, proportion
from services.commercial.proposition.rules.chiffrage import Genre, Ligne, ProduitCache
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.schemas.saisies import (
    RetoucheLigne,
    RetoucheProduitCache,
    SaisieLigne,
    SaisiePrevision,
    SaisieProduitCache,
    SaisieProposition,
)
from services.commercial.proposition.use_cases import caches
from shared.contracts.commercial import PropositionModifiee
from shared.contracts.contacts import SocieteModifiee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.documents import identites
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO

VALIDITE = timedelta(days=30)
COUTS = ("cout_ht", "marge")
TACITES = ("produit_id", "prix_convenu_ht", "caches_suivent")  # kept when they are not said
Lignes = Sequence[Ligne]


async def numeroter(tx: Transaction) -> str:
    """The next DEV number of the year."""
    annee = jour_paris(tx.now).year
    return f"DEV-{annee}-{await next_number(tx, f'DEV-{annee}'):05d}"


async def creer(tx: Transaction, *, lignes: Lignes = (), **valeurs: Any) -> Proposition:
    """A new draft. `valeurs` are columns, without number it gets the next one; its ranks are given by whoever locked the etude."""
    proposition = Proposition(
        statut=Statut.BROUILLON, revision=0, besoins_annonces={}, derniers_changements=[], **valeurs
    )
    if proposition.valide_jusqu_au is None:
        proposition.valide_jusqu_au = jour_paris(tx.now) + VALIDITE
    if proposition.convention_marge is None or proposition.acompte_pourcent is None:
        _selon_societe(proposition, await copies.societe(tx.session))
    lignes = chiffrage.normaliser(chiffrage.selon_regime(lignes, proposition.regime_tva))
    chiffres = chiffrage.chiffrer(lignes, proposition.convention)
    proposition.poser(lignes, chiffres)
    proposition.numero = proposition.numero or await numeroter(tx)
    proposition.indexer()
    tx.add(proposition)
    await tx.flush()
    if lignes:
        await repository.ecrire(tx, proposition.id, (), lignes, chiffres)
    return proposition


def _selon_societe(proposition: Proposition, societe: SocieteModifiee | None) -> None:
    """What the company's file says, where nobody said otherwise."""
    if proposition.convention_marge is None:
        proposition.convention_marge = societe.convention_marge if societe else "marge"
    if proposition.acompte_pourcent is None:
        proposition.acompte_pourcent = societe.acompte_pourcent if societe else ZERO


async def verifier_adresse(tx: Transaction, proposition: Proposition) -> None:
    """SansAdresse when whoever its papers go to has none (seed: no commercial paper without an address)."""
    fiche = await copies.adressee(tx.session, proposition.tiers_id, proposition.adressage())
    if fiche is not None and not identites.a_une_adresse(fiche):
        raise SansAdresse(nom=fiche.nom)


async def modifier(
    tx: Transaction, proposition_id: UUID, saisie: SaisieProposition, version: int | None
) -> Proposition:
    """Replace what stands around the lines; another VAT regime changes their rates."""
    proposition = await repository.get_for_update(tx, proposition_id)
    await repository.attendre_version(tx, proposition, version)
    proposition.revoir()
    avant, regime = proposition.regime_tva, saisie.regime_tva or proposition.regime_tva
    for champ, valeur in (saisie.model_dump() | {"regime_tva": regime}).items():
        setattr(proposition, champ, valeur)
    proposition.indexer()
    if regime != avant:
        await _poser(tx, proposition, chiffrage.changer_de_regime(proposition.lignes, avant, regime))
    await _annoncer(tx, proposition)
    return proposition


async def prevoir(tx: Transaction, proposition_id: UUID, saisie: SaisiePrevision) -> None:
    """What the salesman expects of it."""
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    proposition.probabilite, proposition.cloture_prevue = saisie.probabilite, saisie.cloture_prevue


async def changer_lignes(
    tx: Transaction, proposition_id: UUID, version: int | None, change: Callable[[Lignes], Lignes]
) -> Proposition:
    """The only way lines change: lock, check, replace by `change(lines)`, write the difference."""
    proposition = await repository.get_for_update(tx, proposition_id)
    await repository.attendre_version(tx, proposition, version)
    proposition.verifier_modifiable()
    apres = chiffrage.normaliser(chiffrage.selon_regime(change(proposition.lignes), proposition.regime_tva))
    if list(proposition.lignes) == list(apres):
        return proposition
    _verifier_ensemble(apres)
    await _poser(tx, proposition, apres)
    if proposition.statut is Statut.ENVOYE and (fait := proposition.annoncer_besoins(proposition.besoins)):
        tx.publish(fait)
    await _annoncer(tx, proposition)
    return proposition


async def _annoncer(tx: Transaction, proposition: Proposition) -> None:
    """Whoever has it open is told at once, with the version to expect."""
    await tx.flush()
    tx.publish(
        PropositionModifiee(
            proposition_id=proposition.id, demande_id=proposition.demande_id, version=proposition.version
        )
    )


async def _poser(tx: Transaction, proposition: Proposition, apres: Lignes) -> None:
    avant = proposition.lignes
    chiffres = chiffrage.chiffrer(apres, proposition.convention)
    proposition.poser(apres, chiffres)
    proposition.derniers_changements = changements.entre(avant, apres)
    await repository.ecrire(tx, proposition.id, avant, apres, chiffres)


async def remplacer_lignes(
    tx: Transaction, proposition_id: UUID, saisies: Sequence[SaisieLigne], version: int | None
) -> Proposition:
    """The whole content as typed: rows absent are removed, rows without id are new."""
    nouveaux = (p.produit_id for saisie in saisies for p in saisie.produits or () if p.id is None)
    catalogue = await caches.catalogue(tx, nouveaux)

    retires = {} if tx.actor.may("couts.voir") else await repository.couts_retires(tx.session, proposition_id)

    def change(avant: Lignes) -> Lignes:
        connues, couts = {ligne.id: ligne for ligne in avant}, retires | repository.couts(avant)
        return [_ligne(saisie, connues, catalogue, tx.actor, couts) for saisie in saisies]

    return await changer_lignes(tx, proposition_id, version, change)


async def retoucher_ligne(
    tx: Transaction, proposition_id: UUID, ligne_id: UUID, retouche: RetoucheLigne, version: int | None
) -> Proposition:
    """Some fields of one row. A null fixed price gives the price back to cost and margin."""
    donnees = retouche.model_dump(exclude_unset=True)
    if not tx.actor.may("couts.voir"):
        donnees = {champ: valeur for champ, valeur in donnees.items() if champ not in COUTS}
    donnees = {champ: v for champ, v in donnees.items() if v is not None or champ == "prix_fixe_ht"}

    def retoucher(ligne: Ligne) -> Ligne:
        voulue = replace(ligne, caches_suivent=donnees.get("caches_suivent", ligne.caches_suivent))
        produits = proportion.suivre(voulue, donnees.get("quantite", ligne.quantite))
        return _verifier(replace(ligne, **donnees, produits=produits))

    def change(avant: Lignes) -> Lignes:
        return _sur(avant, ligne_id, retoucher)

    return await changer_lignes(tx, proposition_id, version, change)


async def ajouter_produits(
    tx: Transaction, proposition_id: UUID, ligne_id: UUID, saisies: Sequence[SaisieProduitCache], version: int | None
) -> Proposition:
    """Hidden products under a line, their cost copied from the catalogue."""
    catalogue = await caches.catalogue(tx, (saisie.produit_id for saisie in saisies))
    ajoutes = caches.poser(saisies, {}, catalogue, tx.actor, {})

    def change(avant: Lignes) -> Lignes:
        return _sur(avant, ligne_id, lambda ligne: replace(ligne, produits=caches.ajouter(ligne.produits, ajoutes)))

    return await changer_lignes(tx, proposition_id, version, change)


async def retoucher_produit(
    tx: Transaction,
    proposition_id: UUID,
    ligne_id: UUID,
    cache_id: UUID,
    retouche: RetoucheProduitCache | None,
    version: int | None,
) -> Proposition:
    """Quantity, note or cost of one hidden product; removed when `retouche` is None."""
    donnees = retouche.model_dump(exclude_none=True) if retouche else {}
    if not tx.actor.may("couts.voir"):
        donnees.pop("cout_ht", None)

    def reprendre(ligne: Ligne) -> Ligne:
        if all(p.id != cache_id for p in ligne.produits):
            raise ProduitCacheInconnu
        autres = (p if p.id != cache_id else _retouche(p, donnees) for p in ligne.produits)
        return replace(ligne, produits=tuple(p for p in autres if retouche is not None or p.id != cache_id))

    return await changer_lignes(tx, proposition_id, version, lambda avant: _sur(avant, ligne_id, reprendre))


async def ajouter_lignes(
    tx: Transaction, proposition_id: UUID, nouvelles: Sequence[SaisieLigne], version: int | None, *, par: Actor
) -> Proposition:
    """Rows at the end. `par` says whether their costs are believed: a model or a shelf brings stored ones."""
    catalogue = await caches.catalogue(tx, (p.produit_id for ligne in nouvelles for p in ligne.produits or ()))
    ajoutees = [_ligne(saisie, {}, catalogue, par, {}) for saisie in nouvelles]
    return await changer_lignes(tx, proposition_id, version, lambda avant: [*avant, *ajoutees])


def copier(lignes: Iterable[Ligne]) -> list[Ligne]:
    """The same rows and hidden products under new identities; each remembers the first it descends from."""
    return [
        replace(
            ligne,
            id=new_id(),
            origine_id=ligne.lignee,
            produits=tuple(replace(p, id=new_id()) for p in ligne.produits),
        )
        for ligne in lignes
    ]


def _retouche(produit: ProduitCache, donnees: dict[str, Any]) -> ProduitCache:
    dit = donnees.get("quantite", produit.quantite) != produit.quantite
    return replace(proportion.dire(produit) if dit else produit, **donnees)


def _verifier_ensemble(lignes: Lignes) -> None:
    """Bounded, and nothing twice."""
    if len(lignes) > chiffrage.LIGNES_MAX:
        raise TropDeLignes(maximum=chiffrage.LIGNES_MAX)
    produits = [p.id for ligne in lignes for p in ligne.produits]
    if len(produits) > chiffrage.PRODUITS_MAX:
        raise TropDeProduits(maximum=chiffrage.PRODUITS_MAX)
    if len({ligne.id for ligne in lignes}) != len(lignes):
        raise LigneInconnue
    if len(set(produits)) != len(produits):
        raise ProduitCacheInconnu


def _sur(lignes: Lignes, ligne_id: UUID, change: Callable[[Ligne], Ligne]) -> Lignes:
    if all(ligne.id != ligne_id for ligne in lignes):
        raise LigneInconnue
    return [change(ligne) if ligne.id == ligne_id else ligne for ligne in lignes]


def _ligne(
    saisie: SaisieLigne,
    connues: dict[UUID, Ligne],
    catalogue: caches.Catalogue,
    actor: Actor,
    couts: Mapping[UUID, repository.Couts],
) -> Ligne:
    ancienne = connues.get(saisie.id) if saisie.id else None
    if saisie.id and ancienne is None:
        raise LigneInconnue
    id_, origine_id = (ancienne.id, ancienne.origine_id) if ancienne else (new_id(), None)
    if saisie.genre is not Genre.LIGNE:
        mots = Ligne(
            id=id_,
            genre=saisie.genre,
            designation=saisie.designation,
            description=saisie.description,
            a_prix_masques=saisie.a_prix_masques,
        )
        return _verifier(replace(mots, origine_id=origine_id))
    champs = saisie.model_dump(exclude={"id", "copie_de", "produits"})
    copiee = ancienne or (couts.get(saisie.copie_de) if saisie.copie_de else None)
    tus = [champ for champ in COUTS if champs[champ] is None or not actor.may("couts.voir")]
    champs |= {champ: getattr(copiee, champ) if copiee else ZERO for champ in tus}
    if ancienne:
        champs |= {champ: getattr(ancienne, champ) for champ in TACITES if champ not in saisie.model_fields_set}
    produits: tuple[ProduitCache, ...] = ()
    if ancienne and saisie.produits is None:
        suivie = replace(ancienne, caches_suivent=champs["caches_suivent"])
        produits = proportion.suivre(suivie, saisie.quantite)
    elif saisie.produits is not None:
        gardes = {p.id: p for p in ancienne.produits} if ancienne else {}
        produits = caches.poser(saisie.produits, gardes, catalogue, actor, couts)
        if ancienne and saisie.quantite != ancienne.quantite:
            produits = tuple(proportion.dire(p) for p in produits)
    return _verifier(Ligne(id=id_, origine_id=origine_id, **champs, produits=produits))


def _verifier(ligne: Ligne) -> Ligne:
    chiffrage.verifier_taux(ligne.taux_tva)
    if ligne.genre is not Genre.LIGNE:  # words only: nothing priced, nothing to choose, and no word for a page break
        mots = ("", "") if ligne.genre is Genre.SAUT else (ligne.designation, ligne.description)
        return Ligne(
            id=ligne.id,
            genre=ligne.genre,
            designation=mots[0],
            description=mots[1],
            a_prix_masques=ligne.a_prix_masques and ligne.genre is Genre.SECTION,
            origine_id=ligne.origine_id,
            produits=ligne.produits,
        )
    return replace(ligne, a_prix_masques=False) if ligne.a_prix_masques else ligne
