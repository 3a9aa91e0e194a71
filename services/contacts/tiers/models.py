"""Tables of a tiers and its verbs."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.contacts.base import Base
from services.contacts.errors import FusionImpossible, TiersDejaClient
from services.contacts.tiers import rules
from shared.contracts.contacts import (
    Adresse,
    FicheTiers,
    PersonneTiers,
    ProspectConverti,
    SiteTiers,
    TiersCree,
    TiersFusionne,
    TiersModifie,
)
from shared.database.columns import Aggregate, Identifie, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.money import ZERO
from shared.kernel.search import texte_recherche
from shared.kernel.text import normaliser_recherche

COMPLETES = (
    *("siren", "tva_intracom", "email", "email_facturation", "telephone", "service_chorus", "plafond_encours_ht"),
    *("est_public", "dernier_contact_le"),
)


class Tiers(Aggregate, Cherchable, Base):
    """A client, prospect, supplier or other kind; often several at once."""

    __tablename__ = "tiers"
    __table_args__ = (
        Index("ix_tiers_recherche", "recherche", postgresql_using="gin"),
        Index("ix_tiers_nom", "nom_tri", "id"),
        Index("ix_tiers_roles", "roles", postgresql_using="gin"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    nom: Mapped[str]
    nom_tri: Mapped[str] = mapped_column(info={"audit": False})
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    siren: Mapped[str | None] = mapped_column(index=True)
    siret: Mapped[str | None] = mapped_column(unique=True)
    tva_intracom: Mapped[str | None]
    regime_tva: Mapped[str] = mapped_column(default="france")
    email: Mapped[str | None] = mapped_column(index=True)
    email_facturation: Mapped[str | None]
    telephone: Mapped[str | None] = mapped_column(index=True)
    est_public: Mapped[bool] = mapped_column(default=False)
    service_chorus: Mapped[str | None]
    canal_envoi: Mapped[str] = mapped_column(default="mail")
    plafond_encours_ht: Mapped[Montant | None]
    delai_paiement_jours: Mapped[int] = mapped_column(default=30)
    commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    groupe_commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    notes: Mapped[str] = mapped_column(default="")
    encours_ttc: Mapped[Montant] = mapped_column(default=ZERO, info={"audit": False})
    encours_ht: Mapped[Montant] = mapped_column(default=ZERO, info={"audit": False})
    en_cours_ht: Mapped[Montant] = mapped_column(default=ZERO, info={"audit": False})
    dernier_contact_le: Mapped[Instant | None]
    absorbe_par_id: Mapped[UUID | None] = mapped_column(ForeignKey("tiers.id"), index=True)
    absorbe_le: Mapped[Instant | None]
    anciens_noms: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)

    __audites__ = ("adresses", "interlocuteurs", "sites")

    adresses: Mapped[list["AdresseTiers"]] = relationship(
        lazy="raise", order_by="AdresseTiers.rang", cascade="all, delete-orphan"
    )
    interlocuteurs: Mapped[list["Interlocuteur"]] = relationship(
        lazy="raise", order_by="Interlocuteur.nom", cascade="all, delete-orphan"
    )
    sites: Mapped[list["Site"]] = relationship(lazy="raise", order_by="Site.rang", cascade="all, delete-orphan")

    @property
    def depassement_ht(self) -> Decimal:
        """By how much the encours exceeds the limit."""
        return rules.depassement(self.encours_ht, self.plafond_encours_ht)

    def indexer(self) -> None:
        """Recompute what searches look at; to call after any change of name, phone, address or people."""
        villes = [a.ville for a in self.adresses]
        personnes = [f"{i.prenom} {i.nom} {i.email or ''}" for i in self.interlocuteurs]
        self.nom_tri = normaliser_recherche(self.nom)
        self.recherche_texte = texte_recherche(
            *(self.nom, self.code, self.email, self.siren, self.siret, *villes, *personnes, *(self.anciens_noms or ())),
            telephones=[self.telephone, *(i.telephone for i in self.interlocuteurs)],
        )

    def fiche(self) -> FicheTiers:
        """What the other services keep of this tiers."""
        adresses = tuple(a.contrat() for a in self.adresses)
        return FicheTiers(
            code=self.code,
            nom=self.nom,
            roles=tuple(self.roles),
            siren=self.siren,
            siret=self.siret,
            tva_intracom=self.tva_intracom,
            regime_tva=self.regime_tva,
            email=self.email,
            email_facturation=self.email_facturation,
            telephone=self.telephone,
            adresse=adresses[0] if adresses else None,
            adresses=adresses,
            est_public=self.est_public,
            service_chorus=self.service_chorus,
            canal_envoi=self.canal_envoi,
            plafond_encours_ht=self.plafond_encours_ht,
            delai_paiement_jours=self.delai_paiement_jours,
            commercial_id=self.commercial_ids[0] if self.commercial_ids else None,
            commercial_ids=tuple(self.commercial_ids),
            groupe_commercial_ids=tuple(self.groupe_commercial_ids),
            interlocuteurs=tuple(i.contrat() for i in self.interlocuteurs),
            sites=tuple(self._site(site) for site in self.sites),
        )

    def _site(self, site: "Site") -> SiteTiers:
        adresse = next((a.contrat() for a in self.adresses if a.code == site.adresse_code), None)
        personne = next((i.contrat() for i in self.interlocuteurs if i.id == site.interlocuteur_id), None)
        faits = rules.FaitsDuSite(adresse, personne, site.telephone, site.horaires, site.acces, self.notes)
        return SiteTiers(
            code=site.code,
            libelle=site.libelle,
            adresse_code=site.adresse_code,
            rappels=rules.rappels(site.rappels, faits),
        )

    def creer(self) -> TiersCree:
        """The tiers enters the directory."""
        self.indexer()
        return TiersCree(tiers_id=self.id, fiche=self.fiche())

    def modifier(self) -> TiersModifie:
        """The file changed."""
        self.indexer()
        return TiersModifie(tiers_id=self.id, fiche=self.fiche())

    def absorber(self, autre: "Tiers", le: datetime) -> TiersFusionne:
        """`autre` was a double of this tiers: what this file lacks comes from it, what both say stays as it is here."""
        if autre.id == self.id or self.absorbe_par_id or autre.absorbe_par_id:
            raise FusionImpossible
        autre.absorbe_par_id, autre.absorbe_le = self.id, le
        for champ in COMPLETES:
            if not getattr(self, champ):
                setattr(self, champ, getattr(autre, champ))
        for champ in ("roles", "commercial_ids", "groupe_commercial_ids"):
            setattr(self, champ, list(dict.fromkeys((*getattr(self, champ), *getattr(autre, champ)))))
        if "client" in self.roles:
            self.roles = [r for r in self.roles if r != "prospect"]
        self.notes = "\n\n".join(filter(None, (self.notes, autre.notes)))
        self.anciens_noms = [*self.anciens_noms, autre.nom, autre.code, *autre.anciens_noms]
        return TiersFusionne(tiers_id=self.id, absorbe_id=autre.id, nom=self.nom)

    def convertir(self, code_client: str) -> ProspectConverti:
        """A prospect becomes a client and takes its client code."""
        if "client" in self.roles:
            raise TiersDejaClient(nom=self.nom)
        self.roles = ["client", *(r for r in self.roles if r != "prospect")]
        self.code = code_client
        return ProspectConverti(tiers_id=self.id, code_client=code_client)


class AdresseTiers(Identifie, Base):
    """A coded address of a tiers ("SIEGE", "CHANTIER"); the first one is the main one."""

    __tablename__ = "adresse_tiers"

    tiers_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"), index=True)
    rang: Mapped[int]
    code: Mapped[str]
    lignes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    code_postal: Mapped[str]
    ville: Mapped[str]
    pays: Mapped[str] = mapped_column(default="FR")

    def contrat(self) -> Adresse:
        """The address as facts carry it."""
        return Adresse(
            code=self.code, lignes=tuple(self.lignes), code_postal=self.code_postal, ville=self.ville, pays=self.pays
        )


class Interlocuteur(Identifie, Base):
    """A person at a tiers'."""

    __tablename__ = "interlocuteur"

    tiers_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"), index=True)
    nom: Mapped[str]
    prenom: Mapped[str] = mapped_column(default="")
    fonction: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    telephone: Mapped[str | None]

    def contrat(self) -> PersonneTiers:
        """The person as facts carry them."""
        return PersonneTiers(
            interlocuteur_id=self.id,
            nom=f"{self.prenom} {self.nom}".strip(),
            fonction=self.fonction,
            email=self.email,
            telephone=self.telephone,
        )


class Site(Identifie, Base):
    """A place of a tiers; `rappels` names what is recalled where the site is chosen (rules.RAPPELS)."""

    __tablename__ = "site"

    tiers_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"), index=True)
    rang: Mapped[int]
    code: Mapped[str]
    libelle: Mapped[str]
    adresse_code: Mapped[str] = mapped_column(default="")
    interlocuteur_id: Mapped[UUID | None]
    telephone: Mapped[str | None]
    horaires: Mapped[str] = mapped_column(default="")
    acces: Mapped[str] = mapped_column(default="")
    rappels: Mapped[list[str]] = mapped_column(ARRAY(Text))
