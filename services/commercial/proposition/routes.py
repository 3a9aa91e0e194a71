"""Propositions over HTTP: what the line editor and the lists call."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.commercial.errors import (
    ApprobateurNonDesigne,
    ApprobationDejaDecidee,
    ApprobationInconnue,
    ApprobationInutile,
    ApprobationRequise,
    AucuneAutreProposition,
    AutreDevisDejaValide,
    ComparaisonImpossible,
    LigneInconnue,
    MontantTropGrand,
    PapierIllisible,
    ProduitInconnu,
    PropositionFigee,
    PropositionInconnue,
    PropositionSansLigne,
    SignatureAbsente,
    SigneEnLigne,
    TauxTvaInconnu,
    TransitionImpossible,
)
from services.commercial.garde.rules import DROITS
from services.commercial.garde.schemas import SaisieDecision, SaisieDemande, VueApprobation, VueGarde
from services.commercial.proposition import queries
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.schemas import saisies, vues
from services.commercial.proposition.schemas.comparaison import VueComparaison
from services.commercial.proposition.schemas.vues import VueContenu, VueProposition
from services.commercial.proposition.use_cases import approbation, cycle, edition
from shared.fichiers.errors import FichierVide, TypeRefuse
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche, Totaux
from shared.web.problems import refusals

router = new_router("propositions")
Lecteur = Annotated[Actor, may("devis.lire")]
Redacteur = Annotated[Actor, may("devis.modifier")]
Valideur = Annotated[Actor, may("devis.valider")]
NomFichier = Annotated[str, Query(min_length=1, max_length=200)]
FIGEE = refusals(PropositionInconnue, LigneInconnue, PropositionFigee, VersionPerimee, TauxTvaInconnu, MontantTropGrand)


def _filtres(
    statut: Statut | None = None,
    tiers_id: UUID | None = None,
    demande_id: UUID | None = None,
    affaire_id: UUID | None = None,
    commercial_id: UUID | None = None,
) -> queries.Filtres:
    return {
        "statut": statut,
        "tiers_id": tiers_id,
        "demande_id": demande_id,
        "affaire_id": affaire_id,
        "commercial_id": commercial_id,
    }


Filtres = Annotated[queries.Filtres, Depends(_filtres)]


def _droits(actor: Actor) -> list[str]:
    """What one who may grant something may grant; whoever grants nothing sees all that waits."""
    return [droit for droit in DROITS if actor.may(droit)] or [*DROITS]


@router.get("/propositions/totaux")
async def totaux(db: Db, actor: Lecteur, filtres: Filtres, q: Recherche = None, a_approuver: bool = False) -> Totaux:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaux(session, q=q, filtres=filtres, a_approuver=_droits(actor) if a_approuver else None)


@router.get("/propositions")
async def lister(
    db: Db,
    actor: Lecteur,
    filtres: Filtres,
    q: Recherche = None,
    a_approuver: bool = False,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[vues.LigneProposition]:
    """Propositions, the latest first, searched by number, object, client or demande."""
    async with db.read() as session:
        return await queries.lister(
            session,
            q=q,
            filtres=filtres,
            a_approuver=_droits(actor) if a_approuver else None,
            couts=actor.may("couts.voir"),
            limite=limite,
            curseur=curseur,
        )


@router.get("/affaires/{affaire_id}/signe")
async def signe(affaire_id: UUID, db: Db, _actor: Lecteur) -> vues.VueSigne:
    """What was signed for an affaire, its avenants added."""
    async with db.read() as session:
        return await queries.signe(session, affaire_id)


@router.get("/propositions/{proposition_id}", responses=refusals(PropositionInconnue))
async def entiere(proposition_id: UUID, db: Db, actor: Lecteur) -> VueProposition:
    """The whole proposition: head, lines, hidden products, totals."""
    async with db.read() as session:
        return await queries.entiere(session, proposition_id, couts=actor.may("couts.voir"))


@router.get("/propositions/{proposition_id}/besoins", responses=refusals(PropositionInconnue))
async def besoins(proposition_id: UUID, db: Db, actor: Lecteur) -> list[vues.BesoinDevis]:
    """What it needs, product by product."""
    async with db.read() as session:
        return await queries.besoins(session, proposition_id, couts=actor.may("couts.voir"))


@router.get(
    "/propositions/{proposition_id}/comparaison",
    responses=refusals(PropositionInconnue, AucuneAutreProposition, ComparaisonImpossible),
)
async def comparer(proposition_id: UUID, db: Db, actor: Lecteur, avec: UUID | None = None) -> VueComparaison:
    """What changed from its previous version, or from the proposition `avec` of the same etude."""
    async with db.read() as session:
        return await queries.comparer(session, proposition_id, avec, couts=actor.may("couts.voir"))


@router.put("/propositions/{proposition_id}", responses=refusals(PropositionInconnue, PropositionFigee, VersionPerimee))
async def modifier(
    proposition_id: UUID, saisie: saisies.SaisieProposition, db: Db, version: IfMatch, actor: Redacteur
) -> VueProposition:
    """Replace what stands around the lines; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        proposition = await edition.modifier(tx, proposition_id, saisie, version)
    return VueProposition.de(proposition, actor.may("couts.voir"))


@router.put("/propositions/{proposition_id}/lignes", responses=FIGEE)
async def remplacer_lignes(
    proposition_id: UUID, saisie: saisies.SaisieLignes, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """The whole content, at most 1000 rows, written together or not at all."""
    async with db.transaction(actor) as tx:
        proposition = await edition.remplacer_lignes(tx, proposition_id, saisie.lignes, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.post("/propositions/{proposition_id}/lignes", status_code=201, responses=FIGEE)
async def ajouter_lignes(
    proposition_id: UUID, saisie: saisies.SaisieLignes, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """Rows at the end."""
    async with db.transaction(actor) as tx:
        proposition = await edition.ajouter_lignes(tx, proposition_id, saisie.lignes, version, par=actor)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.patch("/propositions/{proposition_id}/lignes/{ligne_id}", responses=FIGEE)
async def retoucher_ligne(
    proposition_id: UUID, ligne_id: UUID, retouche: saisies.RetoucheLigne, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """Some fields of one row."""
    async with db.transaction(actor) as tx:
        proposition = await edition.retoucher_ligne(tx, proposition_id, ligne_id, retouche, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.get("/propositions/{proposition_id}/lignes/{ligne_id}/produits", responses=refusals(LigneInconnue))
async def produits_caches(proposition_id: UUID, ligne_id: UUID, db: Db, actor: Lecteur) -> list[vues.ProduitCacheSitue]:
    """The hidden products of a line, with supplier and stock."""
    async with db.read() as session:
        return await queries.produits_caches(session, proposition_id, ligne_id, couts=actor.may("couts.voir"))


@router.post(
    "/propositions/{proposition_id}/lignes/{ligne_id}/produits",
    status_code=201,
    responses=FIGEE | refusals(ProduitInconnu),
)
async def ajouter_produit(
    proposition_id: UUID,
    ligne_id: UUID,
    saisie: saisies.SaisieProduitCache,
    db: Db,
    version: IfMatch,
    actor: Redacteur,
) -> VueContenu:
    """A hidden product under a line; its cost is the product's unless given."""
    async with db.transaction(actor) as tx:
        proposition = await edition.ajouter_produits(tx, proposition_id, ligne_id, [saisie], version)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.patch("/propositions/{proposition_id}/lignes/{ligne_id}/produits/{cache_id}", responses=FIGEE)
async def retoucher_produit(
    proposition_id: UUID,
    ligne_id: UUID,
    cache_id: UUID,
    retouche: saisies.RetoucheProduitCache,
    db: Db,
    version: IfMatch,
    actor: Redacteur,
) -> VueContenu:
    """Quantity, note or cost of a hidden product."""
    async with db.transaction(actor) as tx:
        proposition = await edition.retoucher_produit(tx, proposition_id, ligne_id, cache_id, retouche, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.delete("/propositions/{proposition_id}/lignes/{ligne_id}/produits/{cache_id}", responses=FIGEE)
async def retirer_produit(
    proposition_id: UUID, ligne_id: UUID, cache_id: UUID, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """A hidden product is no longer needed."""
    async with db.transaction(actor) as tx:
        proposition = await edition.retoucher_produit(tx, proposition_id, ligne_id, cache_id, None, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))


@router.post(
    "/propositions/{proposition_id}/valider",
    responses=refusals(
        PropositionInconnue, TransitionImpossible, AutreDevisDejaValide, PropositionSansLigne, ApprobationRequise
    ),
)
async def valider(proposition_id: UUID, saisie: saisies.SaisieValidation, db: Db, actor: Valideur) -> VueProposition:
    """The client signed on paper: the devis is validated, its sisters are put aside."""
    accord = cycle.Accord(
        nom=saisie.signe_par,
        qualite=saisie.qualite,
        jour=saisie.signe_le,
        certifie_taux_reduit=saisie.certifie_taux_reduit,
    )
    async with approbation.refus_notes(db.database, actor, proposition_id), db.transaction(actor) as tx:
        proposition = await cycle.valider(tx, proposition_id, accord)
    return VueProposition.de(proposition, actor.may("couts.voir"))


@router.put(
    "/propositions/{proposition_id}/prevision",
    status_code=204,
    responses=refusals(PropositionInconnue, PropositionFigee),
)
async def prevoir(proposition_id: UUID, saisie: saisies.SaisiePrevision, db: Db, actor: Redacteur) -> Response:
    """Chances and expected month: the client reads nothing else, the link stays good."""
    async with db.transaction(actor) as tx:
        await edition.prevoir(tx, proposition_id, saisie)
    return Response(status_code=204)


@router.get("/propositions/{proposition_id}/garde", responses=refusals(PropositionInconnue))
async def garde(proposition_id: UUID, db: Db, actor: Lecteur) -> VueGarde:
    """Why it needs an approval, and the one asked or given for its present text."""
    async with db.read() as session:
        return await approbation.situation(session, proposition_id, actor)


@router.post(
    "/propositions/{proposition_id}/approbation",
    status_code=201,
    responses=refusals(PropositionInconnue, PropositionFigee, ApprobationInutile),
)
async def demander_approbation(proposition_id: UUID, saisie: SaisieDemande, db: Db, actor: Redacteur) -> VueApprobation:
    """Ask for what is beyond the limits."""
    async with db.transaction(actor) as tx:
        return VueApprobation.model_validate(await approbation.demander(tx, proposition_id, saisie.motif))


@router.post(
    "/propositions/{proposition_id}/approbation/decider",
    responses=refusals(
        PropositionInconnue, PropositionFigee, ApprobationInconnue, ApprobationDejaDecidee, ApprobateurNonDesigne
    ),
)
async def decider_approbation(proposition_id: UUID, saisie: SaisieDecision, db: Db, actor: Lecteur) -> VueApprobation:
    """Grant it or not: with every right the request needs (margin, credit of the client)."""
    async with db.transaction(actor) as tx:
        return VueApprobation.model_validate(await approbation.decider(tx, proposition_id, saisie))


@router.put(
    "/propositions/{proposition_id}/papier-signe",
    status_code=204,
    responses=refusals(PropositionInconnue, PropositionFigee, PapierIllisible, SigneEnLigne, FichierVide, TypeRefuse),
)
async def joindre_papier(proposition_id: UUID, nom: NomFichier, request: Request, db: Db, actor: Valideur) -> Response:
    """The scan of what the client signed: the body is the file, a PDF or a photo."""
    means: Means = request.app.state.means
    fichier = await means.stockage.poser(await request.body(), nom, request.headers.get("content-type", ""))
    async with db.transaction(actor) as tx:
        await cycle.joindre_papier(tx, proposition_id, fichier)
    return Response(status_code=204)


@router.post("/propositions/{proposition_id}/certification", status_code=204, responses=refusals(SignatureAbsente))
async def certifier(proposition_id: UUID, db: Db, actor: Valideur) -> Response:
    """The client certified afterwards that what is signed may bear a reduced VAT rate."""
    async with db.transaction(actor) as tx:
        await cycle.certifier(tx, proposition_id)
    return Response(status_code=204)


@router.get("/propositions/{proposition_id}/signature", responses=refusals(SignatureAbsente))
async def signature(proposition_id: UUID, db: Db, _actor: Lecteur) -> vues.VueSignature:
    """The proof of the client's agreement."""
    async with db.read() as session:
        return await queries.signature(session, proposition_id)


@router.post(
    "/propositions/{proposition_id}/refuser",
    status_code=204,
    responses=refusals(PropositionInconnue, TransitionImpossible),
)
async def refuser(proposition_id: UUID, saisie: saisies.SaisieRefusClient, db: Db, actor: Redacteur) -> Response:
    """The client said no."""
    async with db.transaction(actor) as tx:
        await cycle.refuser(tx, proposition_id, saisie.cause, saisie.motif)
    return Response(status_code=204)


@router.post(
    "/propositions/{proposition_id}/ne-pas-retenir",
    status_code=204,
    responses=refusals(PropositionInconnue, TransitionImpossible),
)
async def ne_pas_retenir(proposition_id: UUID, saisie: saisies.SaisieMotif, db: Db, actor: Redacteur) -> Response:
    """Put it aside ourselves."""
    async with db.transaction(actor) as tx:
        await cycle.ne_pas_retenir(tx, proposition_id, saisie.motif)
    return Response(status_code=204)


@router.post("/propositions/{proposition_id}/rouvrir", responses=refusals(PropositionInconnue, TransitionImpossible))
async def rouvrir(proposition_id: UUID, db: Db, actor: Redacteur) -> VueProposition:
    """A closed proposition becomes a draft again."""
    async with db.transaction(actor) as tx:
        proposition = await cycle.rouvrir(tx, proposition_id)
    return VueProposition.de(proposition, actor.may("couts.voir"))
