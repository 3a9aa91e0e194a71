"""Legal sentences of quotes and invoices, as dated data: what applies depends on the day of the document.

VAT moved from the CGI to the CIBS on 1 September 2026 (ordonnance 2025-1247); references to the CGI stay
admitted until 31 December 2027, so a company chooses its `code` in between. CIBS sentences name the regime and
the code without an article number, which the law allows, and a company may replace any sentence by its own
(`Regime.textes`). Issued documents freeze their sentences: never recompute them for an old one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

CIBS_DU = date(2026, 9, 1)
CGI_AU = date(2027, 12, 31)
REFORME = date(2026, 9, 1)
DEBUT = date(2013, 1, 1)


class Nature(StrEnum):
    """What is invoiced (décret 2022-1299), from the kinds of its lines."""

    BIENS = "biens"
    SERVICES = "services"
    MIXTE = "mixte"


class CodeFiscal(StrEnum):
    """The code a company cites."""

    CGI = "CGI"
    CIBS = "CIBS"


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence and the days it holds; `cite` when it depends on the code cited."""

    code: str
    texte: str
    source: str
    applicable_du: date = DEBUT
    applicable_au: date | None = None
    cite: CodeFiscal | None = None

    def vaut(self, le: date) -> bool:
        """Whether the sentence may be printed on a document of that day."""
        return self.applicable_du <= le and (self.applicable_au is None or le <= self.applicable_au)


CGI, CIBS = CodeFiscal.CGI, CodeFiscal.CIBS
_CODE_CIBS = "code des impositions sur les biens et services"

# PMD, PMT and AAB are the subject codes of the same sentences in the structured invoice (EN 16931, BR-FR-05).
MENTIONS: tuple[Mention, ...] = (
    Mention("PMD", "En cas de retard de paiement, des pénalités sont exigibles sans rappel, {penalites}.", "C. com. L441-10 II"),
    Mention("PMT", "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €.", "C. com. L441-10 II, D441-5"),
    Mention("AAB", "{escompte}", "C. com. L441-9 I"),
    Mention("nature_biens", "Nature de l’opération : livraison de biens.", "CGI ann. II 242 nonies A", REFORME),
    Mention("nature_services", "Nature de l’opération : prestation de services.", "CGI ann. II 242 nonies A", REFORME),
    Mention("nature_mixte", "Nature de l’opération : livraison de biens et prestation de services.", "CGI ann. II 242 nonies A", REFORME),
    Mention("debits", "Option pour le paiement de la taxe d’après les débits.", "CGI ann. II 242 nonies A", REFORME),
    Mention("autoliquidation", "Autoliquidation : TVA due par le preneur, article 283-2 nonies du CGI.", "CGI 283-2 nonies", DEBUT, CGI_AU, CGI),
    Mention("autoliquidation", f"Autoliquidation : TVA due par le preneur ({_CODE_CIBS}).", "Ordonnance 2025-1247", CIBS_DU, None, CIBS),
    Mention("franchise", "TVA non applicable, article 293 B du CGI.", "CGI 293 E", DEBUT, CGI_AU, CGI),
    Mention("franchise", f"TVA non applicable, régime de la franchise en base ({_CODE_CIBS}).", "Ordonnance 2025-1247", CIBS_DU, None, CIBS),
    Mention("intracommunautaire", "Exonération de TVA, article 262 ter I du CGI.", "CGI 262 ter I", DEBUT, CGI_AU, CGI),
    Mention("intracommunautaire", "Exonération de TVA, article 138 de la directive 2006/112/CE.", "Directive 2006/112/CE", CIBS_DU, None, CIBS),
    Mention("export", "Exonération de TVA, article 262 I du CGI.", "CGI 262 I", DEBUT, CGI_AU, CGI),
    Mention("export", "Exonération de TVA, article 146 de la directive 2006/112/CE.", "Directive 2006/112/CE", CIBS_DU, None, CIBS),
    Mention("services_union", "Autoliquidation : TVA due par le preneur, articles 44 et 196 de la directive 2006/112/CE.", "Directive 2006/112/CE"),
    Mention("services_hors_union", "TVA non applicable, article 259-1 du CGI.", "CGI 259-1", DEBUT, CGI_AU, CGI),
    Mention("services_hors_union", "TVA non applicable, article 44 de la directive 2006/112/CE.", "Directive 2006/112/CE", CIBS_DU, None, CIBS),
    Mention("avoir", "Avoir sur la facture {facture} du {facture_le}.", "CGI ann. II 242 nonies A"),
    Mention("taux_reduit", "Le client certifie que les travaux portent sur un local à usage d’habitation achevé depuis plus de deux ans et remplissent les conditions du taux réduit de TVA.", "BOI-LETTRE-000280", date(2025, 2, 16)),
    Mention("validite", "Offre valable jusqu’au {validite}.", "Arrêté du 24 janvier 2017"),
    Mention("devis_gratuit", "Devis gratuit.", "Arrêté du 24 janvier 2017"),
    Mention("devis_payant", "Devis établi moyennant {prix_devis}, déduit en cas de commande.", "Arrêté du 24 janvier 2017"),
    Mention("retractation", "Contrat conclu hors établissement : le client dispose d’un délai de rétractation de quatorze jours.", "C. conso. L221-18", date(2014, 6, 14)),
    Mention("sept_jours", "Aucun paiement n’est reçu avant l’expiration d’un délai de sept jours à compter de la conclusion du contrat.", "C. conso. L221-10", date(2014, 6, 14)),
)  # fmt: skip


# What a sale without French VAT says, of goods and of services: the latter are not delivered, their place is the client's.
CADRES: Mapping[str, Mapping[str, str]] = {
    "autoliquidation": {"bien": "autoliquidation", "service": "autoliquidation"},
    "franchise": {"bien": "franchise", "service": "franchise"},
    "intracom": {"bien": "intracommunautaire", "service": "services_union"},
    "export": {"bien": "export", "service": "services_hors_union"},
}


def cadres(regime_tva: str, natures: Iterable[str]) -> frozenset[str]:
    """The special cases of a sale under a VAT regime, from the kinds ("bien", "service") of its lines without VAT."""
    selon = CADRES.get(regime_tva, {})
    return frozenset(selon[nature] for nature in natures if nature in selon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """What decides the sentences of a document: the company's settings, the customer and the operation.

    `textes` replaces sentences by code; `cadres` names special cases (`CADRES`).
    """

    nature: Nature | None = None
    client_professionnel: bool = True
    option_debits: bool = False
    cadres: frozenset[str] = frozenset()
    taux_reduit: bool = False
    penalites: str = "au taux de refinancement de la Banque centrale européenne majoré de 10 points"
    escompte: str = "Pas d’escompte pour paiement anticipé."
    code: CodeFiscal = CodeFiscal.CGI
    textes: Mapping[str, str] = field(default_factory=dict)


class MentionInconnue(LookupError):
    """A programming error: no sentence of that code holds on that day."""


def code_cite(le: date, voulu: CodeFiscal) -> CodeFiscal:
    """The code a document of that day cites: only the CGI before September 2026, only the CIBS from 2028."""
    if le < CIBS_DU:
        return CodeFiscal.CGI
    return CodeFiscal.CIBS if le > CGI_AU else voulu


def texte(code: str, le: date, regime: Regime, **valeurs: str) -> str:
    """The sentence `code` on a document of that day; MentionInconnue if none holds."""
    cite = code_cite(le, regime.code)
    for mention in MENTIONS:
        if mention.code == code and mention.vaut(le) and mention.cite in (None, cite):
            phrase = regime.textes.get(code, mention.texte)
            for nom, valeur in {"penalites": regime.penalites, "escompte": regime.escompte, **valeurs}.items():
                phrase = phrase.replace(f"{{{nom}}}", valeur)
            return phrase
    raise MentionInconnue(f"{code} le {le}")


def codes_facture(le: date, regime: Regime) -> tuple[str, ...]:
    """The codes an invoice of that day must carry, in printing order."""
    codes = []
    if regime.nature is not None and le >= REFORME:
        codes.append(f"nature_{regime.nature}")
    if regime.option_debits and le >= REFORME:
        codes.append("debits")
    codes += sorted(regime.cadres)
    if regime.taux_reduit:
        codes.append("taux_reduit")
    if regime.client_professionnel:
        codes += ["PMD", "PMT"]
    return (*codes, "AAB")


def mentions_facture(le: date, regime: Regime) -> tuple[str, ...]:
    """The sentences of an invoice issued that day."""
    return tuple(texte(code, le, regime) for code in codes_facture(le, regime))


def mentions_avoir(le: date, regime: Regime, *, facture: str, facture_le: str) -> tuple[str, ...]:
    """The sentences of a credit note: the invoice it corrects first; nothing about late payment."""
    tous = [code for code in codes_facture(le, regime) if code not in ("PMD", "PMT", "AAB")]
    return (texte("avoir", le, regime, facture=facture, facture_le=facture_le), *(texte(c, le, regime) for c in tous))


def mentions_devis(
    le: date, regime: Regime, *, validite: str = "", prix_devis: str = "", hors_etablissement: bool = False
) -> tuple[str, ...]:
    """The sentences of a quote; `validite` and `prix_devis` already formatted, withdrawal for private customers."""
    codes = [
        *(["validite"] if validite else []),
        "devis_payant" if prix_devis else "devis_gratuit",
        *sorted(regime.cadres),
        *(["taux_reduit"] if regime.taux_reduit else []),
        *(["retractation", "sept_jours"] if hors_etablissement and not regime.client_professionnel else []),
    ]
    return tuple(texte(code, le, regime, validite=validite, prix_devis=prix_devis) for code in codes)
