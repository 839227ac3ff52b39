-- What is worth knowing of a story, a card a thing, recalled when it matters. A card the AI proposes is a row already
-- and no part of the lore until a member accepts it; one that is removed can be put back. `title_key` keeps "The Lamp"
-- and "the lamp" from being two. `source` says in which passage the words stand that a proposal rests on, by place.
-- `vector` is the place of its words in meaning, found again whenever it is missing.
CREATE TABLE lore_cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    server_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'kept', 'declined', 'removed')),
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    keys TEXT NOT NULL,
    text TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'always')),
    known_by TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    model TEXT,
    job_id INTEGER,
    source TEXT,
    vector BLOB
) STRICT;
CREATE UNIQUE INDEX lore_cards_kept ON lore_cards (story_id, title_key) WHERE state = 'kept';
CREATE INDEX lore_cards_by_story ON lore_cards (story_id);
CREATE INDEX lore_cards_by_job ON lore_cards (job_id);
CREATE INDEX lore_cards_by_adder ON lore_cards (added_by);

-- What a card said before it was changed, so that a change can be taken back.
CREATE TABLE lore_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    card_id INTEGER NOT NULL REFERENCES lore_cards (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    keys TEXT NOT NULL,
    text TEXT NOT NULL,
    priority TEXT NOT NULL,
    known_by TEXT NOT NULL,
    replaced_by INTEGER,
    replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX lore_versions_by_card ON lore_versions (card_id);
CREATE INDEX lore_versions_by_replacer ON lore_versions (replaced_by);

-- Up to which passage the AI has read a story for proposals.
CREATE TABLE lore_readings (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id),
    passage_id INTEGER NOT NULL
) STRICT;
