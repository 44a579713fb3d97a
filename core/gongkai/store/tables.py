"""Every table of the office's database.

No document text stands in any of them (INT-03): hashes, places, masked excerpts, and names
and titles, which are erased when a paper is quarantined. Times are ISO 8601 text with offset,
except in the journal, which compares them with file times and keeps seconds since 1970.
The constraints are the promises: one verdict per key, one current document per path,
numbers without gaps, one successor per chain row.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from gongkai.store.columns import Name, Unsigned, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, default: str | None = "") -> Column[str]:
    """A text column that is never NULL; without a default the caller must say."""
    return Column(name, Text, nullable=False, default=default)


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=False, default="")


def _refers(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, ForeignKey(target), nullable=nullable)


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# --- watched folders and what was seen in them --------------------------------------------

root = Table(
    "root",
    metadata,
    Column("id", Integer, primary_key=True),
    # Shown instead of the path where a path could say too much.
    Column("code", Text, nullable=False, unique=True),
    Column("path_key", Text, nullable=False, unique=True),
    _text("marker"),
    Column("device", Unsigned),
    _text("backend"),
    Column("baseline_at", Text),
    Column("last_full_pass", Text),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("root_id", "root.id"),
    # The keyed hash of the path once the file is under quarantine.
    Column("path_key", Text, nullable=False),
    Column("device", Unsigned),
    Column("inode", Unsigned),
    Column("size", BigInteger),
    Column("mtime_ns", BigInteger),
    Column("ctime_ns", BigInteger),
    Column("sha256", Text),
    _text("state", None),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Float),
    Column("first_seen", Float, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("revision", Integer, nullable=False, default=0),
    _text("reason"),
    Column("missing_since", Float),
    _refers("document_id", "document.id", nullable=True),
    UniqueConstraint("root_id", "path_key"),
    Index("ix_journal_state_next_try", "state", "next_try"),
    Index("ix_journal_sha256", "sha256"),
    Index("ix_journal_document_id", "document_id"),
)

# --- documents ----------------------------------------------------------------------------

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    # NULL: outside every watched folder, ``path_key`` is absolute.
    _refers("root_id", "root.id", nullable=True),
    Column("path_key", Text, nullable=False),
    Column("name", Name, nullable=False),
    _words("title"),
    _text("state", "current"),
    # Under quarantine: name, title and path are erased.
    Column("sealed", Boolean, nullable=False, default=False),
    # Lay there at the first full pass: recorded, not judged until it changes (A5).
    Column("baseline", Boolean, nullable=False, default=False),
    _refers("copy_of", "document.id", nullable=True),
    Column("device", Unsigned),
    Column("inode", Unsigned),
    Column("sha256", Text, nullable=False),
    _text("first_seen", None),
    _text("last_seen", None),
    Column("gone_at", Text),
    CheckConstraint("state IN ('current', 'gone')", name="state"),
    Index(
        "uq_document_current_path",
        "root_id",
        "path_key",
        unique=True,
        sqlite_where=text("state = 'current'"),
        postgresql_where=text("state = 'current'"),
    ),
    # NULLs are distinct in a unique index, so documents outside every root need their own.
    Index(
        "uq_document_current_path_outside",
        "path_key",
        unique=True,
        sqlite_where=text("state = 'current' AND root_id IS NULL"),
        postgresql_where=text("state = 'current' AND root_id IS NULL"),
    ),
    Index("ix_document_sha256", "sha256"),
)

document_path = Table(
    "document_path",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("document_id", "document.id"),
    _refers("root_id", "root.id", nullable=True),
    Column("path_key", Text, nullable=False),
    _text("left_at", None),
    Index("ix_document_path_document_id", "document_id"),
)

version = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("document_id", "document.id"),
    Column("n", Integer, nullable=False),
    _text("input_digest", None),
    _text("sha256", None),
    _text("core_fingerprint"),
    _text("stage", None),
    _text("seen_at", None),
    UniqueConstraint("document_id", "n"),
    Index("ix_version_sha256", "sha256"),
)

member = Table(
    "member",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("version_id", "version.id"),
    _text("role", None),
    Column("number", Integer, nullable=False, default=0),
    Column("name", Name, nullable=False),
    _text("sha256", None),
    _text("format", None),
    UniqueConstraint("version_id", "role", "number"),
)

# --- what was judged ----------------------------------------------------------------------

verdict = Table(
    "verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("document_id", "document.id"),
    _refers("version_id", "version.id"),
    _text("input_digest", None),
    _text("pipeline_version", None),
    _text("profile", None),
    # Hash of what the verdict leaned on outside the bundle: sources, the office's own record.
    _text("sources_key"),
    _text("stage", None),
    _text("outcome", None),
    Column("stated", Text),
    Column("suggestion", JSON(none_as_null=True)),
    Column("checked_by", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("sources_used", JSON, nullable=False),
    _words("scope_reason"),
    _text("core_fingerprint"),
    _text("judged_at", None),
    # The same bytes are incomplete as a draft and returned when submitted: two verdicts.
    UniqueConstraint(
        "document_id",
        "input_digest",
        "pipeline_version",
        "profile",
        "sources_key",
        "stage",
        name="uq_verdict_key",
    ),
    Index("ix_verdict_outcome", "outcome"),
    Index("ix_verdict_version_id", "version_id"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("verdict_id", "verdict.id"),
    Column("n", Integer, nullable=False),
    _text("code", None),
    _text("severity", None),
    _text("rule", None),
    _words("place"),
    Column("start", Integer, nullable=False, default=0),
    Column("end", Integer, nullable=False, default=0),
    Column("count", Integer, nullable=False, default=1),
    _words("excerpt"),
    Column("basis", JSON, nullable=False),
    Column("details", JSON, nullable=False),
    Column("places", JSON, nullable=False),
    _text("key"),
    Column("waivable", Boolean, nullable=False, default=False),
    UniqueConstraint("verdict_id", "n"),
    Index("ix_finding_code", "code"),
)

finding_decision = Table(
    "finding_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("document_id", "document.id"),
    _text("key", None),
    _text("status", None),
    _text("actor", None),
    _words("reason"),
    _text("at", None),
    CheckConstraint("status IN ('ACCEPTED', 'FALSE_POSITIVE', 'WAIVED')", name="status"),
    Index("ix_finding_decision_document_id_key", "document_id", "key"),
)

determination = Table(
    "determination",
    metadata,
    Column("id", Integer, primary_key=True),
    _refers("document_id", "document.id"),
    _text("attribute", None),
    _text("core_fingerprint", None),
    _words("decided_by"),
    _text("decided_on", None),
    _text("capacity", None),
    _text("medium", None),
    _words("recorded_by"),
    _text("recorded_at", None),
    _text("status", None),
    _words("reason"),
    _words("basis"),
    _words("evidence"),
    Column("is_secret_matter", Boolean, nullable=False),
    Column("work_secret", Boolean, nullable=False),
    _words("place"),
    _text("profile"),
    Column("revoked_at", Text),
    _words("revoked_by"),
    _words("revoked_reason"),
    CheckConstraint("attribute IN ('PROACTIVE', 'ON_REQUEST', 'NOT_DISCLOSED')", name="attribute"),
    Index("ix_determination_document_id_core_fingerprint", "document_id", "core_fingerprint"),
)

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    _words("title"),
    _words("doc_number"),
    _words("issuer"),
    _text("signed_date"),
    _text("status", None),
    Column("attribute", Text),
    _words("evidence"),
    _words("published"),
    _words("consent"),
    _words("recorded_by"),
    _text("recorded_at"),
    # Title and number in one spelling, for finding what a citation names.
    _words("title_key"),
    _words("number_key"),
    Index("ix_source_title_key", "title_key"),
    Index("ix_source_number_key", "number_key"),
)

# --- papers with a secrecy mark -----------------------------------------------------------

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    _refers("root_id", "root.id", nullable=True),
    _refers("document_id", "document.id", nullable=True),
    _text("storage"),
    # Encrypted with the office's key; NULL once erased.
    Column("sealed_path", LargeBinary),
    _text("path_tag", None),
    _text("content_tag", None),
    Column("positions", JSON, nullable=False),
    _text("found_at", None),
    _text("status", "open"),
    _words("released_by"),
    _words("released_as"),
    _words("note"),
    Column("closed_at", Text),
    UniqueConstraint("year", "serial"),
    CheckConstraint("status IN ('open', 'released', 'closed')", name="status"),
    Index("ix_quarantine_content_tag", "content_tag"),
    Index("ix_quarantine_path_tag", "path_tag"),
)

# --- the chain ----------------------------------------------------------------------------

chain = Table(
    "chain",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("prev", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    _text("kind", None),
    _text("subject", None),
    _text("at", None),
    _text("commitment", None),
    _text("algorithm", None),
    Index("ix_chain_subject", "subject"),
)

payload = Table(
    "payload",
    metadata,
    Column("seq", BigInteger, ForeignKey("chain.seq"), primary_key=True, autoincrement=False),
    # Both NULL once erased.
    Column("salt", LargeBinary),
    Column("body", Text),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    _text("hash", None),
    _text("made_at", None),
    _words("made_by"),
    _words("kept_by"),
    _words("note"),
)
