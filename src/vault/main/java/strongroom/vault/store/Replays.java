package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;

/// The whole log of a vault once more: asked for by the window when its catalogue is damaged, brought by the agent from
/// the server, checked against the hashes of every commit that this device knows. Statements only: the caller has the
/// transaction.
final class Replays {
    static final String WANTED = """
        CREATE TABLE IF NOT EXISTS replay_wanted (vault BLOB PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID""";
    static final String LOG = """
        CREATE TABLE IF NOT EXISTS replay (vault BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
            parent BLOB NOT NULL, encoded BLOB NOT NULL, UNIQUE (vault, sequence))""";

    private Replays() {}

    /// The agent shall bring the log from its beginning.
    static void want(Connection connection, Id vault) throws SQLException {
        drop(connection, vault);
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO replay_wanted (vault, next) VALUES (?, 1)")) {
            statement.setBytes(1, vault.toByteArray());
            statement.executeUpdate();
        }
    }

    /// The number of the next commit to bring; empty if nothing is asked for, or all of it is here.
    static OptionalLong next(Connection connection, Id vault) throws SQLException {
        OptionalLong next = wanted(connection, vault);
        return next.isPresent()
                        && next.getAsLong() > Heads.of(connection, vault).sequence()
                ? OptionalLong.empty()
                : next;
    }

    private static OptionalLong wanted(Connection connection, Id vault) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT next FROM replay_wanted WHERE vault = ?")) {
            statement.setBytes(1, vault.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /// Keeps commits from the server, in order from {@link #next} on.
    ///
    /// @throws StoreException `CONTRADICTION` if one is not what the server had shown in that place before
    static void take(Connection connection, Id vault, List<Commit> commits) throws SQLException, StoreException {
        long next = next(connection, vault).orElse(0);
        for (Commit commit : commits) {
            if (next == 0 || next > Heads.of(connection, vault).sequence()) {
                break;
            }
            CommitHeader header = header(commit);
            if (header.sequence() != next
                    || !commit.hash().equals(Heads.at(connection, vault, next))
                    || !header.body().equals(Digest.sha256(commit.body()))) {
                throw Failure.contradiction("The server's history of a vault is not the one known here.");
            }
            LogTable.REPLAY.insert(connection, vault, next, header.parent(), commit);
            next++;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE replay_wanted SET next = ? WHERE vault = ?")) {
            statement.setLong(1, next);
            statement.setBytes(2, vault.toByteArray());
            statement.executeUpdate();
        }
    }

    private static CommitHeader header(Commit commit) throws StoreException {
        try {
            return commit.unverifiedHeader();
        } catch (MalformedException e) {
            throw new StoreException(
                    StoreException.Why.CONTRADICTION, "The server sent something that is no change.", e);
        }
    }

    /// Whether the log was asked for and all of it is here, up to what still waits in the inbox.
    static boolean isComplete(Connection connection, Id vault) throws SQLException {
        OptionalLong next = wanted(connection, vault);
        long last = LogTable.INBOX
                .first(connection, vault)
                .map(row -> row.sequence() - 1)
                .orElse(Heads.of(connection, vault).sequence());
        return next.isPresent() && next.getAsLong() > last;
    }

    static void drop(Connection connection, Id vault) throws SQLException {
        LogTable.REPLAY.deleteUntil(connection, vault, Long.MAX_VALUE);
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM replay_wanted WHERE vault = ?")) {
            statement.setBytes(1, vault.toByteArray());
            statement.executeUpdate();
        }
    }
}
