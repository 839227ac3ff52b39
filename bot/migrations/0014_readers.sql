-- People read each other's drafts. A draft waits in the server's line until somebody takes it; of the takings of one
-- draft, one at most runs or ended in a critique, and nobody runs two: the two indexes see to that, whatever happens
-- at the same time. A draft keeps no author, and a taking no reader, who had Salon forget them.
CREATE TABLE reader_drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    author_id INTEGER,
    author_name TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    wish TEXT NOT NULL,
    warning TEXT NOT NULL,
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    is_age_restricted INTEGER NOT NULL CHECK (is_age_restricted IN (0, 1)),
    offered_at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('critiqued', 'withdrawn', 'removed')),
    CHECK (author_id IS NOT NULL OR outcome IS NOT NULL)
) STRICT;
CREATE INDEX reader_drafts_open ON reader_drafts (server_id, id) WHERE outcome IS NULL;
CREATE INDEX reader_drafts_by_author ON reader_drafts (author_id);

CREATE TABLE reader_takings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    draft_id INTEGER NOT NULL REFERENCES reader_drafts (id),
    server_id INTEGER NOT NULL,
    reader_id INTEGER,
    reader_name TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL CHECK (due_at > taken_at),
    outcome TEXT CHECK (outcome IN ('given', 'released', 'expired')),
    ended_at INTEGER,
    critique TEXT,
    told_at INTEGER,
    helpful_at INTEGER,
    CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CHECK ((outcome IS 'given') = (critique IS NOT NULL)),
    CHECK (reader_id IS NOT NULL OR outcome IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX reader_takings_one_a_draft ON reader_takings (draft_id) WHERE outcome IS NULL OR outcome = 'given';
CREATE UNIQUE INDEX reader_takings_one_a_reader ON reader_takings (server_id, reader_id) WHERE outcome IS NULL;
CREATE INDEX reader_takings_by_reader ON reader_takings (reader_id);

-- Credits are a ledger: what a member has is the sum of its amounts. `subject` is the draft, taking or job that an
-- entry is for, so that nothing is paid twice; `balance` is the sum so far, so that nothing is paid with what is not
-- there. Only an AI critique that was asked for while there was enough may leave a debt.
CREATE TABLE credits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('start', 'asked', 'withdrawn', 'given', 'helpful', 'ai')),
    subject INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CHECK (CASE WHEN reason IN ('asked', 'ai') THEN amount < 0 WHEN reason = 'start' THEN amount >= 0 ELSE amount > 0 END),
    CHECK (balance >= 0 OR reason <> 'asked'),
    UNIQUE (server_id, member_id, reason, subject)
) STRICT;
CREATE TRIGGER credits_stay_as_they_are BEFORE UPDATE ON credits BEGIN
    SELECT RAISE(ABORT, 'an entry of the ledger is never changed');
END;

-- What critiques cost and earn in a server, and what a reader owes for it; a server that is not here has the defaults.
CREATE TABLE credit_prices (
    server_id INTEGER PRIMARY KEY,
    asking INTEGER NOT NULL CHECK (asking >= 0),
    giving INTEGER NOT NULL CHECK (giving >= 0),
    helpful INTEGER NOT NULL CHECK (helpful >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    ai INTEGER NOT NULL CHECK (ai >= 0),
    words INTEGER NOT NULL CHECK (words >= 0),
    hours INTEGER NOT NULL CHECK (hours > 0),
    changed_by INTEGER
) STRICT;
