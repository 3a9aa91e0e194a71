"""The page of proof added to a signed devis, and the mails an answer causes."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.commercial.proposition.documents import Devis, certification, cite, titre
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.models.signature import Signature
from services.commercial.signature.models import GenreReponse, ReponseClient
from shared.courriel.message import Courriel, Piece, adresse_nue, message_id
from shared.courriel.redaction import Action, rediger
from shared.documents import formats
from shared.documents.papier import Papier
from shared.documents.renderer import Renderer
from shared.kernel.clock import jour_paris

DOSSIER = Path(__file__).parent
TITRES = {
    GenreReponse.ACCORD: "{titre} {numero} accepté par {client}",
    GenreReponse.REFUS: "{titre} {numero} refusé par {client}",
    GenreReponse.QUESTION: "Question sur {cite} de {client}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preuve:
    """What the page of proof says; `trace` is the drawn signature, empty when the name signs."""

    nom: str
    trace: str
    faits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Avis:
    """What staff are told, read in one transaction and used outside any."""

    reponse_id: UUID
    genre: GenreReponse
    titre: str
    cite: str
    numero: str
    objet: str
    client: str
    societe: str
    nom: str
    texte: str
    recue_le: datetime
    total_ttc: str
    destinataire: str
    page: str


def preuve(signature: Signature, proposition: Proposition) -> Preuve:
    """Who agreed, when, from where, to which file, and to which of its options."""
    au_choix = [ligne for ligne in proposition.lignes if ligne.est_au_choix]
    retenues = " ; ".join(ligne.designation for ligne in au_choix if ligne.compte) or "aucune"
    heure = f"{formats.date_longue(signature.signe_le)} à {formats.heure(signature.signe_le)}"
    faits = (
        ("Signé par", signature.nom),
        ("En qualité de", signature.qualite),
        ("Options retenues", retenues if au_choix else ""),
        ("Montant accepté", f"{formats.euros(proposition.total_ttc)} TTC"),
        ("Le", f"{heure} (heure de Paris)"),
        ("Adresse de connexion", signature.adresse_ip),
        ("Navigateur", signature.navigateur),
        ("TVA à taux réduit", _certifie(signature, proposition)),
        ("Empreinte SHA-256", signature.document_sha256 or ""),
    )
    return Preuve(nom=signature.nom, trace=signature.trace, faits=tuple(fait for fait in faits if fait[1]))


def _certifie(signature: Signature, proposition: Proposition) -> str:
    return certification(proposition, jour_paris(signature.signe_le)) if signature.certifie_taux_reduit else ""


def papier_de_preuve(devis: Devis, signature: Signature) -> Papier:
    """The head and foot of the devis around the proof."""
    return replace(
        devis.papier,
        genre="Accord",
        le=jour_paris(signature.signe_le),
        introduction="",
        reperes=(),
        lignes=(),
        totaux=None,
        echeances=(),
        mentions=(),
    )


async def imprimer(renderer: Renderer, papier: Papier, accord: Preuve) -> bytes:
    """The page in PDF. Never inside a transaction."""
    return await renderer.pdf(template="preuve.html", donnees={"papier": papier, "accord": accord}, dossier=DOSSIER)


def nom_fichier(proposition: Proposition) -> str:
    """How the sealed file is called."""
    return f"{titre(proposition.avenant_rang)} {proposition.numero} signé.pdf"


def avis(reponse: ReponseClient, proposition: Proposition, devis: Devis, *, page: str) -> Avis:
    """What to tell whom: the person in charge, else the company's own address."""
    societe = devis.papier.societe
    return Avis(
        reponse_id=reponse.id,
        genre=reponse.genre,
        titre=devis.titre,
        cite=cite(proposition.numero, proposition.avenant_rang),
        numero=proposition.numero,
        objet=proposition.objet,
        client=proposition.tiers_nom,
        societe=societe.nom,
        nom=reponse.nom,
        texte=reponse.texte,
        recue_le=reponse.recue_le,
        total_ttc=formats.euros(proposition.total_ttc),
        destinataire=devis.commercial_courriel or societe.courriel,
        page=page,
    )


def prevenir_commercial(avis: Avis, signe: Piece | None, *, expediteur: str) -> Courriel:
    """The mail to the person in charge; the same Message-ID at each attempt."""
    sujet = TITRES[avis.genre].format(titre=avis.titre, numero=avis.numero, cite=avis.cite, client=avis.client)
    faits = [(avis.titre, avis.numero), ("Objet", avis.objet), ("Montant TTC", avis.total_ttc), ("De", avis.nom)]
    corps = rediger(
        [f"{sujet}, le {formats.date_longue(avis.recue_le)} à {formats.heure(avis.recue_le)}.", avis.texte],
        societe=avis.societe,
        action=Action("Ouvrir le devis", avis.page),
        faits=[(nom, valeur) for nom, valeur in faits if valeur],
        signature=[avis.societe],
    )
    return Courriel(
        de=expediteur,
        a=(avis.destinataire,),
        sujet=sujet[:200],
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(avis.reponse_id, _domaine(expediteur), "commercial"),
        pieces=(signe,) if signe else (),
        le=avis.recue_le,
    )


def remercier_client(avis: Avis, signe: Piece, destinataires: tuple[str, ...], *, expediteur: str) -> Courriel:
    """The client keeps what was signed."""
    corps = rediger(
        [
            f"Merci de votre confiance. Vous trouverez ci-joint {avis.cite} avec votre accord.",
            "Nous vous recontactons pour la suite.",
        ],
        societe=avis.societe,
        faits=[(avis.titre, avis.numero), ("Objet", avis.objet), ("Montant TTC", avis.total_ttc)],
    )
    return Courriel(
        de=expediteur,
        a=destinataires,
        sujet=f"Votre accord sur {avis.cite}",
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(avis.reponse_id, _domaine(expediteur), "client"),
        pieces=(signe,),
        repondre_a=avis.destinataire,
        le=avis.recue_le,
    )


def _domaine(expediteur: str) -> str:
    return adresse_nue(expediteur).rpartition("@")[2]
