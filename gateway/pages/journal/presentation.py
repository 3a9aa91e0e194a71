"""How a trace reads: what was done, to what, each field before and after, from where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.pages.coque.formats import date_heure, date_table, iban, nombre, telephone
from gateway.pages.journal.mots import CHAMPS, CODES, MACHINES, MOTS, PLACES
from gateway.pages.journal.textes import ACTES, ICONES, OBJETS, ORIGINES

Json = dict[str, Any]
Libelles = Mapping[str, Mapping[str, str]]  # field: what the company calls each of its codes; GENS: who a key is
GENS = "gens"
TEXTE_MAX = 240
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
JOUR = re.compile(r"\d{4}-\d\d-\d\d")
MONTANT = re.compile(r"-?\d+\.\d+")
TELEPHONE = re.compile(r"\+\d{8,15}")
IDENTIFIANT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CODE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
NOM = ("nom", "numero", "libelle", "designation", "raison_sociale", "identifiant", "objet", "code")


def trace(lue: Json, service: str, libelles: Libelles) -> Json:
    """A trace as pages show it; `libelles` names the codes that the company words itself."""
    acte = "creation" if lue["avant"] is None else "suppression" if lue["apres"] is None else "modification"
    libelle, page = OBJETS.get(lue["objet_type"], (lue["objet_type"].replace("_", " ").capitalize(), None))
    connu = lue["apres"] or lue["avant"] or {}
    return {
        **lue,
        "service": service,
        "acte": ACTES[acte],
        "icone": ICONES[acte],
        "objet": libelle,
        "nom": next((str(connu[c]) for c in NOM if connu.get(c)), ""),
        "href": page.format(id=lue["objet_id"]) if page and acte != "suppression" else None,
        "journal": f"/journal/{service}/{lue['objet_id']}",
        "origine_dite": ORIGINES.get(lue["origine"], lue["origine"]),
        "champs": _champs(lue["avant"] or {}, lue["apres"] or {}, acte, Lecture(lue["objet_type"], libelles)),
    }


def _champs(avant: Json, apres: Json, acte: str, lecture: "Lecture") -> list[tuple[str, str, str]]:
    """(field, before, after): what is empty on both sides, and the keys a name already says, are left out."""
    champs = []
    for champ in dict.fromkeys((*avant, *apres)):
        dits = lecture.valeur(avant.get(champ), champ), lecture.valeur(apres.get(champ), champ)
        base = re.sub(r"_ids?$", "", champ)
        dit = {**avant, **apres}
        anonyme = acte == "creation" and not lecture.nomme(dit[champ])
        redit = base != champ and (anonyme or f"{base}_nom" in dit or f"{base}_numero" in dit)
        if dits != ("–", "–") and not redit and champ not in MACHINES:
            champs.append((nom_du_champ(champ), *dits))
    return champs


def nom_du_champ(champ: str) -> str:
    """ "email_facturation" as "E-mail facturation"."""
    if champ in CHAMPS:
        return CHAMPS[champ]
    if IDENTIFIANT.fullmatch(champ):
        return _texte(champ)
    return _phrase(re.sub(r"^est_|_(ids?|nom|code)$", "", champ))


@dataclass(frozen=True, slots=True)
class Lecture:
    """How the values of one kind of object are read."""

    objet_type: str = ""
    libelles: Libelles = field(default_factory=dict)

    def valeur(self, brute: Any, champ: str = "") -> str:
        """A stored value as people write it; the codes of a field that holds some, as words."""
        if brute in (None, "", [], {}):
            return "–"
        match brute:
            case bool():
                return "Oui" if brute else "Non"
            case int() | float():
                return nombre(brute)
            case list():
                return _court(", ".join(self.valeur(v, champ) for v in brute))
            case dict():
                dits = {c: v for c, v in brute.items() if c not in PLACES and v not in (None, "", [], {})}
                return _court(", ".join(f"{nom_du_champ(c)} : {self.valeur(v, c)}" for c, v in dits.items()))
        return self._dite(str(brute), champ)

    def _dite(self, brut: str, champ: str) -> str:
        if champ == "iban":
            return iban(brut)
        return self._gens().get(brut) or self._code(brut, champ) or _texte(brut)

    def nomme(self, cles: Any) -> bool:
        """Whether one of these keys is somebody we can name."""
        return any(str(cle) in self._gens() for cle in (cles if isinstance(cles, list) else [cles]))

    def _gens(self) -> Mapping[str, str]:
        return self.libelles.get(GENS, {})

    def _code(self, brut: str, champ: str) -> str | None:
        dit = self.libelles.get(champ, {}).get(brut)
        code = champ.endswith("_code") or champ in CODES or f"{self.objet_type}.{champ}" in CODES
        return dit or (_phrase(brut) if code and CODE.fullmatch(brut) else None)


def _phrase(code: str) -> str:
    """ "a_facturer" as "À facturer"."""
    mots = ["à" if mot == "a" else MOTS.get(mot, mot) for mot in re.split("[_-]", code)]
    texte = " ".join(mots).replace("après midi", "après-midi")
    return texte[:1].upper() + texte[1:]


def _texte(brut: str) -> str:
    if INSTANT.match(brut):
        return date_heure(brut)
    if JOUR.fullmatch(brut):
        return date_table(brut)
    if MONTANT.fullmatch(brut):
        return nombre(brut)
    if TELEPHONE.fullmatch(brut):
        return telephone(brut)
    if IDENTIFIANT.fullmatch(brut):
        return f"réf. {brut[-6:]}"
    return _court(brut)


def _court(texte: str) -> str:
    return texte if len(texte) <= TEXTE_MAX else texte[: TEXTE_MAX - 1] + "…"
