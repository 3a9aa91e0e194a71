"""Feuilles de travail in pages: the list, the worksheet and what is done on it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages import lectures
from gateway.pages.atelier import (
    echanges,
    etiquettes,
    inventaires,
    livraison,
    natures,
    objets,
    presentation,
    pv,
    retours,
    stock,
    superviseur,
    transferts,
    valeur,
    vehicules,
)
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.edition import version_lue
from gateway.pages.fichiers import lecture
from gateway.pages.rendu import aller, rafraichir, rendre, servir
from gateway.session.dependances import User, Utilisateur
from shared.documents.typographie import francais

router = APIRouter(include_in_schema=False)
router.include_router(objets.router)
router.include_router(echanges.router)
router.include_router(stock.router)
router.include_router(natures.router)
router.include_router(inventaires.router)
router.include_router(transferts.router)
router.include_router(vehicules.router)
router.include_router(retours.router)
router.include_router(valeur.router)
router.include_router(pv.router)
router.include_router(etiquettes.router)
router.include_router(superviseur.router)
router.include_router(livraison.router)

Json = dict[str, Any]
SITUATIONS = (
    ("en_cours", "En cours"),
    ("ouverte", "En préparation"),
    ("prete", "Prêtes"),
    ("cloturee", "Clôturées"),
    ("validee", "Validées"),
)


@router.get("/atelier")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    etat: str = "en_cours",
    demande_id: str = "",
    curseur: str | None = None,
) -> Response:
    """The sheets to work on, in the sequence they are served."""
    params = {"q": q, "etat": etat, "demande_id": demande_id, "curseur": curseur}
    page = await user.services.get("inventory", "/feuilles", params)
    comptes = await user.services.panneau("inventory", "/feuilles-par-etat")
    contexte: Json = {
        "page": page,
        "comptes": comptes or {},
        "q": q,
        "etat": etat,
        "situations": SITUATIONS,
        "etats": presentation.ETATS_FEUILLE,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/feuilles.html", onglet="feuilles", fragment=fragment, **contexte)


@router.get("/atelier/feuilles/{feuille_id}")
async def feuille(feuille_id: UUID, request: Request, user: User) -> Response:
    """The worksheet."""
    trouvee = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    autres, bons, pvs = await user.services.panneaux(
        ("inventory", "/feuilles", {"etat": "en_cours", "limite": 8}),
        ("inventory", "/bons-livraison", {"feuille_id": feuille_id}),
        ("inventory", "/pv-reception", {"feuille_id": feuille_id}),
    )
    contexte: Json = {
        **await lecture.de(user, "feuille", feuille_id),
        "f": trouvee,
        "autres": autres["elements"] if autres else [],
        "bons": bons["elements"] if bons else [],
        "pvs": pvs["elements"] if pvs else [],
        "provenances": presentation.provenances(trouvee),
        "etats": presentation.ETATS_FEUILLE,
        "preparations": presentation.PREPARATIONS,
        "etapes_feuille": presentation.etapes(trouvee),
        "a_finir": presentation.a_finir(trouvee),
        "a_reserve": presentation.reserve(trouvee),
        "a_etiqueter": presentation.sans_etiquette(trouvee),
    }
    return rendre(request, "atelier/feuille.html", onglet="feuilles", **contexte)


@router.post("/atelier/feuilles/{feuille_id}/prelever")
async def prelever(feuille_id: UUID, request: Request, user: User) -> Response:
    """Take what a column expects, or a complement, from stock."""
    form = await request.form()
    corps = {
        cle: str(form[cle]).strip()
        for cle in ("colonne_id", "attendu_id", "produit_id", "code")
        if str(form.get(cle, "")).strip()
    }
    if quantite := decimal(str(form.get("quantite", ""))):
        corps["quantite"] = quantite
    if form.get("formulaire"):
        try:
            await _agir(request, user, feuille_id, "prelever", corps)
        except Refus as refus:
            return await _complement(request, user, feuille_id, corps, erreur=refus.detail)
    else:
        await _agir(request, user, feuille_id, "prelever", corps)
    return rafraichir(toast="Prélevé sur le stock", fermer=bool(form.get("formulaire")))


@router.get("/atelier/feuilles/{feuille_id}/complement")
async def complement(feuille_id: UUID, request: Request, user: User, colonne_id: str = "", code: str = "") -> Response:
    """What was forgotten: any product, or an object scanned."""
    return await _complement(request, user, feuille_id, {"colonne_id": colonne_id, "code": code})


@router.post("/atelier/feuilles/{feuille_id}/prelever-reserve")
async def prelever_reserve(feuille_id: UUID, request: Request, user: User) -> Response:
    """Bring everything kept in stock for this sheet."""
    await _agir(request, user, feuille_id, "prelever-reserve")
    return rafraichir(toast="Le stock réservé est sur la feuille")


@router.post("/atelier/feuilles/{feuille_id}/retirer")
async def retirer(feuille_id: UUID, request: Request, user: User, historique_id: str = "") -> Response:
    """Take an object off: back to stock, or scrapped."""
    form = await request.form()
    corps = {
        "historique_id": str(form.get("historique_id") or historique_id),
        "au_rebut": form.get("au_rebut") == "1",
    }
    await _agir(request, user, feuille_id, "retirer", corps)
    toast = "Objet mis au rebut" if corps["au_rebut"] else "Objet remis en stock"
    return rafraichir(toast=toast, fermer=True)


@router.get("/atelier/feuilles/{feuille_id}/attendus/{attendu_id}")
async def attendu(feuille_id: UUID, attendu_id: UUID, request: Request, user: User) -> Response:
    """How much of a product is really wanted."""
    trouvee = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    voulu = next((a for c in trouvee["colonnes"] for a in c["attendus"] if a["id"] == str(attendu_id)), None)
    return rendre(request, "atelier/attendu.html", onglet="feuilles", f=trouvee, a=voulu, erreur=None)


@router.post("/atelier/feuilles/{feuille_id}/attendus/{attendu_id}")
async def ajuster(feuille_id: UUID, attendu_id: UUID, request: Request, user: User) -> Response:
    """Expect more or less than the devis said."""
    quantite = decimal(str((await request.form()).get("quantite", "")))
    chemin = f"/feuilles/{feuille_id}/attendus/{attendu_id}"
    await user.services.put("inventory", chemin, {"quantite": quantite})
    return rafraichir(toast="Quantité attendue modifiée", fermer=True)


@router.get("/atelier/feuilles/{feuille_id}/suivi")
async def suivi(feuille_id: UUID, request: Request, user: User) -> Response:
    """Priority, zone and wished delivery."""
    trouvee = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    return rendre(request, "atelier/suivi.html", onglet="feuilles", f=trouvee)


@router.get("/atelier/feuilles/{feuille_id}/etiquette-zone")
async def etiquette_zone(feuille_id: UUID, user: User, format: str = "rouleau-62") -> Response:
    """The label of the pallet or crate, ready to print on the paper chosen."""
    chemin = f"/feuilles/{feuille_id}/etiquette-zone"
    return servir(await user.services.fichier("inventory", chemin, {"format": format}))


@router.post("/atelier/feuilles/{feuille_id}/suivi")
async def suivre(feuille_id: UUID, request: Request, user: User) -> Response:
    """Save them on the version read."""
    form = await request.form()
    corps = {
        "priorite": str(form.get("priorite") or "5"),
        "zone": str(form.get("zone", "")),
        "livraison_souhaitee": str(form.get("livraison_souhaitee", "")) or None,
    }
    version = version_lue(form.get("version"))
    await user.services.put("inventory", f"/feuilles/{feuille_id}", corps, version=version)
    return rafraichir(toast="Suivi enregistré", fermer=True)


@router.post("/atelier/feuilles/{feuille_id}/cloturer")
async def cloturer(feuille_id: UUID, request: Request, user: User) -> Response:
    """The team ended the intervention."""
    await _agir(request, user, feuille_id, "cloturer")
    return aller(request, f"/atelier/feuilles/{feuille_id}", toast="Préparation clôturée")


@router.post("/atelier/feuilles/{feuille_id}/valider")
async def valider(feuille_id: UUID, request: Request, user: User) -> Response:
    """Billing and the parc take over."""
    malgre = (await request.form()).get("malgre_ecarts") == "1"
    await _agir(request, user, feuille_id, "valider", {"malgre_ecarts": malgre})
    return aller(request, f"/atelier/feuilles/{feuille_id}", toast="Feuille validée : la facturation prend le relais")


@router.post("/atelier/feuilles/{feuille_id}/rouvrir")
async def rouvrir(feuille_id: UUID, request: Request, user: User) -> Response:
    """Correct a validated sheet, with a reason."""
    motif = str((await request.form()).get("motif", ""))
    await _agir(request, user, feuille_id, "rouvrir", {"motif": motif})
    return aller(request, f"/atelier/feuilles/{feuille_id}", toast="Feuille rouverte")


@router.post("/atelier/feuilles/{feuille_id}/etiqueter")
async def etiqueter(feuille_id: UUID, request: Request, user: User) -> Response:
    """One label per object that should carry one, then the sheet to print."""
    trouvee = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    corps = {"historique_ids": presentation.sans_etiquette(trouvee)}
    cle = request.headers.get("idempotency-key")
    lot = await user.services.post("inventory", "/etiquettes/generer", corps, cle=cle)
    suite = f"/atelier/etiquettes?lot={lot['id']}&feuille={feuille_id}"
    return aller(request, suite, toast="Étiquettes créées : imprimez la planche")


@router.get("/atelier/feuilles/{feuille_id}/scanner")
async def scanner(feuille_id: UUID, request: Request, user: User) -> Response:
    """Scan objects one after another onto the sheet."""
    trouvee = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    return rendre(request, "atelier/scanner.html", onglet="feuilles", f=trouvee)


@router.post("/atelier/feuilles/{feuille_id}/scanner")
async def scanne(feuille_id: UUID, request: Request, user: User) -> Json:
    """What the scan field shows: expected, too many, unknown."""
    return await lectures.repondre(request, lambda code, cle: _placer(user, feuille_id, code, cle))


async def _placer(user: Utilisateur, feuille_id: UUID, code: str, cle: str) -> Json:
    ici = f"/feuilles/{feuille_id}"
    avant = _objets(await user.services.get("inventory", ici))
    try:
        apres = _objets(await user.services.post("inventory", f"{ici}/prelever", {"code": code}, cle=cle))
    except Refus as refus:
        if refus.est_passager:
            raise
        dite = {"resultat": "inconnu" if refus.statut == 404 else "en_trop", "libelle": francais(refus.detail)}
        if refus.probleme.get("code") != "objet_non_attendu":
            return dite
        return {**dite, "complement": f"/atelier/feuilles/{feuille_id}/complement?code={quote(code)}"}
    place = next((o for cle, o in apres.items() if cle not in avant), None)
    if place is None:  # sent again after a cut: it was placed the first time
        place = next((o for o in apres.values() if code in (o["numero_serie"], o["etiquette"])), None)
    if place is None:
        return {"resultat": "attendu", "libelle": "Déjà placé sur la feuille", "detail": code}
    annuler = f"/atelier/feuilles/{feuille_id}/retirer?historique_id={place['id']}"
    detail = place["numero_serie"] or place["reference"]
    return {"resultat": "attendu", "libelle": place["designation"], "detail": detail, "annuler": annuler}


async def _agir(request: Request, user: Utilisateur, feuille_id: UUID, verbe: str, corps: Json | None = None) -> Json:
    cle = request.headers.get("idempotency-key")
    vue: Json = await user.services.post("inventory", f"/feuilles/{feuille_id}/{verbe}", corps, cle=cle)
    return vue


def _objets(feuille: Json) -> dict[str, Json]:
    return {o["id"]: o for c in feuille["colonnes"] for o in c["objets"]}


async def _complement(
    request: Request, user: Utilisateur, feuille_id: UUID, saisie: Json, erreur: str | None = None
) -> Response:
    """The form; the column is asked for when it was not chosen by where the form was opened."""
    vue = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    return rendre(
        request,
        "atelier/complement.html",
        onglet="feuilles",
        fragment="formulaire",
        status_code=422 if erreur else 200,
        feuille_id=str(feuille_id),
        colonnes=[(c["id"], f"{c['position']} · {c['designation']}") for c in vue["colonnes"]],
        saisie=saisie,
        erreur=erreur,
    )
