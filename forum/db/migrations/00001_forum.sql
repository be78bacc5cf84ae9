-- The hall: topics, threads, posts, revisions. Times are days since 1970
-- (…_day); a column in milliseconds (…_ms) goes back to NULL as soon as its
-- step is done, so that no copy of this file tells when somebody wrote.

-- +goose Up
CREATE TABLE topics (
    slug   TEXT PRIMARY KEY,
    title  TEXT NOT NULL,
    about  TEXT NOT NULL,
    place  BIGINT NOT NULL,
    closed BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE experiences (
    slug  TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topics (slug),
    place BIGINT NOT NULL
);

CREATE TABLE content_notes (
    slug  TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    place BIGINT NOT NULL
);

CREATE TABLE threads (
    id           TEXT PRIMARY KEY,
    topic        TEXT NOT NULL REFERENCES topics (slug),
    pepper       BIGINT NOT NULL,               -- version of the pepper behind its author tags
    wants        TEXT NOT NULL,                 -- listening | similar | ideas | no-reply
    closed       BIGINT NOT NULL DEFAULT 0,    -- to replies, by its author
    locked       BIGINT NOT NULL DEFAULT 0,    -- to replies and "later on", by a lead
    created_day  BIGINT NOT NULL,
    activity_day BIGINT NOT NULL DEFAULT 0,     -- day of the last approval
    activity_seq BIGINT NOT NULL DEFAULT 0,     -- order of the last approval; 0: nothing approved yet
    answered     BIGINT NOT NULL DEFAULT 0,     -- somebody else's reply went up and nothing has come down since; 0 says nothing
    first_time   BIGINT NOT NULL DEFAULT 0,     -- its author said that they write here for the first time; for volunteers alone, until somebody has answered
    called       BIGINT NOT NULL DEFAULT 0,     -- it has waited long for a first answer, and was looked at for a call to welcomers
    slow         BIGINT NOT NULL DEFAULT 0,     -- its replies are read more slowly for now, see notice.go
    notice       TEXT NOT NULL DEFAULT '',      -- what a lead says above it
    numbered     BIGINT NOT NULL DEFAULT 0      -- last reply number given
);
CREATE INDEX threads_by_activity ON threads (activity_seq DESC) WHERE activity_seq > 0;
CREATE INDEX threads_by_topic ON threads (topic, activity_seq DESC) WHERE activity_seq > 0;

CREATE INDEX threads_unanswered ON threads (activity_seq) WHERE answered = 0 AND activity_seq > 0;
CREATE INDEX threads_uncalled ON threads (created_day) WHERE called = 0 AND activity_seq > 0;

CREATE TABLE thread_experiences (
    thread_id  TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    experience TEXT NOT NULL REFERENCES experiences (slug),
    stance     TEXT NOT NULL,                   -- been | going | caring
    PRIMARY KEY (thread_id, experience)
);

-- One row for each person in each thread. The tag can be made only with that
-- person's phrase; two tags of one person in two threads have nothing in common.
CREATE TABLE participants (
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    tag       TEXT NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (thread_id, tag),
    UNIQUE (thread_id, name)
);

CREATE TABLE posts (
    id            TEXT PRIMARY KEY,
    thread_id     TEXT NOT NULL REFERENCES threads (id),
    tag           TEXT NOT NULL,
    kind          TEXT NOT NULL,                -- opening | reply | later
    number        BIGINT NOT NULL DEFAULT 0,    -- place in the thread, given on first approval
    created_day   BIGINT NOT NULL,
    withdrawn     BIGINT NOT NULL DEFAULT 0,
    public_rev    BIGINT NOT NULL DEFAULT 0,    -- written by forum/publish.go alone; 0: not public
    indexed_rev   BIGINT NOT NULL DEFAULT 0,
    indexed_gen   TEXT NOT NULL DEFAULT '',
    index_tries   BIGINT NOT NULL DEFAULT 0,
    index_next_ms BIGINT
);
CREATE INDEX posts_by_thread ON posts (thread_id, number);
CREATE UNIQUE INDEX posts_one_opening ON posts (thread_id) WHERE kind = 'opening';
CREATE INDEX posts_to_index ON posts (id) WHERE indexed_rev <> public_rev;

CREATE TABLE revisions (
    post_id  TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    n        BIGINT NOT NULL,
    state    TEXT NOT NULL,  -- submitted | waiting | offered | approved | returned | declined | withdrawn
    by       TEXT NOT NULL,  -- author | mask | suggestion
    title    TEXT NOT NULL,
    raw      TEXT NOT NULL,  -- the author's bytes; never rendered
    html     TEXT NOT NULL DEFAULT '',
    text     TEXT NOT NULL DEFAULT '',
    notes    TEXT NOT NULL DEFAULT '',  -- content notes, space-separated slugs
    not_safe BIGINT NOT NULL DEFAULT 0, -- the author said "I'm not safe right now"
    proven   BIGINT NOT NULL DEFAULT 0, -- came with a valid form, see forum/submit.go
    sent_day BIGINT NOT NULL,
    since_ms BIGINT,         -- when it was received; NULL once it was decided
    tries    BIGINT NOT NULL DEFAULT 0,
    next_ms  BIGINT,
    PRIMARY KEY (post_id, n)
);
CREATE INDEX revisions_submitted ON revisions (post_id, n) WHERE state = 'submitted';
CREATE UNIQUE INDEX revisions_one_unread ON revisions (post_id) WHERE state IN ('submitted', 'waiting', 'offered');

-- What the public may see, and the only thing that public reads go through.
CREATE VIEW public_posts AS
SELECT p.id, p.thread_id, p.kind, p.number, p.tag, p.public_rev, r.title, r.html, r.text, r.notes, r.sent_day AS day,
       t.topic, t.wants, CASE WHEN t.locked = 1 THEN 'locked' WHEN t.closed = 1 THEN 'closed' ELSE 'open' END AS thread_state, t.answered, t.activity_day, t.activity_seq
FROM posts p
JOIN revisions r ON r.post_id = p.id AND r.n = p.public_rev AND r.state = 'approved'
JOIN threads t ON t.id = p.thread_id
WHERE p.public_rev > 0 AND p.withdrawn = 0;

CREATE TABLE reactions (
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    tag     TEXT NOT NULL,
    kind    TEXT NOT NULL,   -- been-there | with-you | thank-you
    day     BIGINT NOT NULL,
    PRIMARY KEY (post_id, tag, kind)
);

CREATE TABLE sanctions (
    thread_id TEXT NOT NULL,
    tag       TEXT NOT NULL,
    kind      TEXT NOT NULL, -- pause | exclusion
    until_day BIGINT NOT NULL,
    PRIMARY KEY (thread_id, tag)
);

-- "Sign out everywhere": a value that only the phrase can make.
CREATE TABLE revocations (
    value TEXT PRIMARY KEY,
    day   BIGINT NOT NULL
);

-- With which keys this database was begun: a mark that tells nothing of them.
CREATE TABLE house (
    mark TEXT PRIMARY KEY
);
