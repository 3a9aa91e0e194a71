"""The life of a proposition, as data. Pure."""

from enum import StrEnum

from services.commercial.errors import PropositionFigee, TransitionImpossible


class Statut(StrEnum):
    """Where a proposition is."""

    BROUILLON = "brouillon"
    ENVOYE = "envoye"
    VALIDE = "valide"
    REFUSE = "refuse"
    NON_RETENU = "non_retenu"
    EXPIRE = "expire"


class CausePerte(StrEnum):
    """Why a devis is lost; only those refused or expired have one."""

    PRIX = "prix"
    DELAI = "delai"
    CONCURRENT = "concurrent"
    TECHNIQUE = "technique"
    PROJET_ABANDONNE = "projet_abandonne"
    SANS_REPONSE = "sans_reponse"
    AUTRE = "autre"


S = Statut
# A paper devis handed over without mail may come back signed: a draft can be validated. Closed ones can be reopened.
TRANSITIONS: dict[Statut, frozenset[Statut]] = {
    S.BROUILLON: frozenset({S.ENVOYE, S.VALIDE, S.NON_RETENU}),
    S.ENVOYE: frozenset({S.VALIDE, S.REFUSE, S.NON_RETENU, S.EXPIRE}),
    S.VALIDE: frozenset(),
    S.REFUSE: frozenset({S.BROUILLON}),
    S.NON_RETENU: frozenset({S.BROUILLON}),
    S.EXPIRE: frozenset({S.BROUILLON}),
}
MODIFIABLES = frozenset({S.BROUILLON, S.ENVOYE})
CLOS = frozenset({S.REFUSE, S.NON_RETENU, S.EXPIRE})
LIBELLES = {
    S.BROUILLON: "brouillon",
    S.ENVOYE: "envoyée",
    S.VALIDE: "validée",
    S.REFUSE: "refusée",
    S.NON_RETENU: "non retenue",
    S.EXPIRE: "expirée",
}
# What to do instead of writing in what is frozen: closed, then signed.
SUITES = (
    "rouvrez-la ou créez une nouvelle version pour continuer",
    "créez un avenant pour ajouter ou retirer des lignes, ou une nouvelle étude pour un autre projet",
)


def passer(actuel: Statut, vise: Statut, numero: str) -> Statut:
    """The statut after a transition, or TransitionImpossible."""
    if vise not in TRANSITIONS[actuel]:
        raise TransitionImpossible(numero=numero, actuel=LIBELLES[actuel], vise=LIBELLES[vise])
    return vise


def verifier_modifiable(statut: Statut, numero: str) -> None:
    """A signed or closed proposition is frozen."""
    if statut not in MODIFIABLES:
        raise PropositionFigee(numero=numero, statut=LIBELLES[statut], suite=SUITES[statut is Statut.VALIDE])
