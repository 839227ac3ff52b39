-- Jobs of the background are nobody's (member_id 0): they run while the line is empty, and nobody is told of them.
ALTER TABLE jobs ADD COLUMN is_quiet INTEGER NOT NULL DEFAULT 0 CHECK (is_quiet IN (0, 1));

-- A chapter begins after a passage (NULL: at the beginning), so it is on every branch that goes through it.
CREATE TABLE chapters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    server_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    after_id INTEGER REFERENCES passages (id),
    begun_by INTEGER,
    begun_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX chapters_by_place ON chapters (story_id, coalesce(after_id, 0));
CREATE INDEX chapters_by_beginner ON chapters (begun_by);

-- What a run of passages tells in short: of a scene from its passages, of a chapter or a run of scenes or chapters from
-- what those tell. The newest row counts, the others are its earlier versions. `fingerprint` is that of the words it was
-- made of: a summary of other words is out of date.
CREATE TABLE summaries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    server_id INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('scene', 'chapter', 'run')),
    first_id INTEGER NOT NULL REFERENCES passages (id),
    last_id INTEGER NOT NULL REFERENCES passages (id),
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    model TEXT,
    written_by INTEGER,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX summaries_by_story ON summaries (story_id);
CREATE INDEX summaries_by_writer ON summaries (written_by);
