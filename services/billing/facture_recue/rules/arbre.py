"""XML that strangers sent: parsed without entity, without network, of a bounded size, and read by local names.

A value that is missing or is not what it should be raises `Illisible`, which names it.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lxml import etree

MAXIMUM = 5 * 1024 * 1024
NOMBRE = re.compile(r"[+-]?\d{1,8}(\.\d{1,20})?")
JOUR = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
TEXTE_MAXIMUM = 500
CENTIME = Decimal("0.01")


class Illisible(Exception):
    """`ou` says, in French, what cannot be read."""

    def __init__(self, ou: str) -> None:
        super().__init__(ou)
        self.ou = ou


def analyser(xml: bytes) -> "Noeud":
    """The root. Illisible: no XML, too big, too deep, or a DTD (hence entities: they swell, or read files)."""
    if len(xml) > MAXIMUM:
        raise Illisible("le fichier XML dépasse 5 Mo")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        racine = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Illisible("ce n’est pas du XML bien formé") from error
    if racine.getroottree().docinfo.internalDTD is not None:
        raise Illisible("une déclaration DOCTYPE, interdite dans une facture")
    return Noeud(racine)


class Noeud:
    """An element, walked by the local names of its children; one that is absent is empty."""

    def __init__(self, element: etree._Element | None) -> None:
        self._element = element

    @property
    def nom(self) -> str:
        """Its local name."""
        return "" if self._element is None else etree.QName(self._element).localname

    def tous(self, chemin: str) -> Iterator["Noeud"]:
        """Every element at this path of local names, "A/B"."""
        tete, _, reste = chemin.partition("/")
        for enfant in () if self._element is None else self._element:
            if isinstance(enfant.tag, str) and etree.QName(enfant).localname == tete:
                yield from Noeud(enfant).tous(reste) if reste else (Noeud(enfant),)

    def un(self, chemin: str) -> "Noeud":
        """The first of them."""
        return next(self.tous(chemin), Noeud(None))

    def attribut(self, nom: str) -> str:
        """An attribute, empty when absent."""
        return "" if self._element is None else str(self._element.get(nom, ""))

    def texte(self, chemin: str = "") -> str:
        """The text there, of at most 500 characters; empty when absent."""
        ici = self.un(chemin) if chemin else self
        brut = "" if ici._element is None else (ici._element.text or "")
        return " ".join(brut.split())[:TEXTE_MAXIMUM]

    def nombre(self, chemin: str, quoi: str, sinon: Decimal | None = None) -> Decimal:
        """The number there; `sinon` when it is absent, Illisible when it must not be."""
        lu = self.texte(chemin)
        if not lu and sinon is not None:
            return sinon
        if not NOMBRE.fullmatch(lu):
            raise Illisible(f"{quoi} : « {lu[:40]} »" if lu else f"{quoi} manque")
        return Decimal(lu)

    def montant(self, chemin: str, quoi: str, sinon: Decimal | None = None) -> Decimal:
        """An amount: a number of no more than two decimals."""
        lu = self.nombre(chemin, quoi, sinon)
        if lu != lu.quantize(CENTIME):
            raise Illisible(f"{quoi} a plus de deux décimales")
        return lu.quantize(CENTIME)

    def jour(self, chemin: str, quoi: str) -> date | None:
        """The day there, None when absent."""
        lu = self.texte(chemin)
        if not lu:
            return None
        trouve = JOUR.fullmatch(lu[:10])
        try:
            return date(*map(int, trouve.groups())) if trouve else date.fromisoformat(lu)
        except ValueError as error:
            raise Illisible(f"{quoi} : « {lu[:40]} »") from error


def exige(valeur: str, quoi: str, maximum: int = TEXTE_MAXIMUM) -> str:
    """`valeur`, that an invoice cannot do without."""
    if not valeur or len(valeur) > maximum:
        raise Illisible(f"{quoi} manque" if not valeur else f"{quoi} dépasse {maximum} caractères")
    return valeur
