"""The tables every service database holds beside its own: outbox, inbox, parked, attempt, audit, idempotence, compteur."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.database.base import NAMING_CONVENTION

NOTIFY_CHANNEL = "amanela_outbox"

metadata = MetaData(naming_convention=NAMING_CONVENTION)


def _instant(name: str, *, nullable: bool = False, now: bool = False) -> Column[object]:
    default = func.clock_timestamp() if now else None
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=default)


outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("correlation_id", Uuid),
    Column("causation_id", Uuid),
    Column("acteur_id", Uuid),
    Column("acteur_nom", Text, nullable=False),
    _instant("occurred_at"),
    Column("payload", JSONB, nullable=False),
    _instant("published_at", nullable=True),
    Index("ix_outbox_unsent", "seq", postgresql_where=text("published_at IS NULL")),
    Index("ix_outbox_published_at", "published_at", postgresql_where=text("published_at IS NOT NULL")),
    postgresql_with={
        "autovacuum_vacuum_scale_factor": "0.01",
        "autovacuum_vacuum_threshold": "1000",
        "autovacuum_vacuum_cost_delay": "0",
    },
)

inbox = Table(
    "inbox",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("message_id", Uuid, primary_key=True),
    _instant("processed_at", now=True),
    Index("ix_inbox_processed_at", "processed_at"),
)

parked = Table(
    "parked",
    metadata,
    Column("rang", BigInteger, Identity(always=True), nullable=False),
    Column("subscription", Text, primary_key=True),
    Column("message_id", Uuid, primary_key=True),
    Column("groupe", Text, nullable=False),
    Column("ordered", Boolean, nullable=False),
    Column("strict", Boolean, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("envelope", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("crashes", Integer, nullable=False, server_default="0"),
    _instant("first_at"),
    _instant("last_at"),
    _instant("next_at", nullable=True),
    Index("ix_parked_waiting", "next_at", postgresql_where=text("state = 'waiting'")),
    Index("ix_parked_key", "groupe", "key", "rang"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("groupe", Text, primary_key=True),
    Column("message_id", Uuid, primary_key=True),
    Column("count", Integer, nullable=False),
    _instant("last_at", now=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("objet_type", Text, nullable=False),
    Column("objet_id", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("par", Uuid),
    Column("par_nom", Text, nullable=False),
    _instant("le"),
    Column("origine", Text, nullable=False),
    Column("avant", JSONB),
    Column("apres", JSONB),
    Index("ix_audit_objet", "objet_id", "version"),
    Index("ix_audit_le", "le"),
)

idempotence = Table(
    "idempotence",
    metadata,
    Column("cle", Text, primary_key=True),
    Column("acteur", Text, primary_key=True),
    Column("empreinte", Text, nullable=False),
    Column("statut", SmallInteger),
    Column("entetes", JSONB),
    Column("corps", LargeBinary),
    _instant("cree_le", now=True),
    Index("ix_idempotence_cree_le", "cree_le"),
)

compteur = Table(
    "compteur",
    metadata,
    Column("serie", Text, primary_key=True),
    Column("valeur", BigInteger, nullable=False),
)

CREATE_NOTIFY = f"""
CREATE OR REPLACE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_notify(''{NOTIFY_CHANNEL}'', ''''); RETURN NULL; END'
"""
CREATE_TRIGGER = """
CREATE TRIGGER outbox_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify()
"""


@event.listens_for(outbox, "after_create")
def _create_trigger(_table: Table, connection: Connection, **_options: object) -> None:
    connection.execute(text(CREATE_NOTIFY))
    connection.execute(text(CREATE_TRIGGER))
