-- Directions that /inspire offered, so that a server is not offered the same again in other words: what each said in
-- short and, where an encoder was loaded, where that is in meaning (float32, little-endian). `story_id` is the story
-- that was begun from it. They are their member's: forgotten with her, vectors and all.
CREATE TABLE directions (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    lens TEXT NOT NULL,
    in_short TEXT NOT NULL,
    vector BLOB,
    story_id INTEGER,
    offered_at INTEGER NOT NULL,
    UNIQUE (job_id, number)
) STRICT;
CREATE INDEX directions_by_server ON directions (server_id, id);

-- Lenses that a server has looked through since its deck was shuffled last: none comes again until all have come.
CREATE TABLE drawn_lenses (
    server_id INTEGER NOT NULL,
    lens TEXT NOT NULL,
    PRIMARY KEY (server_id, lens)
) STRICT, WITHOUT ROWID;
