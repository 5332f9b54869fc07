package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;

/// Which chunks the tables of the exchange name: those that go up or come down, and those of commits that wait.
/// Statements only: the caller has the transaction.
final class Named {
    private Named() {}

    /// @throws MalformedException if a commit that waits is damaged, so that it cannot be said
    static Set<Digest> byExchange(Connection connection) throws SQLException, MalformedException {
        Set<Digest> named = new HashSet<>();
        for (Id vault : Heads.vaults(connection)) {
            named.addAll(Transfers.toSend(connection, vault, Integer.MAX_VALUE));
            named.addAll(Transfers.absent(connection, vault));
            for (LogTable table : List.of(LogTable.INBOX, LogTable.OUTBOX)) {
                for (LogTable.Row row : table.from(connection, vault, 0, Integer.MAX_VALUE)) {
                    named.addAll(row.commit().unverifiedHeader().chunks());
                }
            }
        }
        return named;
    }
}
