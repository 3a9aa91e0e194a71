"""Second factor, recovery codes, addresses that try passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("compte", sa.Column("totp_secret", sa.Text(), nullable=True))
    op.add_column("compte", sa.Column("totp_actif_le", sa.DateTime(timezone=True), nullable=True))
    op.add_column("compte", sa.Column("totp_pas", sa.BigInteger(), server_default="0", nullable=False))
    op.create_table(
        "code_secours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_code_secours_compte_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_secours")),
    )
    op.create_index(op.f("ix_code_secours_compte_id"), "code_secours", ["compte_id"])
    op.create_table(
        "adresse_freinee",
        sa.Column("adresse", sa.Text(), nullable=False),
        sa.Column("essais_rates", sa.Integer(), nullable=False),
        sa.Column("bloque_jusqu_au", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vue_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("adresse", name=op.f("pk_adresse_freinee")),
    )
    op.create_index(op.f("ix_adresse_freinee_vue_le"), "adresse_freinee", ["vue_le"])


def downgrade() -> None:
    op.drop_table("adresse_freinee")
    op.drop_table("code_secours")
    for colonne in ("totp_pas", "totp_actif_le", "totp_secret"):
        op.drop_column("compte", colonne)
