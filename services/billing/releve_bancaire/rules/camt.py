"""CAMT.053, the ISO 20022 statement: every version, by local names."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from services.billing.errors import ReleveIllisible
from services.billing.releve_bancaire.rules.operation import OperationLue, ReleveLu, compte_de_l_iban, propre

ABSENT = "NOTPROVIDED"


def est_camt(texte: str) -> bool:
    """Whether the file says it is one."""
    return "BkToCstmrStmt" in texte[:2000]


def lire(texte: str) -> Iterator[ReleveLu]:
    """One statement per `Stmt`; a file with a DTD is refused (entities that swell)."""
    if "<!" in texte:
        raise ReleveIllisible(ou="déclaration XML interdite")
    try:
        racine = ElementTree.fromstring(texte)  # noqa: S314  (a DTD, hence any entity, was refused above)
    except ElementTree.ParseError as error:
        raise ReleveIllisible(ou=f"ligne {error.position[0]}") from error
    for releve in _tous(racine, "Stmt"):
        try:
            yield _releve(releve)
        except (ValueError, InvalidOperation, AttributeError) as error:
            raise ReleveIllisible(ou=f"relevé {_texte(releve, 'Id')}") from error


def _releve(releve: ElementTree.Element) -> ReleveLu:
    compte = _premier(releve, "Acct")
    iban = _texte(compte, "IBAN") or _texte(_premier(compte, "Othr"), "Id")
    soldes = {_texte(solde, "Cd"): _montant(solde) for solde in _tous(releve, "Bal")}
    entrees = [e for e in _tous(releve, "Ntry") if (_texte(e, "Cd", "Sts") or _texte(e, "Sts")) == "BOOK"]
    return ReleveLu(
        "camt",
        compte_de_l_iban(iban),
        tuple(_operation(entree) for entree in entrees),
        soldes.get("OPBD", soldes.get("PRCD")),
        soldes.get("CLBD"),
        "solde CLBD",
    )


def _operation(entree: ElementTree.Element) -> OperationLue:
    jour = _premier(entree, "BookgDt")
    le = date.fromisoformat((_texte(jour, "Dt") or _texte(jour, "DtTm"))[:10])
    references = [r.text or "" for r in _tous(entree, "EndToEndId") if r.text != ABSENT]
    textes = [e.text or "" for nom in ("AddtlNtryInf", "Ustrd", "Nm") for e in _tous(entree, nom)]
    return OperationLue(le, _montant(entree), propre(*textes), " ".join(references)[:100])


def _montant(element: ElementTree.Element) -> Decimal:
    """The amount of a balance or an entry, negative for a debit."""
    montant = Decimal(_texte(element, "Amt"))
    return -montant if _texte(element, "CdtDbtInd") == "DBIT" else montant


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _tous(element: ElementTree.Element, nom: str) -> list[ElementTree.Element]:
    return [e for e in element.iter() if _local(e) == nom]


def _premier(element: ElementTree.Element, nom: str) -> ElementTree.Element:
    trouve = next((e for e in element.iter() if _local(e) == nom), None)
    return ElementTree.Element(nom) if trouve is None else trouve


def _texte(element: ElementTree.Element, nom: str, dans: str | None = None) -> str:
    ou = element if dans is None else _premier(element, dans)
    return (_premier(ou, nom).text or "").strip()
