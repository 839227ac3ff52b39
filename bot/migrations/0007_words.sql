-- Words that a server's admins want in no prompt, as one list that is replaced as a whole, a word a line.
CREATE TABLE word_lists (
    server_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL,
    changed_by INTEGER
) STRICT;
CREATE INDEX word_lists_by_changer ON word_lists (changed_by);
