package strongroom.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;

/// Commits that the server handed out and that nobody who may write has made. The agent, which cannot tell, took them;
/// the window, which can, takes them out again, with everything behind them, so that the log known here ends with
/// what was verified and the true log can follow. Their hashes stay: as long as the server shows one of them, the agent
/// takes nothing from it and sends nothing to it. Statements only: the caller has the transaction.
final class RefusedCommits {
    private RefusedCommits() {}

    /// Takes a place of the inbox, and all behind it, out of inbox and history.
    ///
    /// @return whether the server sent what stood there; otherwise it was damaged here, and may come again
    static boolean takeOut(Connection connection, Id vault, Incoming.Bad bad) throws SQLException {
        Digest sent = Heads.at(connection, vault, bad.sequence());
        LogTable.INBOX.deleteFrom(connection, vault, bad.sequence());
        Heads.deleteFrom(connection, vault, bad.sequence());
        @Nullable Digest forged = bad.forged();
        if (forged == null || !forged.equals(sent)) {
            return false;
        }
        String insert = "INSERT OR IGNORE INTO refused (vault, hash) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setBytes(2, sent.toByteArray());
            statement.executeUpdate();
        }
        return true;
    }

    /// Whether a commit was taken out before.
    static boolean has(Connection connection, Id vault, Digest hash) throws SQLException {
        String query = "SELECT 1 FROM refused WHERE vault = ? AND hash = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, vault.toByteArray());
            statement.setBytes(2, hash.toByteArray());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
