-- Every policy of each kind that was ever in force, as it was signed; the one with the highest number of its kind is.
CREATE TABLE policy (
    kind      TEXT    NOT NULL,
    number    INTEGER NOT NULL CHECK (number > 0),
    statement BLOB    NOT NULL,
    PRIMARY KEY (kind, number)
) WITHOUT ROWID;

INSERT INTO policy (kind, number, statement) SELECT 'share', number, statement FROM share_policy;
DROP TABLE share_policy;
