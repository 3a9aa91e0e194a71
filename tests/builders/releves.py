"""The same operations as a bank exports them: `un_cfonb(...)`, `un_camt(...)`, `un_ofx(...)`."""

from datetime import date
from decimal import Decimal

OUVERTURE = Decimal("10432.18")
Operation = tuple[date, str, str, str]
"""Day, amount, wording, reference."""


def un_cfonb(*operations: Operation, ecart: str = "0", lignes: bool = True) -> bytes:
    """CFONB 120 of account 30006 00001 12345678901; `ecart` spoils the closing balance."""
    cloture = OUVERTURE + sum((Decimal(o[1]) for o in operations), Decimal(0)) + Decimal(ecart)
    corps = [_enregistrement("01", operations[0][0], OUVERTURE)]
    for jour, montant, libelle, reference in operations:
        corps.append(_enregistrement("04", jour, Decimal(montant), libelle, reference))
        if reference:
            corps.append(_enregistrement("05", jour, None, f"LCC{reference}"))
    corps.append(_enregistrement("07", operations[-1][0], cloture))
    return ("\r\n" if lignes else "").join(corps).encode("cp1252")


def un_camt(*operations: Operation, ecart: str = "0", ouverture: Decimal = OUVERTURE) -> bytes:
    """CAMT.053.001.02 of the same account, with an entry that is only announced."""
    cloture = ouverture + sum((Decimal(o[1]) for o in operations), Decimal(0)) + Decimal(ecart)
    entrees = "".join(_entree(*operation) for operation in operations)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>2026-03</Id>'
        "<Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>"
        f"{_solde('OPBD', ouverture)}{_solde('CLBD', cloture)}{entrees}"
        f"{_entree(date(2026, 3, 31), '99.00', 'PRELEVEMENT A VENIR', '', 'PDNG')}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def un_ofx(*operations: Operation) -> bytes:
    """OFX 1.02 as seen in France: SGML, cp1252, decimal commas, tags left open."""
    mouvements = "\r\n".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{jour:%Y%m%d}<TRNAMT>{montant.replace('.', ',')}<FITID>{rang}"
        f"<NAME>{libelle}<MEMO>Réf. {reference} é&amp;è</STMTTRN>"
        for rang, (jour, montant, libelle, reference) in enumerate(operations)
    )
    return (
        "OFXHEADER:100\r\nDATA:OFXSGML\r\nCHARSET:1252\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
        "<BANKACCTFROM><BANKID>30006<BRANCHID>00001<ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM>"
        f"<BANKTRANLIST>{mouvements}</BANKTRANLIST><LEDGERBAL><BALAMT>1,00</LEDGERBAL></STMTRS></STMTTRNRS></OFX>"
    ).encode("cp1252")


def _enregistrement(genre: str, jour: date, montant: Decimal | None, libelle: str = "", reference: str = "") -> str:
    tete = f"{genre}30006    00001EUR2 12345678901  {jour:%d%m%y}"
    corps = f"{tete}     {libelle}" if genre == "05" else f"{tete}        {libelle:<31.31}"
    corps = corps[:118] if genre == "05" else f"{corps:<90}{'' if montant is None else _surcharge(montant)}"
    return f"{f'{corps}{reference:<16.16}':<120}"[:120]


def _surcharge(montant: Decimal) -> str:
    centimes = f"{abs(int(montant * 100)):014d}"
    signes = "}JKLMNOPQR" if montant < 0 else "{ABCDEFGHI"
    return centimes[:-1] + signes[int(centimes[-1])]


def _entree(jour: date, montant: str, libelle: str, reference: str, etat: str = "BOOK") -> str:
    valeur = Decimal(montant)
    return (
        f"<Ntry><Amt Ccy='EUR'>{abs(valeur)}</Amt><CdtDbtInd>{'DBIT' if valeur < 0 else 'CRDT'}</CdtDbtInd>"
        f"<Sts>{etat}</Sts><BookgDt><Dt>{jour}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>"
        f"{reference or 'NOTPROVIDED'}</EndToEndId></Refs><RmtInf><Ustrd>{libelle} {reference}</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


def _solde(code: str, montant: Decimal) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{abs(montant)}</Amt>"
        f"<CdtDbtInd>{'DBIT' if montant < 0 else 'CRDT'}</CdtDbtInd></Bal>"
    )
