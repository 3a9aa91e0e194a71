"""Who could approve a devis beyond the credit limit of a client, with the right of margins, still can: it is a right of its own."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE role SET permissions = array_append(permissions, 'encours.approuver'), version = version + 1"
        " WHERE 'marge.approuver' = ANY(permissions) AND NOT 'encours.approuver' = ANY(permissions)"
    )


def downgrade() -> None:
    op.execute("UPDATE role SET permissions = array_remove(permissions, 'encours.approuver')")
