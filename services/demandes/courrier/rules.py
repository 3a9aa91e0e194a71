"""What a received mail says, read without trusting it: who wrote, to what it answers, whether a machine sent it. Pure."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from enum import StrEnum
from html.parser import HTMLParser
from uuid import UUID

TEXTE_MAX, SUJET_MAX, NOM_MAX, REFERENCES_MAX, PIECES_MAX = 5000, 200, 200, 30, 20
ADRESSE_MAX = 320  # the column is indexed
HTML_MAX = 200_000
ENTETE_MAX = 4000  # the standard parser takes a time that grows with the square of it
RETOURS_MAX, RAISON_MAX = 20, 300
PAR_HEURE_MAX = 20  # more from one address is two robots answering each other
IDENTIFIANT = re.compile(r"<([^<>\s]{1,400})>")
ADRESSE = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}")
NUMERO = re.compile(r"\bD-\d{4,9}\b")
ENTETE_CITATION = re.compile(
    r"^(le .{4,120} a écrit\s?:|on .{4,120} wrote\s?:|-{2,}\s?(message d.origine|original message).*)$", re.I
)
UUID_ECRIT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ROBOTS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "ne-pas-repondre", "nepasrepondre")


class EtatCourrier(StrEnum):
    """Where a mail stands."""

    A_RATTACHER = "a_rattacher"
    RATTACHE = "rattache"
    ECARTE = "ecarte"


@dataclass(frozen=True, slots=True)
class PieceLue:
    """An attached file, its name and type as announced."""

    nom: str
    type: str
    contenu: bytes


@dataclass(frozen=True, slots=True)
class Retour:
    """A message of ours that will never reach somebody: `courriel_id` begins its Message-ID."""

    courriel_id: UUID
    destinataire: str
    raison: str


@dataclass(frozen=True, slots=True)
class Recu:
    """A mail as read. `ecarte` says why it must not become anything; empty when a person wrote it."""

    message_id: str
    references: tuple[str, ...]
    de: str
    nom: str
    sujet: str
    texte: str
    ecarte: str = ""
    pieces: tuple[PieceLue, ...] = field(default=())
    retours: tuple[Retour, ...] = field(default=())

    @property
    def auteur(self) -> str:
        """Who wrote, as people say it."""
        return self.nom or self.de

    def numero(self) -> str | None:
        """The demande its subject names."""
        trouve = NUMERO.search(self.sujet)
        return trouve.group() if trouve else None


class _Bornes(EmailPolicy):
    """Headers cut before anything parses them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the beginning of the value."""
        nom, valeur = super().header_source_parse(sourcelines)
        return nom, valeur[:ENTETE_MAX]


BORNES = _Bornes()


def lire(brut: bytes, *, nous: str) -> Recu:
    """Read a message; `nous` is the address automatic mails of ours come from. Never raises on what strangers send."""
    try:
        return _lire(brut, nous)
    except Exception:  # a header or a structure that the standard parser does not survive, whatever it raises
        return Recu(_sans_identifiant(brut), (), "", "", "", "", ecarte="message illisible, resté dans la boîte")


def _lire(brut: bytes, nous: str) -> Recu:
    message = message_from_bytes(brut, policy=BORNES)
    assert isinstance(message, EmailMessage)
    nom, adresse = parseaddr(_entete(message, "From"))
    de = adresse.strip().lower()[:ADRESSE_MAX]
    texte = _texte(message)
    connu = IDENTIFIANT.search(_entete(message, "Message-ID"))
    cites = IDENTIFIANT.findall(_entete(message, "References") + " " + _entete(message, "In-Reply-To"))
    reponse = bool(cites)
    return Recu(
        message_id=connu[1] if connu else _sans_identifiant(brut),
        references=tuple(dict.fromkeys(cites))[-REFERENCES_MAX:],
        de=de,
        nom=" ".join(nom.split())[:NOM_MAX],
        sujet=" ".join(_entete(message, "Subject").split())[:SUJET_MAX],
        texte=(_sans_citation(texte) if reponse else texte)[:TEXTE_MAX],
        ecarte=_machine(message, de, nous),
        pieces=tuple(_pieces(message)),
        retours=tuple(_retours(message))[:RETOURS_MAX],
    )


def _sans_identifiant(brut: bytes) -> str:
    return f"sans-identifiant-{hashlib.sha256(brut).hexdigest()}"


def _propre(texte: str) -> str:
    """What the database takes: no NUL, no half of a pair."""
    return texte.replace("\x00", "").encode("utf-8", "replace").decode()


def _entete(message: EmailMessage, nom: str) -> str:
    try:
        return _propre(str(message.get(nom) or ""))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):  # strangers break every parser
        return ""


def _machine(message: EmailMessage, de: str, nous: str) -> str:
    """Why nobody should answer this; empty when a person wrote it."""
    auto = _entete(message, "Auto-Submitted").strip().lower()
    precedence = _entete(message, "Precedence").strip().lower()
    signes = (
        (not ADRESSE.fullmatch(de), "expéditeur illisible"),
        (de == parseaddr(nous)[1].lower(), "envoyé par nous"),
        (bool(auto) and not auto.startswith("no"), "réponse automatique"),
        (_entete(message, "X-Autoreply") + _entete(message, "X-Autorespond") != "", "réponse automatique"),
        (precedence in ("bulk", "junk", "list", "auto_reply"), "envoi en nombre ou réponse automatique"),
        (_entete(message, "List-Id") != "", "liste de diffusion"),
        (message.get_content_type() == "multipart/report", "avis de distribution"),
        (_entete(message, "Return-Path").strip() == "<>", "avis de distribution"),
        (de.partition("@")[0] in ROBOTS, "adresse automatique"),
    )
    return next((motif for vrai, motif in signes if vrai), "")


def _texte(message: EmailMessage) -> str:
    corps = message.get_body(preferencelist=("plain", "html"))
    if corps is None:
        return ""
    brut = _contenu(corps)
    if corps.get_content_type() == "text/html":
        brut = _en_texte(brut[:HTML_MAX])
    lignes = [ligne.rstrip() for ligne in _propre(brut).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lignes)).strip()


def _contenu(corps: MIMEPart) -> str:
    try:
        return str(corps.get_content())
    except (LookupError, ValueError, KeyError):  # a charset nobody knows
        octets = corps.get_payload(decode=True)
        return octets.decode("utf-8", "replace") if isinstance(octets, bytes) else ""


def _sans_citation(texte: str) -> str:
    """What is new in an answer: nothing after the line that introduces the quoted message, no quoted line."""
    gardees: list[str] = []
    for ligne in texte.split("\n"):
        if ENTETE_CITATION.match(ligne.strip()):
            break
        if not ligne.startswith(">"):
            gardees.append(ligne)
    return "\n".join(gardees).strip() or texte


def _pieces(message: EmailMessage) -> Iterator[PieceLue]:
    for rang, partie in enumerate(message.iter_attachments()):
        if rang == PIECES_MAX:
            return
        if not isinstance(partie, EmailMessage):
            continue
        octets = partie.get_payload(decode=True)
        if isinstance(octets, bytes) and octets:
            yield PieceLue(_nom(partie), _propre(partie.get_content_type()), octets)


def _nom(partie: EmailMessage) -> str:
    try:
        return _propre(partie.get_filename() or "") or "sans nom"
    except (ValueError, LookupError):  # written in a charset it is not in
        return "sans nom"


def _retours(message: EmailMessage) -> Iterator[Retour]:
    """What a delivery report (RFC 3464) says will never arrive: neither a delay, nor a mailbox that may empty itself."""
    if message.get_content_type() != "multipart/report":
        return
    courriel_id = _notre_identifiant(message)
    if courriel_id is None:
        return
    for bloc in (b for partie in message.walk() if partie.get_content_type() == "message/delivery-status"
                 for b in partie.iter_parts() if isinstance(b, EmailMessage)):  # fmt: skip
        vise = _entete(bloc, "Original-Recipient") or _entete(bloc, "Final-Recipient")
        adresse = vise.rpartition(";")[2].strip().strip("<>").lower()[:ADRESSE_MAX]
        if _entete(bloc, "Action").strip().lower() == "failed" and ADRESSE.fullmatch(adresse):
            diagnostic = _entete(bloc, "Diagnostic-Code").rpartition(";")[2] or _entete(bloc, "Status")
            yield Retour(courriel_id, adresse, " ".join(diagnostic.split())[:RAISON_MAX])


def _notre_identifiant(message: EmailMessage) -> UUID | None:
    """The Message-ID of what comes back, when it is of the kind we write: in the copy joined, or its headers alone."""
    for partie in message.walk():
        if partie.get_content_type() == "message/rfc822":
            copies = [p for p in partie.iter_parts() if isinstance(p, EmailMessage)]
            entetes = [_entete(copie, "Message-ID") for copie in copies]
        elif partie.get_content_type() == "text/rfc822-headers":
            trouve = re.search(r"^message-id:(.*(?:\n[ \t].*)*)", _contenu(partie)[:HTML_MAX], re.I | re.M)
            entetes = [trouve[1]] if trouve else []
        else:
            continue
        for entete in entetes:
            connu = IDENTIFIANT.search(entete)
            local = connu[1].partition("@")[0] if connu else ""
            if UUID_ECRIT.fullmatch(local):
                return UUID(local)
    return None


class _Texte(HTMLParser):
    """The words of a page, one line per block."""

    BLOCS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "table"})
    MUETS = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.morceaux: list[str] = []
        self._muet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in self.MUETS:
            self._muet += 1
        elif tag in self.BLOCS:
            self.morceaux.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.MUETS and self._muet:
            self._muet -= 1

    def handle_data(self, data: str) -> None:
        if not self._muet:
            self.morceaux.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _en_texte(html: str) -> str:
    lecteur = _Texte()
    lecteur.feed(html)
    return "".join(lecteur.morceaux)
