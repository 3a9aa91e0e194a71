"""Tables of the margin guard."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seuil_marge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remise_max", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("marque_min", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seuil_marge")),
    )
    op.create_table(
        "approbation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("demandee", "accordee", "refusee", name="etatapprobation", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("raisons", postgresql.JSONB(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("demandee_par", sa.Text(), nullable=False),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decidee_par", sa.Text(), nullable=True),
        sa.Column("decidee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reponse", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_approbation_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approbation")),
    )
    op.create_index("ix_approbation_proposition", "approbation", ["proposition_id", "revision"], unique=False)
    op.create_index("ix_approbation_etat", "approbation", ["etat", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("approbation")
    op.drop_table("seuil_marge")
