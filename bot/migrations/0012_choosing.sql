-- A story's limits, a theme a line. Nobody is written down beside them: whose wish one was is not to be asked.
ALTER TABLE stories ADD COLUMN lines TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN veils TEXT NOT NULL DEFAULT '';

-- An undo that somebody asked for by the X button; its member_id is NULL from the start.
ALTER TABLE moves ADD COLUMN steps_back INTEGER NOT NULL DEFAULT 0 CHECK (steps_back IN (0, 1));

-- Ways in which a story could go on, put to the vote. They are passages, children of where the story stood (`parent_id`),
-- and the answer of the job that wrote them, whose message shows the vote and then the winner.
CREATE TABLE ballots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    parent_id INTEGER REFERENCES passages (id),
    job_id INTEGER NOT NULL UNIQUE,
    asked_by_id INTEGER,
    ends_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT CHECK (outcome IN ('canon', 'apart', 'no_votes')),
    winner INTEGER,
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX ballots_open ON ballots (ends_at) WHERE closed_at IS NULL;
CREATE INDEX ballots_by_asker ON ballots (asked_by_id);

CREATE TABLE ballot_proposals (
    ballot_id INTEGER NOT NULL REFERENCES ballots (id),
    number INTEGER NOT NULL,
    passage_id INTEGER NOT NULL REFERENCES passages (id),
    PRIMARY KEY (ballot_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE ballot_votes (
    ballot_id INTEGER NOT NULL REFERENCES ballots (id),
    member_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (ballot_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_votes_by_member ON ballot_votes (member_id);
