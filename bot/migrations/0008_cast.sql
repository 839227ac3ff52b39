-- A story's people and places, with the looks that every picture of them repeats. `name_key` keeps "Mara" and "mara"
-- from being two; `picture` is a small one for pipelines that look at pictures.
CREATE TABLE cast_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    server_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'place')),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    traits TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    picture BLOB,
    UNIQUE (story_id, name_key)
) STRICT;
CREATE INDEX cast_entries_by_adder ON cast_entries (added_by);

-- Which pictures stand beside which passage: a work of this house, with what drew it, or an upload. A passage that is
-- undone keeps its pictures; a work that is deleted is gone from its stories too.
CREATE TABLE story_pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    passage_id INTEGER NOT NULL REFERENCES passages (id),
    work_id INTEGER REFERENCES works (id) ON DELETE CASCADE,
    model TEXT,
    upload BLOB,
    alt TEXT NOT NULL,
    is_spoiler INTEGER NOT NULL CHECK (is_spoiler IN (0, 1)),
    added_by INTEGER,
    added_by_name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    CHECK ((work_id IS NULL) <> (upload IS NULL)),
    UNIQUE (passage_id, work_id)
) STRICT;
CREATE INDEX story_pictures_by_story ON story_pictures (story_id);
CREATE INDEX story_pictures_by_work ON story_pictures (work_id);
CREATE INDEX story_pictures_by_adder ON story_pictures (added_by);
