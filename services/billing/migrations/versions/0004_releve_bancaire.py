"""Bank statements, their operations, and the payments they show."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _aggregate() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "releve_bancaire",
        *_aggregate(),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("compte", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("solde_ouverture", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("solde_cloture", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("nouvelles", sa.Integer(), nullable=False),
        sa.Column("doublons", sa.Integer(), nullable=False),
        sa.Column("importe_par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releve_bancaire")),
    )
    op.create_table(
        "operation_bancaire",
        *_aggregate(),
        sa.Column("releve_bancaire_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("compte", sa.Text(), nullable=False),
        sa.Column("le", sa.Date(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("montant", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("a_rapprocher", "rapprochee", "ecartee", name="etatoperation", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("traitee_par", sa.Text(), nullable=False),
        sa.Column("traitee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["releve_bancaire_id"], ["releve_bancaire.id"], name=op.f("fk_operation_bancaire_releve_bancaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_bancaire")),
        sa.UniqueConstraint("cle", name=op.f("uq_operation_bancaire_cle")),
    )
    op.create_index("ix_operation_bancaire_etat", "operation_bancaire", ["etat", "le", "id"])
    op.create_index("ix_operation_bancaire_recherche", "operation_bancaire", ["recherche"], postgresql_using="gin")
    op.create_index(op.f("ix_operation_bancaire_releve_bancaire_id"), "operation_bancaire", ["releve_bancaire_id"])
    op.add_column("reglement", sa.Column("operation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_reglement_operation_id"), "reglement", "operation_bancaire", ["operation_id"], ["id"]
    )
    op.create_index(op.f("ix_reglement_operation_id"), "reglement", ["operation_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reglement_operation_id"), "reglement")
    op.drop_constraint(op.f("fk_reglement_operation_id"), "reglement")
    op.drop_column("reglement", "operation_id")
    op.drop_table("operation_bancaire")
    op.drop_table("releve_bancaire")
