"""Two people saved one record: what each changed is joined; what both changed is shown, and the person chooses.

`base` is the record as the form showed it: it travels in the form, and says who changed what.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from fastapi import Request
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.coque.formats import date_table, nombre, telephone
from gateway.session.dependances import Utilisateur

Json = dict[str, Any]
CHOIX = "conflit:"
VERSION_CHIFFRES = 18
JOUR = re.compile(r"\d{4}-\d\d-\d\d")
MONTANT = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Forme:
    """The fields of a record with their French labels, those that are sets or numbers, and its children by name.

    `titre` names a child by some of its fields.
    """

    champs: Mapping[str, str]
    ensembles: frozenset[str] = frozenset()
    nombres: frozenset[str] = frozenset()
    enfants: Mapping[str, "Forme"] = field(default_factory=dict)
    titre: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflit:
    """A field both changed: `cle` is its place in the record ("interlocuteurs/<id>/fonction")."""

    cle: str
    libelle: str
    champ: str
    mien: Any
    leur: Any


def extraire(forme: Forme, lue: Mapping[str, Any]) -> Json:
    """What the form shows of a record, children with their id."""
    base: Json = {champ: lue.get(champ) for champ in forme.champs}
    for nom, sienne in forme.enfants.items():
        base[nom] = [{"id": enfant.get("id"), **extraire(sienne, enfant)} for enfant in lue.get(nom, ())]
    return base


def version_lue(texte: object) -> int:
    """The version a form was opened with; 0, which is never the stored one, when it does not say: it is out of date."""
    lu = str(texte or "").strip()
    return int(lu) if lu.isascii() and lu.isdigit() and len(lu) < VERSION_CHIFFRES else 0


def ecrire(base: Json) -> str:
    """As the form carries it."""
    return orjson.dumps(base, default=str).decode()


@dataclass(frozen=True, slots=True)
class Envoi:
    """What a form sent: the record as typed, the version and the values it was shown with."""

    saisie: Json
    version: int
    base: Json


@dataclass(frozen=True, slots=True)
class Resultat:
    """What became of it: saved, unless refused (`refus`) or something is left to choose (`conflits`)."""

    valeurs: Json
    base: Json
    conflits: Sequence[Conflit] = ()
    refus: Refus | None = None
    qui: str = ""

    @property
    def avec(self) -> str:
        """ ", avec les changements de Manon" when hers were joined."""
        return f", avec les changements de {self.qui}" if self.qui else ""


def ouvrir(forme: Forme, lue: Json) -> Resultat:
    """A form just opened."""
    return Resultat(lue, extraire(forme, lue))


async def envoi(request: Request, saisie: Json) -> Envoi:
    """The form sent; `saisie` is what was typed, where the person chose nothing else."""
    form = await request.form()
    try:
        lue = orjson.loads(str(form.get("base", "")))
    except orjson.JSONDecodeError:
        lue = {}
    base = lue if isinstance(lue, dict) else {}
    return Envoi(_trancher(form, base, saisie), version_lue(form.get("version")), base)


async def enregistrer(user: Utilisateur, forme: Forme, service: str, chemin: str, envoi: Envoi) -> Resultat:
    """Save; when somebody saved first, join what he changed and save that, unless both changed one field."""
    try:
        await user.services.put(service, chemin, envoi.saisie, version=envoi.version)
    except Refus as refus:
        garde = {**envoi.saisie, "version": envoi.version}
        if refus.probleme.get("code") != "version_perimee":
            return Resultat(garde, envoi.base, refus=refus)
        qui = ", ".join(dict.fromkeys(m["par_nom"] for m in refus.probleme.get("modifications", ())))
        leur = await user.services.get(service, chemin)
        uni, conflits = reunir(forme, envoi.base, envoi.saisie, leur)
        if not conflits:
            return await _reenregistrer(user, service, chemin, uni, leur, qui)
        return Resultat({**uni, "version": leur["version"]}, extraire(forme, leur), conflits, qui=qui)
    return Resultat(envoi.saisie, envoi.base)


async def _reenregistrer(user: Utilisateur, service: str, chemin: str, uni: Json, leur: Json, qui: str) -> Resultat:
    valeurs = {**uni, "version": leur["version"]}
    try:
        await user.services.put(service, chemin, uni, version=leur["version"])
    except Refus as refus:
        return Resultat(valeurs, leur, refus=refus, qui=qui)
    return Resultat(valeurs, leur, qui=qui)


def _trancher(form: FormData, base: Json, saisie: Json) -> Json:
    """The record as typed, with the values of the others where the person chose them."""
    for nom, choix in form.multi_items():
        if nom.startswith(CHOIX) and choix == "leur":
            _reprendre(nom.removeprefix(CHOIX).split("/"), base, saisie)
    return saisie


def _reprendre(chemin: list[str], base: Json, saisie: Json) -> None:
    if len(chemin) == 3:
        enfants, identite, chemin = chemin[0], chemin[1], chemin[2:]
        base = next((e for e in base.get(enfants, ()) if e.get("id") == identite), {})
        saisie = next((e for e in saisie.get(enfants, ()) if e.get("id") == identite), {})
    if chemin[0] in base:
        saisie[chemin[0]] = base[chemin[0]]


def reunir(
    forme: Forme, base: Mapping[str, Any], mien: Json, leur: Json, *, lieu: str = "", titre: str = ""
) -> tuple[Json, list[Conflit]]:
    """My record with what the others changed since `base`, and the fields both changed (there, mine is kept)."""
    uni, conflits = {**mien}, list[Conflit]()
    for champ, libelle in forme.champs.items():
        avant, moi, eux = base.get(champ), mien.get(champ), leur.get(champ)
        if champ in forme.ensembles:
            uni[champ] = _ensemble(avant or (), moi or (), eux or ())
        elif _pareils(forme, champ, moi, avant) or _pareils(forme, champ, moi, eux):
            uni[champ] = eux
        elif not _pareils(forme, champ, eux, avant):
            conflits.append(Conflit(lieu + champ, titre + libelle, champ, moi, eux))
    for nom, sienne in forme.enfants.items():
        uni[nom], autres = _enfants(nom, sienne, base.get(nom, ()), mien.get(nom, ()), leur.get(nom, ()))
        conflits += autres
    return uni, conflits


def _enfants(nom: str, forme: Forme, base: Any, miens: Any, leurs: Any) -> tuple[list[Json], list[Conflit]]:
    """Their rows, mine among them; a row removed on one side stays when the other side changed it."""
    avant = {e["id"]: e for e in base}
    chez_moi, chez_eux = {e["id"]: e for e in miens if e.get("id")}, {e["id"] for e in leurs}
    unis, conflits = list[Json](), list[Conflit]()
    for leur in leurs:
        cle = leur["id"]
        if cle in chez_moi:
            dit = " ".join(str(leur[c]) for c in forme.titre if leur.get(c)) + " : "
            uni, siens = reunir(forme, avant.get(cle, {}), chez_moi[cle], leur, lieu=f"{nom}/{cle}/", titre=dit)
            unis.append(uni)
            conflits += siens
        elif cle not in avant or not _identiques(forme, avant[cle], leur):
            unis.append(extraire(forme, leur) | {"id": cle})
    for mien in miens:
        cle = mien.get("id")
        if cle not in chez_eux and not (cle in avant and _identiques(forme, avant[cle], mien)):
            unis.append({**mien, "id": None})
    return unis, conflits


def _identiques(forme: Forme, a: Json, b: Json) -> bool:
    return all(
        set(a.get(c) or ()) == set(b.get(c) or ()) if c in forme.ensembles else _pareils(forme, c, a.get(c), b.get(c))
        for c in forme.champs
    )


def _ensemble(avant: Any, moi: Any, eux: Any) -> list[Any]:
    """Theirs, with what I added and without what I removed."""
    gardes = [v for v in eux if v in moi or v not in avant]
    return gardes + [v for v in moi if v not in avant and v not in gardes]


def _pareils(forme: Forme, champ: str, a: Any, b: Any) -> bool:
    return bool(_canonique(forme, champ, a) == _canonique(forme, champ, b))


def _canonique(forme: Forme, champ: str, valeur: Any) -> Any:
    """A value without what only its writing changes."""
    if isinstance(valeur, list):
        return [_canonique(forme, champ, v) for v in valeur]
    if isinstance(valeur, bool):
        return valeur
    texte = "" if valeur is None else str(valeur).replace("\r\n", "\n").strip()
    if champ in forme.nombres:
        try:
            return Decimal(texte) if texte else None
        except InvalidOperation:
            return texte
    if champ == "telephone":
        return re.sub(r"[^\d+]", "", texte).replace("+33", "0", 1)
    return "".join(texte.split()).upper() if champ in ("siren", "siret", "tva_intracom") else texte


def montrer(conflits: Sequence[Conflit], mots: Mapping[str, str]) -> list[Json]:
    """The questions of the form: {"cle", "libelle", "mien", "leur"}; `mots` says what codes and ids mean."""
    return [
        {"cle": c.cle, "libelle": c.libelle, "mien": _dire(c, c.mien, mots), "leur": _dire(c, c.leur, mots)}
        for c in conflits
    ]


def _dire(conflit: Conflit, valeur: Any, mots: Mapping[str, str]) -> str:
    if valeur in (None, "", []):
        return "(vide)"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, list):
        return ", ".join(_dire(conflit, v, mots) for v in valeur)
    texte = str(valeur)
    if texte in mots:
        return mots[texte]
    return telephone(texte) if conflit.champ == "telephone" else _ecrit(texte)


def _ecrit(texte: str) -> str:
    if JOUR.fullmatch(texte):
        return date_table(texte)
    return nombre(texte) if MONTANT.fullmatch(texte) else texte
