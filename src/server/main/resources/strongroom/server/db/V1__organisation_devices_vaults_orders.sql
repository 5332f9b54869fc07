-- Times are milliseconds since 1970; ids and digests are raw bytes; "statement" columns hold canonical bytes as they
-- were signed, so that whoever gets them can check the signature.

CREATE TABLE person (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name        TEXT    NOT NULL UNIQUE,
    signing_key BLOB,
    created     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE device (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    person        BLOB    NOT NULL REFERENCES person (id),
    status        TEXT    NOT NULL CHECK (status IN ('ACTIVE', 'FROZEN', 'WIPE_PENDING', 'WIPED', 'REVOKED')),
    first         INTEGER NOT NULL CHECK (first IN (0, 1)),
    proof         BLOB    NOT NULL,
    statement_key BLOB    NOT NULL,
    granted       BLOB,
    enrolled      INTEGER NOT NULL,
    last_seen     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX device_of_person ON device (person);
-- A person's keys are made once: two first devices would be two persons with one name.
CREATE UNIQUE INDEX one_first_device ON device (person) WHERE first = 1;

CREATE TABLE certificate (
    fingerprint BLOB    NOT NULL PRIMARY KEY CHECK (length(fingerprint) = 32),
    device      BLOB    NOT NULL REFERENCES device (id),
    encoded     BLOB    NOT NULL,
    not_after   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX certificate_of_device ON certificate (device);

CREATE TABLE code (
    fingerprint   BLOB    NOT NULL PRIMARY KEY CHECK (length(fingerprint) = 32),
    person        BLOB    NOT NULL REFERENCES person (id),
    administrator BLOB    NOT NULL,
    statement     BLOB    NOT NULL,
    signing_key   BLOB    NOT NULL,
    not_after     INTEGER NOT NULL,
    -- set together, by the one enrolment that used the code
    request       BLOB,
    device        BLOB REFERENCES device (id),
    CHECK ((request IS NULL) = (device IS NULL))
) WITHOUT ROWID;

CREATE TABLE vault (
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    sequence INTEGER NOT NULL DEFAULT 0,
    head     BLOB    NOT NULL CHECK (length(head) = 32),
    created  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE vault_key (
    vault     BLOB    NOT NULL REFERENCES vault (id),
    person    BLOB    NOT NULL REFERENCES person (id),
    epoch     INTEGER NOT NULL CHECK (epoch > 0),
    statement BLOB    NOT NULL,
    PRIMARY KEY (vault, person, epoch)
) WITHOUT ROWID;

CREATE INDEX vault_key_of_person ON vault_key (person);

CREATE TABLE vault_commit (
    vault    BLOB    NOT NULL REFERENCES vault (id),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    device   BLOB    NOT NULL REFERENCES device (id),
    at       INTEGER NOT NULL,
    encoded  BLOB    NOT NULL,
    PRIMARY KEY (vault, sequence)
);

CREATE TABLE chunk (
    vault  BLOB    NOT NULL REFERENCES vault (id),
    id     BLOB    NOT NULL CHECK (length(id) = 32),
    size   INTEGER NOT NULL,
    sha256 BLOB    NOT NULL CHECK (length(sha256) = 32),
    at     INTEGER NOT NULL,
    PRIMARY KEY (vault, id)
) WITHOUT ROWID;

CREATE TABLE device_order (
    id        BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    device    BLOB    NOT NULL REFERENCES device (id),
    number    INTEGER NOT NULL CHECK (number > 0),
    action    TEXT    NOT NULL CHECK (action IN ('WIPE', 'FREEZE', 'THAW', 'DRILL')),
    state     TEXT    NOT NULL CHECK (state IN ('ISSUED', 'DELIVERED', 'RECEIVED', 'FAILED', 'DONE')),
    statement BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (device, number)
) WITHOUT ROWID;

CREATE TABLE receipt (
    device_order BLOB    NOT NULL REFERENCES device_order (id),
    fingerprint  BLOB    NOT NULL CHECK (length(fingerprint) = 32),
    stage        TEXT    NOT NULL CHECK (stage IN ('RECEIVED', 'DONE', 'FAILED')),
    statement    BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (device_order, fingerprint)
) WITHOUT ROWID;

-- Nonces of administrators' requests, kept as long as the request they stand in is good.
CREATE TABLE admin_nonce (
    nonce BLOB    NOT NULL PRIMARY KEY CHECK (length(nonce) = 16),
    until INTEGER NOT NULL
) WITHOUT ROWID;

-- Each row's hash covers the row before it: a row changed, removed or put in breaks the chain.
CREATE TABLE audit (
    sequence      INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
    at            INTEGER NOT NULL,
    administrator BLOB    NOT NULL CHECK (length(administrator) = 32),
    act           TEXT    NOT NULL,
    object        BLOB    NOT NULL,
    hash          BLOB    NOT NULL CHECK (length(hash) = 32)
);
