-- A server's own writing styles; the built-in ones are a file. `name_key` keeps "Noir" and "noir" from being two.
CREATE TABLE styles (
    server_id INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    instructions TEXT NOT NULL,
    temperature REAL NOT NULL,
    top_p REAL NOT NULL,
    min_p REAL NOT NULL,
    dry_multiplier REAL NOT NULL,
    length TEXT NOT NULL CHECK (length IN ('line', 'paragraph', 'page')),
    changed_by INTEGER,
    PRIMARY KEY (server_id, name_key)
) STRICT, WITHOUT ROWID;
