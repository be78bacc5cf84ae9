-- The moderation room: people, queue, decisions, audit. Columns in
-- milliseconds (…_ms) exist only in rows of the queue, of sessions, of
-- invitations and of shifts, which go when they are done. What stays, stays by day or month.

-- +goose Up
CREATE TABLE staff (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL UNIQUE,        -- the name in small letters, for signing in
    role            TEXT NOT NULL,               -- welcomer | moderator | lead
    active          BIGINT NOT NULL DEFAULT 1,
    password        TEXT NOT NULL,
    totp            TEXT NOT NULL,
    totp_step       BIGINT NOT NULL DEFAULT 0,   -- the step of the last code used
    recovery        TEXT NOT NULL,               -- hashes of the codes that are left, space-separated
    sitting_minutes BIGINT NOT NULL,             -- own limits, within those of the site
    week_minutes    BIGINT NOT NULL,
    heavy_in_a_row  BIGINT NOT NULL,
    heavy_per_shift BIGINT NOT NULL
);

CREATE TABLE invitations (
    hash       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    expires_ms BIGINT NOT NULL
);

CREATE TABLE staff_sessions (
    hash     TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    began_ms BIGINT NOT NULL,
    seen_ms  BIGINT NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

CREATE TABLE shifts (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    began_ms BIGINT NOT NULL,
    seen_ms  BIGINT NOT NULL,
    ended    BIGINT NOT NULL DEFAULT 0,
    heavy    BIGINT NOT NULL DEFAULT 0,          -- heavy items in this shift
    run      BIGINT NOT NULL DEFAULT 0           -- heavy items since the last light one
);

-- When volunteers are at the desk, as the leads set it: the clocks of all lanes
-- but now run in these hours. Without a row they always run.
CREATE TABLE volunteer_hours (
    weekday     BIGINT PRIMARY KEY,              -- 0 is Monday
    from_minute BIGINT NOT NULL,                 -- of the day, in UTC
    to_minute   BIGINT NOT NULL                  -- before from_minute: of the next day; a day after it: all day
);

-- How long somebody sat at the desk on a day, for their own weekly limit. Goes after eight days.
CREATE TABLE shift_days (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    day      BIGINT NOT NULL,
    seconds  BIGINT NOT NULL,
    PRIMARY KEY (staff_id, day)
);

CREATE TABLE opt_outs (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    subject  TEXT NOT NULL,                      -- topic:…, experience:…, note:… or signal:…
    PRIMARY KEY (staff_id, subject)
);

-- What waits to be read. An item is alive only while its revision waits, or,
-- for a report, while it is public: the author changes the revision alone.
CREATE TABLE queue (
    id             TEXT PRIMARY KEY,
    post_id        TEXT NOT NULL,
    revision       BIGINT NOT NULL,
    thread_id      TEXT NOT NULL,
    topic          TEXT NOT NULL,
    kind           TEXT NOT NULL,                -- first | edit | report | appeal | reopened
    lane           TEXT NOT NULL,                -- now | soon | care | routine
    weight         BIGINT NOT NULL,
    proven         BIGINT NOT NULL,
    signals        TEXT NOT NULL,                -- JSON, with the words that caused them
    length         BIGINT NOT NULL,              -- characters of the clean text
    since_ms       BIGINT NOT NULL,
    rank_ms        BIGINT NOT NULL,              -- order within the lane, see dispatch.go
    look_ms        BIGINT NOT NULL,              -- when somebody should have looked
    due_ms         BIGINT NOT NULL,              -- when it should be decided
    state          TEXT NOT NULL DEFAULT 'open', -- open | decided
    claim_staff    TEXT NOT NULL DEFAULT '',
    claim_token    TEXT NOT NULL DEFAULT '',
    claim_until_ms BIGINT NOT NULL DEFAULT 0,
    needs          TEXT NOT NULL DEFAULT '',     -- second | lead
    note           TEXT NOT NULL DEFAULT '',     -- from who handed it on
    left_out       TEXT NOT NULL DEFAULT '',     -- its subjects that any reader has left out, space-separated, see leftout.go
    appeal         TEXT NOT NULL DEFAULT '',     -- the author's words
    alerted        BIGINT NOT NULL DEFAULT 0,    -- an alert was given: 1 that nobody has begun to read it, 2 that it is overdue
    decision_id    TEXT NOT NULL DEFAULT '',
    decided_ms     BIGINT NOT NULL DEFAULT 0,
    tell_after_ms  BIGINT NOT NULL DEFAULT 0,    -- the author's page answers as before until then
    knew_rev       BIGINT NOT NULL DEFAULT 0,    -- the newest wording and the public one as the author knew them before
    knew_up        BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX queue_one_open ON queue (post_id) WHERE state = 'open';
CREATE INDEX queue_by_post ON queue (post_id);
CREATE INDEX queue_order ON queue (lane, rank_ms, weight DESC, since_ms) WHERE state = 'open';
CREATE INDEX queue_left_out ON queue (lane, left_out, rank_ms, weight DESC, since_ms) WHERE state = 'open';
CREATE INDEX queue_by_age ON queue (since_ms, id) WHERE state = 'open';
CREATE INDEX queue_by_topic ON queue (topic, since_ms, id) WHERE state = 'open';
CREATE INDEX queue_by_lane ON queue (lane, since_ms, id) WHERE state = 'open';
CREATE INDEX queue_needs ON queue (needs, since_ms, id) WHERE state = 'open' AND needs <> '';
CREATE INDEX queue_claims ON queue (claim_staff) WHERE state = 'open' AND claim_staff <> '';
CREATE INDEX queue_claimed_by_age ON queue (since_ms, id) WHERE state = 'open' AND claim_staff <> '';
CREATE INDEX queue_by_due ON queue (lane, due_ms) WHERE state = 'open';
CREATE INDEX queue_unalerted ON queue (due_ms) WHERE state = 'open' AND alerted < 2;
CREATE INDEX queue_unread ON queue (look_ms) WHERE state = 'open' AND lane = 'now' AND alerted = 0;
CREATE INDEX queue_decided ON queue (decided_ms) WHERE state = 'decided';

CREATE TABLE queue_subjects (
    item_id TEXT NOT NULL REFERENCES queue (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    PRIMARY KEY (item_id, subject)
);
CREATE INDEX queue_subjects_by_subject ON queue_subjects (subject);

-- Who is not offered an item: for a while after passing it, and while anybody
-- else can read it after having had a part in it.
CREATE TABLE queue_skips (
    item_id  TEXT NOT NULL REFERENCES queue (id) ON DELETE CASCADE,
    staff_id TEXT NOT NULL,
    why      TEXT NOT NULL,                      -- pass | part
    until_ms BIGINT NOT NULL,                    -- for pass
    PRIMARY KEY (item_id, staff_id, why)
);

-- First verdicts, where two people are needed.
CREATE TABLE verdicts (
    item_id  TEXT NOT NULL REFERENCES queue (id) ON DELETE CASCADE,
    place    BIGINT NOT NULL,                    -- 1 or 2
    staff_id TEXT NOT NULL,
    act      TEXT NOT NULL,
    rule     TEXT NOT NULL,
    words    TEXT NOT NULL,
    PRIMARY KEY (item_id, place)
);

CREATE TABLE reports (
    id      TEXT PRIMARY KEY,
    post_id TEXT NOT NULL,
    reason  TEXT NOT NULL,
    words   TEXT NOT NULL,
    day     BIGINT NOT NULL,
    closed  TEXT NOT NULL DEFAULT ''             -- the decision that answered it
);
CREATE INDEX reports_by_post ON reports (post_id);
CREATE INDEX reports_open ON reports (post_id) WHERE closed = '';

CREATE TABLE decisions (
    id           TEXT PRIMARY KEY,
    item_id      TEXT NOT NULL,
    post_id      TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    made         BIGINT NOT NULL,                -- the revision it led to: the next one for a mask or a suggestion
    kind         TEXT NOT NULL,                  -- of the item
    lane         TEXT NOT NULL,
    act          TEXT NOT NULL,
    rule         TEXT NOT NULL,
    rule_version BIGINT NOT NULL,
    words        TEXT NOT NULL,                  -- to the author; goes after 30 days
    reason       TEXT NOT NULL,                  -- why one person decided alone; goes after 30 days
    staff_id     TEXT NOT NULL,
    other_id     TEXT NOT NULL DEFAULT '',       -- who else had a verdict
    alone        BIGINT NOT NULL DEFAULT 0,
    appealed     BIGINT NOT NULL DEFAULT 0,
    changed      BIGINT NOT NULL DEFAULT 0,      -- of an appeal: another outcome than before
    undone       BIGINT NOT NULL DEFAULT 0,
    thanked      BIGINT NOT NULL DEFAULT 0,
    day          BIGINT NOT NULL,
    audit_seq    BIGINT NOT NULL
);
CREATE INDEX decisions_by_post ON decisions (post_id, audit_seq);
CREATE INDEX decisions_by_day ON decisions (day);
CREATE INDEX decisions_by_seq ON decisions (audit_seq) WHERE undone = 0;
CREATE INDEX decisions_with_words ON decisions (day) WHERE words <> '' OR reason <> '';

CREATE TABLE guidelines (
    rule          TEXT NOT NULL,
    version       BIGINT NOT NULL,
    place         BIGINT NOT NULL,
    title         TEXT NOT NULL,
    words         TEXT NOT NULL,
    return_draft  TEXT NOT NULL,
    decline_draft TEXT NOT NULL,
    state         TEXT NOT NULL,                 -- proposed | current | past
    from_day      BIGINT NOT NULL,               -- when proposed: the first day on which it may come into force
    PRIMARY KEY (rule, version)
);
CREATE UNIQUE INDEX guidelines_one_current ON guidelines (rule) WHERE state = 'current';

CREATE TABLE guideline_comments (
    id      TEXT PRIMARY KEY,
    rule    TEXT NOT NULL,
    version BIGINT NOT NULL,
    words   TEXT NOT NULL,
    day     BIGINT NOT NULL
);
CREATE INDEX guideline_comments_by_rule ON guideline_comments (rule, version);

-- Append-only; every row vouches for the one before it.
CREATE TABLE audit (
    seq   BIGINT PRIMARY KEY,
    day   BIGINT NOT NULL,
    staff TEXT NOT NULL,
    act   TEXT NOT NULL,
    item  TEXT NOT NULL,
    rule  TEXT NOT NULL,
    prev  TEXT NOT NULL,
    hash  TEXT NOT NULL
);

-- How long things waited: counts by month, hour of the day, lane and wait.
CREATE TABLE waits (
    month  BIGINT NOT NULL,                      -- 12 × year + month
    hour   BIGINT NOT NULL,
    lane   TEXT NOT NULL,
    bucket BIGINT NOT NULL,                      -- number of the upper bound, see waits.go
    n      BIGINT NOT NULL,
    PRIMARY KEY (month, hour, lane, bucket)
);

CREATE TABLE tallies (
    month BIGINT NOT NULL,
    what  TEXT NOT NULL,                         -- received | appealed
    n     BIGINT NOT NULL,
    PRIMARY KEY (month, what)
);

-- The most that waited on a day.
CREATE TABLE queue_days (
    day     BIGINT NOT NULL,
    lane    TEXT NOT NULL,
    waiting BIGINT NOT NULL,
    overdue BIGINT NOT NULL,
    PRIMARY KEY (day, lane)
);

-- How often two readers agreed, by rule and never by person.
CREATE TABLE agreement (
    month  BIGINT NOT NULL,
    rule   TEXT NOT NULL,                        -- of the first verdict; the act where no rule was named
    pairs  BIGINT NOT NULL,
    agreed BIGINT NOT NULL,
    PRIMARY KEY (month, rule)
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    n    BIGINT NOT NULL
);

CREATE TABLE exclusions (
    id       TEXT PRIMARY KEY,
    post_id  TEXT NOT NULL,
    days     BIGINT NOT NULL,
    reason   TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    day      BIGINT NOT NULL
);

CREATE TABLE handovers (
    id       TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL,
    words    TEXT NOT NULL,
    day      BIGINT NOT NULL
);

-- What came back to those who read. Goes after 60 days.
CREATE TABLE thanks (
    id        TEXT PRIMARY KEY,
    staff_id  TEXT NOT NULL,
    what      TEXT NOT NULL,                     -- thanks | later
    thread_id TEXT NOT NULL,                     -- for later: where it is told how it went on
    day       BIGINT NOT NULL
);
CREATE INDEX thanks_by_staff ON thanks (staff_id);

-- What the leads changed in the lexicon of triage.
CREATE TABLE lexicon_changes (
    entry TEXT PRIMARY KEY,
    off   BIGINT NOT NULL,
    lane  TEXT NOT NULL                          -- "" leaves it as it is
);
