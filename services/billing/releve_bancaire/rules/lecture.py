"""Finds what kind of statement a file is, reads it, and checks that it adds up."""

import re

from services.billing.errors import ReleveIllisible, ReleveInconnu
from services.billing.releve_bancaire.rules import camt, cfonb, ofx
from services.billing.releve_bancaire.rules.operation import ReleveLu

CHARSET_XML = re.compile(rb"""encoding=["']([A-Za-z0-9_-]+)["']""")
FORMATS = ((camt.est_camt, camt.lire), (ofx.est_ofx, ofx.lire), (cfonb.est_cfonb, cfonb.lire))


def lire(contenu: bytes) -> list[ReleveLu]:
    """The statements of a file: ReleveInconnu, ReleveIllisible or ReleveIncoherent when it cannot be trusted."""
    texte = _decoder(contenu)
    lecteur = next((lire_ for reconnu, lire_ in FORMATS if reconnu(texte)), None)
    if lecteur is None:
        raise ReleveInconnu
    releves = list(lecteur(texte))
    if not any(releve.operations for releve in releves):
        raise ReleveIllisible(ou="aucune opération")
    for releve in releves:
        releve.controler()
    return releves


def _decoder(contenu: bytes) -> str:
    """UTF-8 when it is (or says so), else the Windows encoding of French banks."""
    annonce = CHARSET_XML.search(contenu[:200])
    for encodage in (annonce[1].decode() if annonce else "utf-8", "utf-8-sig"):
        try:
            return contenu.decode(encodage).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return contenu.decode("cp1252", "replace")
