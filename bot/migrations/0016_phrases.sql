-- Against worn phrases: how often a style leaves out the likeliest words (XTC; off where nobody chose), and the phrases
-- that the AI never says in a server, as one list that is replaced as a whole, a phrase a line.
ALTER TABLE styles ADD COLUMN xtc_probability REAL NOT NULL DEFAULT 0;
CREATE TABLE phrase_lists (
    server_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL,
    changed_by INTEGER
) STRICT;
CREATE INDEX phrase_lists_by_changer ON phrase_lists (changed_by);
