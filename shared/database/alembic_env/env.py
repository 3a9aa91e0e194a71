"""The alembic environment shared by every service: the caller gives the connection and its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    compare_type=True,
)
context.run_migrations()
