-- Pictures that were drawn here. The files are in the works folder by their SHA-256; a work that is deleted leaves no row.
-- `asked` is what its job was asked, so that it can be asked again; `has_file` is 0 once the file made room for newer ones.
CREATE TABLE works (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('png', 'webp')),
    size_bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    server_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    story_id INTEGER REFERENCES stories (id),
    passage_id INTEGER REFERENCES passages (id),
    member_id INTEGER NOT NULL,
    member_name TEXT NOT NULL,
    job_id INTEGER NOT NULL,
    how TEXT NOT NULL,
    prompt TEXT NOT NULL,
    avoid TEXT NOT NULL,
    style TEXT NOT NULL,
    seed INTEGER NOT NULL,
    model TEXT NOT NULL,
    steps INTEGER NOT NULL,
    guidance REAL NOT NULL,
    strength REAL,
    parent_id INTEGER REFERENCES works (id) ON DELETE SET NULL,
    alt TEXT NOT NULL,
    is_spoiler INTEGER NOT NULL CHECK (is_spoiler IN (0, 1)),
    fingerprint TEXT NOT NULL,
    asked TEXT NOT NULL CHECK (json_valid(asked)),
    took_ms REAL NOT NULL,
    made_at INTEGER NOT NULL,
    may_show INTEGER NOT NULL DEFAULT 0 CHECK (may_show IN (0, 1)),
    is_spared INTEGER NOT NULL DEFAULT 0 CHECK (is_spared IN (0, 1)),
    has_file INTEGER NOT NULL DEFAULT 1 CHECK (has_file IN (0, 1))
) STRICT;
CREATE INDEX works_by_sha256 ON works (sha256);
CREATE INDEX works_by_member ON works (member_id, server_id);
CREATE INDEX works_by_job ON works (job_id);
CREATE INDEX works_by_parent ON works (parent_id);
CREATE INDEX works_by_passage ON works (passage_id);

-- Pictures that members brought to begin from; they are kept for a month, so that what came of them can be tried again.
CREATE TABLE picture_uploads (
    file TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (file, server_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_uploads_by_member ON picture_uploads (member_id);

-- A server's own picture styles, as `styles` holds its writing styles.
CREATE TABLE picture_styles (
    server_id INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    avoid TEXT NOT NULL,
    steps INTEGER,
    guidance REAL,
    lora TEXT,
    shape TEXT CHECK (shape IN ('square', 'wide', 'tall')),
    changed_by INTEGER,
    PRIMARY KEY (server_id, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_styles_by_changer ON picture_styles (changed_by);
