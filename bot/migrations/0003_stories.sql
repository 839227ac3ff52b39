-- Stories as append-only trees: a branch is a pointer (`tip_id`), so undo moves it and deletes nothing.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    host_id INTEGER,
    title TEXT NOT NULL,
    style TEXT NOT NULL,
    memory TEXT NOT NULL DEFAULT '',
    memory_by INTEGER,
    note TEXT NOT NULL DEFAULT '',
    note_by INTEGER,
    tip_id INTEGER REFERENCES passages (id),
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX stories_by_server ON stories (server_id);

-- Ids only grow, so a passage's parent always has the smaller id. One job writes at most one passage.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    parent_id INTEGER REFERENCES passages (id),
    author_id INTEGER,
    author_name TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    by_ai INTEGER NOT NULL DEFAULT 0 CHECK (by_ai IN (0, 1)),
    asked_by_id INTEGER,
    model TEXT,
    style TEXT,
    seed INTEGER,
    steer TEXT,
    length TEXT,
    job_id INTEGER UNIQUE,
    edited_at INTEGER,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX passages_by_parent ON passages (story_id, parent_id);
CREATE INDEX passages_by_author ON passages (author_id);
CREATE INDEX passages_by_asker ON passages (asked_by_id);

-- What a passage said before it was edited.
CREATE TABLE passage_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id INTEGER NOT NULL REFERENCES passages (id),
    text TEXT NOT NULL,
    replaced_by INTEGER,
    replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX passage_versions_by_passage ON passage_versions (passage_id);

-- Who moved a story's tip, when and why: the audit trail, and what redo goes by.
CREATE TABLE moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    member_id INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('add', 'undo', 'redo', 'go_to')),
    from_id INTEGER REFERENCES passages (id),
    to_id INTEGER REFERENCES passages (id),
    moved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX moves_by_story ON moves (story_id);

CREATE TABLE current_stories (
    channel_id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES stories (id)
) STRICT;
