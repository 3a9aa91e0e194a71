"""What the directory says of a company, in our words."""

from pydantic import BaseModel

from services.contacts.annuaire.rules import Etablissement


class VueEtablissement(BaseModel):
    """One place of a company. `tva_intracom` follows from the SIREN; `est_ouvert` is false once it closed."""

    siren: str
    siret: str
    nom: str
    tva_intracom: str
    lignes: list[str]
    code_postal: str
    ville: str
    est_ouvert: bool

    @classmethod
    def de(cls, lu: Etablissement) -> "VueEtablissement":
        """As the form fills it in."""
        return cls(
            siren=lu.siren, siret=lu.siret, nom=lu.nom, tva_intracom=lu.tva_intracom, lignes=lu.lignes,
            code_postal=lu.code_postal, ville=lu.ville, est_ouvert=lu.est_ouvert,
        )  # fmt: skip
