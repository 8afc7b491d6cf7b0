-- Content is named by its SHA-256 and never changes.
CREATE TABLE content (
    region TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes  BLOB NOT NULL,
    PRIMARY KEY (region, digest)
) STRICT;

-- Entries are only ever added, each one version after the last of its kind and name. The digest is the SHA-256 of the body.
CREATE TABLE entry (
    region  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    body    BLOB NOT NULL,
    PRIMARY KEY (region, kind, name, version)
) STRICT;

CREATE TRIGGER content_is_never_changed BEFORE UPDATE ON content BEGIN SELECT RAISE(ABORT, 'content is never changed'); END;
CREATE TRIGGER content_is_never_removed BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'content is never removed'); END;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
