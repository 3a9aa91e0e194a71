"""Demandes, their history and objects, time, interventions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("etat_code", sa.Text(), nullable=False),
        sa.Column("etat_depuis", sa.DateTime(timezone=True), nullable=False),
        sa.Column("est_close", sa.Boolean(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("tiers_ville", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("domaine_code", sa.Text(), nullable=True),
        sa.Column(
            "urgence",
            sa.Enum("basse", "normale", "haute", "urgente", name="urgence", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column(
            "urgence_rang",
            sa.SmallInteger(),
            sa.Computed(
                "CASE urgence WHEN 'urgente' THEN 0 WHEN 'haute' THEN 1 WHEN 'normale' THEN 2 ELSE 3 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("responsable_id", sa.Uuid(), nullable=True),
        sa.Column("responsable_nom", sa.Text(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("equipement_id", sa.Uuid(), nullable=True),
        sa.Column("equipement_nom", sa.Text(), nullable=True),
        sa.Column("visite_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_id", sa.Uuid(), nullable=True),
        sa.Column("accord_id", sa.Uuid(), nullable=True),
        sa.Column("duree_prevue_minutes", sa.Integer(), nullable=True),
        sa.Column("personnes_prevues", sa.SmallInteger(), nullable=False),
        sa.Column("etat_propose", sa.Text(), nullable=True),
        sa.Column("propose_regle_id", sa.Uuid(), nullable=True),
        sa.Column("propose_parce_que", sa.Text(), nullable=True),
        sa.Column("propose_fait_type", sa.Text(), nullable=True),
        sa.Column("propose_fait_id", sa.Uuid(), nullable=True),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("sous_contrat", sa.Boolean(), nullable=False),
        sa.Column("nb_notes", sa.Integer(), nullable=False),
        sa.Column("nb_relances", sa.Integer(), nullable=False),
        sa.Column("derniere_relance_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prochaine_relance_le", sa.Date(), nullable=True),
        sa.Column("temps_minutes", sa.Integer(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["domaine_code"], ["domaine.code"], name=op.f("fk_demande_domaine_code")),
        sa.ForeignKeyConstraint(["parent_id"], ["demande.id"], name=op.f("fk_demande_parent_id")),
        sa.ForeignKeyConstraint(["type_id"], ["type_demande.id"], name=op.f("fk_demande_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demande")),
        sa.UniqueConstraint("numero", name=op.f("uq_demande_numero")),
        sa.UniqueConstraint("visite_id", name=op.f("uq_demande_visite_id")),
    )
    op.create_index(op.f("ix_demande_affaire_id"), "demande", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_demande_agence_id"), "demande", ["agence_id"], unique=False)
    op.create_index("ix_demande_creation", "demande", ["cree_le", "id"], unique=False)
    op.create_index(op.f("ix_demande_domaine_code"), "demande", ["domaine_code"], unique=False)
    op.create_index(
        "ix_demande_echeance", "demande", ["echeance"], unique=False, postgresql_where=sa.text("NOT est_close")
    )
    op.create_index(op.f("ix_demande_equipement_id"), "demande", ["equipement_id"], unique=False)
    op.create_index("ix_demande_file", "demande", ["est_close", "urgence_rang", "cree_le", "id"], unique=False)
    op.create_index(op.f("ix_demande_parent_id"), "demande", ["parent_id"], unique=False)
    op.create_index("ix_demande_recherche", "demande", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_demande_relance",
        "demande",
        ["prochaine_relance_le"],
        unique=False,
        postgresql_where=sa.text("NOT est_close"),
    )
    op.create_index("ix_demande_responsable", "demande", ["responsable_id", "est_close"], unique=False)
    op.create_index(
        "ix_demande_tableau", "demande", ["type_code", "etat_code", "urgence_rang", "cree_le", "id"], unique=False
    )
    op.create_index(op.f("ix_demande_tiers_id"), "demande", ["tiers_id"], unique=False)
    op.create_index(op.f("ix_demande_type_id"), "demande", ["type_id"], unique=False)
    op.create_table(
        "demande_lien",
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("objet_type", sa.Text(), nullable=False),
        sa.Column("objet_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=True),
        sa.Column("libelle", sa.Text(), nullable=True),
        sa.Column("montant", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("est_cout", sa.Boolean(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_demande_lien_demande_id")),
        sa.PrimaryKeyConstraint("demande_id", "objet_type", "objet_id", name=op.f("pk_demande_lien")),
    )
    op.create_index("ix_demande_lien_objet", "demande_lien", ["objet_id"], unique=False)
    op.create_table(
        "evenement",
        sa.Column("fait_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fait_type", sa.Text(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("objet_type", sa.Text(), nullable=True),
        sa.Column("objet_id", sa.Uuid(), nullable=True),
        sa.Column("numero", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_evenement_demande_id")),
        sa.PrimaryKeyConstraint("fait_id", "demande_id", name=op.f("pk_evenement")),
    )
    op.create_index("ix_evenement_demande", "evenement", ["demande_id", "le"], unique=False)
    op.create_table(
        "intervention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "planifiee", "demarree", "terminee", "annulee", name="etatintervention", native_enum=False, length=60
            ),
            nullable=False,
        ),
        sa.Column("debut", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fin", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collaborateur_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("equipe_id", sa.Uuid(), nullable=True),
        sa.Column("consignes", sa.Text(), nullable=False),
        sa.Column("demarre_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("termine_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compte_rendu", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_intervention_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    op.create_index("ix_intervention_debut", "intervention", ["debut", "id"], unique=False)
    op.create_index(op.f("ix_intervention_demande_id"), "intervention", ["demande_id"], unique=False)
    op.create_index(op.f("ix_intervention_equipe_id"), "intervention", ["equipe_id"], unique=False)
    op.create_index("ix_intervention_fin", "intervention", ["fin"], unique=False)
    op.create_index(
        "ix_intervention_personnes", "intervention", ["collaborateur_ids"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_note_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_demande", "note", ["demande_id", "le"], unique=False)
    op.create_table(
        "passage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("de", sa.Text(), nullable=False),
        sa.Column("vers", sa.Text(), nullable=False),
        sa.Column("de_libelle", sa.Text(), nullable=False),
        sa.Column("vers_libelle", sa.Text(), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("regle_id", sa.Uuid(), nullable=True),
        sa.Column("regle_libelle", sa.Text(), nullable=True),
        sa.Column("fait_type", sa.Text(), nullable=True),
        sa.Column("fait_id", sa.Uuid(), nullable=True),
        sa.Column("parce_que", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_passage_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index("ix_passage_demande", "passage", ["demande_id", "le"], unique=False)
    op.create_table(
        "relance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("compte_rendu", sa.Text(), nullable=False),
        sa.Column("prochaine_le", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_relance_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relance")),
    )
    op.create_index("ix_relance_demande", "relance", ["demande_id", "le"], unique=False)
    op.create_table(
        "temps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("collaborateur_id", sa.Uuid(), nullable=True),
        sa.Column("collaborateur_nom", sa.Text(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("travaux", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_temps_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temps")),
    )
    op.create_index("ix_temps_collaborateur", "temps", ["collaborateur_id", "jour"], unique=False)
    op.create_index(op.f("ix_temps_demande_id"), "temps", ["demande_id"], unique=False)
    op.create_index("ix_temps_jour", "temps", ["jour", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("temps")
    op.drop_table("relance")
    op.drop_table("passage")
    op.drop_table("note")
    op.drop_table("intervention")
    op.drop_table("evenement")
    op.drop_table("demande_lien")
    op.drop_table("demande")
