"""An avenant amends a signed proposition: numbered under it, it may be signed beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
SIGNEE = "statut = 'valide'"


def upgrade() -> None:
    op.add_column("proposition", sa.Column("avenant_de_id", sa.Uuid(), nullable=True))
    op.add_column("proposition", sa.Column("avenant_rang", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_proposition_avenant_de_id"), "proposition", "proposition", ["avenant_de_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_proposition_avenant"), "proposition", "(avenant_de_id IS NULL) = (avenant_rang IS NULL)"
    )
    op.create_index("uq_proposition_avenant", "proposition", ["avenant_de_id", "avenant_rang"], unique=True)
    _signee(f"{SIGNEE} AND avenant_de_id IS NULL")


def downgrade() -> None:
    """Refused by the database once an avenant is signed: two propositions of one etude would be."""
    _signee(SIGNEE)
    op.drop_index("uq_proposition_avenant", table_name="proposition")
    op.drop_constraint(op.f("ck_proposition_avenant"), "proposition")
    op.drop_constraint(op.f("fk_proposition_avenant_de_id"), "proposition")
    op.drop_column("proposition", "avenant_rang")
    op.drop_column("proposition", "avenant_de_id")


def _signee(condition: str) -> None:
    op.drop_index("uq_proposition_validee", table_name="proposition")
    op.create_index(
        "uq_proposition_validee", "proposition", ["etude_id"], unique=True, postgresql_where=sa.text(condition)
    )
