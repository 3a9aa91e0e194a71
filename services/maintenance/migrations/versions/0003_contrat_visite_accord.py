"""Tables of contract, visit and tariff agreement."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accord_tarifaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=True),
        sa.Column(
            "etat",
            sa.Enum(
                "a_envoyer",
                "envoye",
                "signe",
                "refuse",
                "remplace",
                "echoue",
                name="etataccord",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("taux_horaire_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("deplacement_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("destinataire", sa.Text(), nullable=False),
        sa.Column("valable_jusqu_au", sa.Date(), nullable=False),
        sa.Column("jeton_sha256", sa.Text(), nullable=True),
        sa.Column("envois", sa.Integer(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.Column("repondu_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repondu_par", sa.Text(), nullable=False),
        sa.Column("motif_refus", sa.Text(), nullable=False),
        sa.Column("preuve", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accord_tarifaire")),
        sa.UniqueConstraint("jeton_sha256", name=op.f("uq_accord_tarifaire_jeton_sha256")),
        sa.UniqueConstraint("numero", name=op.f("uq_accord_tarifaire_numero")),
    )
    op.create_index("ix_accord_etat", "accord_tarifaire", ["etat", "id"], unique=False)
    op.create_index("ix_accord_recherche", "accord_tarifaire", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_accord_tarifaire_equipement_id"), "accord_tarifaire", ["equipement_id"], unique=False)
    op.create_index("ix_accord_tiers", "accord_tarifaire", ["tiers_id", "etat"], unique=False)
    op.create_table(
        "contrat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("brouillon", "actif", "resilie", "termine", name="etatcontrat", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("periodicite_mois", sa.Integer(), nullable=False),
        sa.Column("est_a_echoir", sa.Boolean(), nullable=False),
        sa.Column("visites_par_an", sa.Integer(), nullable=False),
        sa.Column("premiere_visite_le", sa.Date(), nullable=True),
        sa.Column("programme_jusqu_au", sa.Date(), nullable=True),
        sa.Column("est_couvrant", sa.Boolean(), nullable=False),
        sa.Column("active_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_par", sa.Text(), nullable=False),
        sa.Column("resilie_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motif_resiliation", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contrat")),
        sa.UniqueConstraint("numero", name=op.f("uq_contrat_numero")),
    )
    op.create_index(op.f("ix_contrat_affaire_id"), "contrat", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_contrat_demande_id"), "contrat", ["demande_id"], unique=False)
    op.create_index("ix_contrat_etat", "contrat", ["etat", "id"], unique=False)
    op.create_index("ix_contrat_fin", "contrat", ["etat", "fin"], unique=False)
    op.create_index("ix_contrat_recherche", "contrat", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index("ix_contrat_tiers", "contrat", ["tiers_id", "etat"], unique=False)
    op.create_table(
        "tarif_habituel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("taux_horaire_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("deplacement_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tarif_habituel")),
        sa.UniqueConstraint("cle", name=op.f("uq_tarif_habituel_cle")),
    )
    op.create_table(
        "visite",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contrat_id", sa.Uuid(), nullable=False),
        sa.Column("contrat_numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("periode", sa.Text(), nullable=False),
        sa.Column("date_prevue", sa.Date(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "programmee",
                "due",
                "planifiee",
                "effectuee",
                "realisee",
                "annulee",
                name="etatvisite",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("declenchee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("demande_numero", sa.Text(), nullable=True),
        sa.Column("planifiee_le", sa.Date(), nullable=True),
        sa.Column("intervenant", sa.Text(), nullable=False),
        sa.Column("effectuee_le", sa.Date(), nullable=True),
        sa.Column("realisee_le", sa.Date(), nullable=True),
        sa.Column("realisee_par", sa.Text(), nullable=False),
        sa.Column("compte_rendu", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visite")),
        sa.UniqueConstraint("contrat_id", "periode", name=op.f("uq_visite_contrat_id_periode")),
    )
    op.create_index("ix_visite_date", "visite", ["date_prevue", "id"], unique=False)
    op.create_index(op.f("ix_visite_demande_id"), "visite", ["demande_id"], unique=False)
    op.create_index("ix_visite_echeance", "visite", ["etat", "date_prevue", "id"], unique=False)
    op.create_index("ix_visite_recherche", "visite", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index("ix_visite_tiers", "visite", ["tiers_id", "date_prevue", "id"], unique=False)
    op.create_table(
        "ligne_contrat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contrat_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("taux_tva", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("equipement_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("ligne_devis_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["contrat_id"], ["contrat.id"], name=op.f("fk_ligne_contrat_contrat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_contrat")),
        sa.UniqueConstraint("ligne_devis_id", name=op.f("uq_ligne_contrat_ligne_devis_id")),
    )
    op.create_index(op.f("ix_ligne_contrat_contrat_id"), "ligne_contrat", ["contrat_id"], unique=False)
    op.create_index(
        "ix_ligne_contrat_equipements", "ligne_contrat", ["equipement_ids"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "releve",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visite_id", sa.Uuid(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("compteur", sa.Text(), nullable=False),
        sa.Column("utilisateur", sa.Text(), nullable=False),
        sa.Column("remarque", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["equipement_id"], ["equipement.id"], name=op.f("fk_releve_equipement_id")),
        sa.ForeignKeyConstraint(["visite_id"], ["visite.id"], name=op.f("fk_releve_visite_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releve")),
        sa.UniqueConstraint("visite_id", "equipement_id", name=op.f("uq_releve_visite_id_equipement_id")),
    )
    op.create_index(op.f("ix_releve_equipement_id"), "releve", ["equipement_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_releve_equipement_id"), table_name="releve")
    op.drop_table("releve")
    op.drop_index("ix_ligne_contrat_equipements", table_name="ligne_contrat", postgresql_using="gin")
    op.drop_index(op.f("ix_ligne_contrat_contrat_id"), table_name="ligne_contrat")
    op.drop_table("ligne_contrat")
    op.drop_index("ix_visite_tiers", table_name="visite")
    op.drop_index("ix_visite_recherche", table_name="visite", postgresql_using="gin")
    op.drop_index("ix_visite_echeance", table_name="visite")
    op.drop_index(op.f("ix_visite_demande_id"), table_name="visite")
    op.drop_index("ix_visite_date", table_name="visite")
    op.drop_table("visite")
    op.drop_table("tarif_habituel")
    op.drop_index("ix_contrat_tiers", table_name="contrat")
    op.drop_index("ix_contrat_recherche", table_name="contrat", postgresql_using="gin")
    op.drop_index("ix_contrat_fin", table_name="contrat")
    op.drop_index("ix_contrat_etat", table_name="contrat")
    op.drop_index(op.f("ix_contrat_demande_id"), table_name="contrat")
    op.drop_index(op.f("ix_contrat_affaire_id"), table_name="contrat")
    op.drop_table("contrat")
    op.drop_index("ix_accord_tiers", table_name="accord_tarifaire")
    op.drop_index(op.f("ix_accord_tarifaire_equipement_id"), table_name="accord_tarifaire")
    op.drop_index("ix_accord_recherche", table_name="accord_tarifaire", postgresql_using="gin")
    op.drop_index("ix_accord_etat", table_name="accord_tarifaire")
    op.drop_table("accord_tarifaire")
