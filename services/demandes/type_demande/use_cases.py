"""What an administrator can cause to the configuration."""

from uuid import UUID

from sqlalchemy import func, select

from services.demandes.errors import CodeDejaPris, EtatEncoreUtilise, EtatEnDouble, RegleInconnue
from services.demandes.type_demande import queries, repository, rules
from services.demandes.type_demande.models import Etat, Regle, Transition, TypeDemande, VersionType
from services.demandes.type_demande.schemas import (
    RetoucheEtat,
    RetoucheRegle,
    SaisieEtatFrere,
    SaisieRegle,
    SaisieType,
)
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieType) -> TypeDemande:
    """A new type, usable at once."""
    if await tx.scalar(select(TypeDemande.id).where(TypeDemande.code == saisie.code)) is not None:
        raise CodeDejaPris(code=saisie.code)
    ordre = await tx.scalar(select(func.coalesce(func.max(TypeDemande.ordre), 0) + 1))
    nouveau = TypeDemande(code=saisie.code, ordre=ordre, etats=[], transitions=[], regles=[])
    _remplir(nouveau, saisie)
    tx.add(nouveau)
    return nouveau


async def remplacer(tx: Transaction, code: str, saisie: SaisieType, version: int | None) -> TypeDemande:
    """Replace the circuit of a type; a state that still holds demandes cannot go."""
    actuel = await repository.par_code(tx.session, code, verrou=True)
    await tx.expect_version(actuel, version)
    if saisie.code != code:
        raise CodeDejaPris(code=saisie.code)
    gardes = {etat.code for etat in saisie.etats}
    for etat in actuel.etats:
        if etat.code not in gardes and await repository.est_occupe(tx.session, code, etat.code):
            raise EtatEncoreUtilise(etat=etat.libelle)
    _garder(tx, actuel)
    actuel.transitions = []
    await tx.flush()  # unique keys of the old rows leave before those of the new ones arrive
    _remplir(actuel, saisie)
    for etat in actuel.etats:
        await repository.accorder_cloture(tx, code, etat)
    tx.touch(actuel)
    return actuel


async def retoucher_etat(
    tx: Transaction, code: str, etat: str, saisie: RetoucheEtat, version: int | None
) -> TypeDemande:
    """Change a state, and where people may move from it."""
    actuel = await repository.par_code(tx.session, code, verrou=True)
    await tx.expect_version(actuel, version)
    vise = actuel.etat(etat)
    _garder(tx, actuel)
    for champ, valeur in saisie.model_dump(exclude={"vers", "motifs"}, exclude_none=True).items():
        setattr(vise, champ, valeur)
    if saisie.vers is not None:
        voulus = {actuel.etat(vers).code for vers in saisie.vers if vers != etat}
        gardees = [t for t in actuel.transitions if t.de != etat or t.vers in voulus]
        neufs = voulus - {t.vers for t in gardees if t.de == etat}
        neuves = [Transition(de=etat, vers=vers, motif_demande=False) for vers in sorted(neufs)]
        actuel.transitions = gardees + neuves
    if saisie.motifs is not None:
        for transition in (t for t in actuel.transitions if t.de == etat):
            transition.motif_demande = transition.vers in saisie.motifs
    await repository.accorder_cloture(tx, code, vise)
    tx.touch(actuel)
    return actuel


async def ajouter_etat(tx: Transaction, code: str, saisie: SaisieEtatFrere, version: int | None) -> TypeDemande:
    """A new state beside another, usable at once."""
    actuel = await repository.par_code(tx.session, code, verrou=True)
    await tx.expect_version(actuel, version)
    if any(etat.code == saisie.code for etat in actuel.etats):
        raise EtatEnDouble(code=saisie.code)
    _garder(tx, actuel)
    propres = saisie.model_dump(exclude={"comme"})
    actuel.dedoubler(actuel.etat(saisie.comme), Etat(**propres, est_initial=False, est_prise=False))
    tx.touch(actuel)
    return actuel


async def regler(tx: Transaction, code: str, regle_id: UUID, saisie: RetoucheRegle, version: int | None) -> TypeDemande:
    """Make a rule automatic, proposed or inactive."""
    actuel = await repository.par_code(tx.session, code, verrou=True)
    await tx.expect_version(actuel, version)
    visee = next((r for r in actuel.regles if r.id == regle_id), None)
    if visee is None:
        raise RegleInconnue
    _garder(tx, actuel)
    visee.mode = saisie.mode
    tx.touch(actuel)
    return actuel


def _garder(tx: Transaction, actuel: TypeDemande) -> None:
    """Keep the circuit as it is before a change."""
    tx.add(
        VersionType(
            type_id=actuel.id,
            version=actuel.version,
            remplacee_le=tx.now,
            par_id=tx.actor.id,
            par_nom=tx.actor.nom,
            contenu=queries.contenu(actuel).model_dump(mode="json"),
        )
    )


def _remplir(cible: TypeDemande, saisie: SaisieType) -> None:
    rules.verifier_configuration(
        [(e.code, e.est_initial) for e in saisie.etats],
        saisie.transitions,
        [(*r.de_etats, r.vers) for r in saisie.regles],
    )
    for champ in ("libelle", "icone", "est_actif", "nature", "exige_couverture", "ouverture_fait"):
        setattr(cible, champ, getattr(saisie, champ))
    connus = {etat.code: etat for etat in cible.etats}
    etats = []
    for ordre, decrit in enumerate(saisie.etats):
        etat = connus.get(decrit.code) or Etat(code=decrit.code)
        for champ, valeur in {**decrit.model_dump(exclude={"code"}), "ordre": ordre}.items():
            setattr(etat, champ, valeur)
        etats.append(etat)
    cible.etats = etats
    cible.transitions = [
        Transition(de=de, vers=v, motif_demande=v in saisie.motifs.get(de, ()))
        for de, vers in saisie.transitions.items()
        for v in dict.fromkeys(vers)
    ]
    presentes = {regle.libelle: regle for regle in cible.regles}
    cible.regles = [
        _regle(presentes.pop(decrite.libelle) if decrite.libelle in presentes else Regle(), ordre, decrite)
        for ordre, decrite in enumerate(saisie.regles)
    ]


def _regle(regle: Regle, ordre: int, decrite: SaisieRegle) -> Regle:
    """A rule keeps its row under the same label: the moves it caused name it."""
    condition = decrite.condition
    regle.libelle, regle.fait_type, regle.vers = decrite.libelle, decrite.fait_type, decrite.vers
    regle.de_etats, regle.mode, regle.ordre = list(decrite.de_etats), decrite.mode, ordre
    regle.condition_champ = condition.champ if condition else None
    regle.condition_valeur = condition.valeur if condition else None
    return regle
