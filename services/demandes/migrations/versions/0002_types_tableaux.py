"""Types of demande and boards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "domaine",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("icone", sa.Text(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_domaine")),
    )
    op.create_table(
        "tableau",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("icone", sa.Text(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column(
            "tri",
            sa.Enum("urgence", "anciennete", "echeance", "montant", name="tritableau", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("jours_termines", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tableau")),
        sa.UniqueConstraint("code", name=op.f("uq_tableau_code")),
    )
    op.create_table(
        "type_demande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("icone", sa.Text(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("exige_couverture", sa.Boolean(), nullable=False),
        sa.Column("ouverture_fait", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_demande")),
        sa.UniqueConstraint("code", name=op.f("uq_type_demande_code")),
    )
    op.create_index(op.f("ix_type_demande_ouverture_fait"), "type_demande", ["ouverture_fait"], unique=False)
    op.create_table(
        "colonne",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tableau_id", sa.Uuid(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("couleur", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tableau_id"], ["tableau.id"], name=op.f("fk_colonne_tableau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colonne")),
    )
    op.create_index(op.f("ix_colonne_tableau_id"), "colonne", ["tableau_id"], unique=False)
    op.create_table(
        "etat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("couleur", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("est_initial", sa.Boolean(), nullable=False),
        sa.Column("est_terminal", sa.Boolean(), nullable=False),
        sa.Column("exige_temps", sa.Boolean(), nullable=False),
        sa.Column("est_planifiable", sa.Boolean(), nullable=False),
        sa.Column("est_a_planifier", sa.Boolean(), nullable=False),
        sa.Column("est_prise", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["type_id"], ["type_demande.id"], name=op.f("fk_etat_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etat")),
        sa.UniqueConstraint("type_id", "code", name=op.f("uq_etat_type_id_code")),
    )
    op.create_table(
        "regle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("fait_type", sa.Text(), nullable=False),
        sa.Column("de_etats", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("condition_champ", sa.Text(), nullable=True),
        sa.Column("condition_valeur", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("vers", sa.Text(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("automatique", "propose", "inactif", name="moderegle", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["type_id"], ["type_demande.id"], name=op.f("fk_regle_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regle")),
    )
    op.create_index(op.f("ix_regle_fait_type"), "regle", ["fait_type"], unique=False)
    op.create_index(op.f("ix_regle_type_id"), "regle", ["type_id"], unique=False)
    op.create_table(
        "transition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("de", sa.Text(), nullable=False),
        sa.Column("vers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["type_id"], ["type_demande.id"], name=op.f("fk_transition_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
        sa.UniqueConstraint("type_id", "de", "vers", name=op.f("uq_transition_type_id_de_vers")),
    )
    op.create_table(
        "etat_colonne",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("colonne_id", sa.Uuid(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("etat_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["colonne_id"], ["colonne.id"], name=op.f("fk_etat_colonne_colonne_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etat_colonne")),
        sa.UniqueConstraint(
            "colonne_id", "type_code", "etat_code", name=op.f("uq_etat_colonne_colonne_id_type_code_etat_code")
        ),
    )


def downgrade() -> None:
    op.drop_table("etat_colonne")
    op.drop_table("transition")
    op.drop_table("regle")
    op.drop_table("etat")
    op.drop_table("colonne")
    op.drop_table("type_demande")
    op.drop_table("tableau")
    op.drop_table("domaine")
