"""Bank details of contacts: seen by those who buy, changed by those who record payments."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

AJOUTER = "UPDATE role SET permissions = permissions || ARRAY[{}]::text[], version = version + 1 WHERE {}"


def upgrade() -> None:
    op.execute(AJOUTER.format("'rib.lire', 'rib.modifier'", "permissions && ARRAY['reglement.saisir', 'reglement.*']"))
    acheteurs = "permissions && ARRAY['achat.modifier', 'achat.*'] AND NOT 'rib.lire' = ANY(permissions)"
    op.execute(AJOUTER.format("'rib.lire'", acheteurs))


def downgrade() -> None:
    op.execute("UPDATE role SET permissions = array_remove(array_remove(permissions, 'rib.lire'), 'rib.modifier')")
