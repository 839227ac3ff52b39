-- An answer that only its asker may see is never told in the channel, not even after a restart.
ALTER TABLE jobs ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1));

-- Drafts as they were sent to be critiqued, for the days in which another mode may be asked for; then they are dropped.
CREATE TABLE critique_drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;
CREATE INDEX critique_drafts_by_member ON critique_drafts (member_id, server_id);

-- What was said of a draft, for its author alone until they share it. `larger` counts edits that were rewriting,
-- `dropped` notes whose quote is not in the draft; `read_to` is the last paragraph that was read.
CREATE TABLE critiques (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL UNIQUE,
    draft_id INTEGER REFERENCES critique_drafts (id) ON DELETE SET NULL,
    mode TEXT NOT NULL,
    intent TEXT NOT NULL,
    focus TEXT NOT NULL,
    begins TEXT NOT NULL,
    strength TEXT NOT NULL,
    issue TEXT NOT NULL,
    plain TEXT NOT NULL,
    dropped INTEGER NOT NULL CHECK (dropped >= 0),
    larger INTEGER NOT NULL CHECK (larger >= 0),
    read_to INTEGER NOT NULL,
    is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
    model TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX critiques_by_member ON critiques (member_id, server_id);

CREATE TABLE critique_notes (
    critique_id INTEGER NOT NULL REFERENCES critiques (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    quote TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effect TEXT NOT NULL,
    advice TEXT NOT NULL,
    PRIMARY KEY (critique_id, number)
) STRICT, WITHOUT ROWID;

-- What a server's admins want of every critique: what to look for, and in which tone.
CREATE TABLE critique_rubrics (
    server_id INTEGER PRIMARY KEY,
    rubric TEXT NOT NULL,
    changed_by INTEGER
) STRICT;
CREATE INDEX critique_rubrics_by_changer ON critique_rubrics (changed_by);
