package strongroom.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;

/// Destroys what is past its time, unless the clock may be wrong: it must have run on, without a leap, for a day. A
/// laptop whose clock is ahead would otherwise destroy everybody's earlier versions at once. A week without anybody
/// looking is no leap; after a longer time the proof begins anew, which only puts off what is due.
final class Expiry {
    private static final Duration PROOF = Duration.ofDays(1);
    private static final Duration LEAP = Duration.ofDays(8);
    private static final int FORMAT = 1;

    /// How the clock ran. @param since from when on without a leap @param last when it was looked at last
    private record Run(Instant since, Instant last) {
        private static Run of(byte[] encoded) throws MalformedException {
            CanonicalReader in = new CanonicalReader(encoded);
            if (in.uint8() != FORMAT) {
                throw new MalformedException("a run of the clock of an unknown format");
            }
            Run run = new Run(in.instant(), in.instant());
            in.end();
            return run;
        }

        private byte[] toByteArray() {
            return new CanonicalWriter()
                    .uint8(FORMAT)
                    .instant(since)
                    .instant(last)
                    .toByteArray();
        }

        private Run at(Instant now) {
            boolean leap = now.isBefore(last) || now.isAfter(last.plus(LEAP));
            return new Run(leap ? now : since, now);
        }
    }

    private final Database database;
    private final SealedRows rows;
    private final Clock clock;

    Expiry(Database database, SealedRows rows, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    /// @return whether anything was destroyed
    boolean run(List<OpenVault> vaults, Retention retention) throws StoreException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Run run = database.write(connection -> look(connection, now));
        if (run.since.plus(PROOF).isAfter(now)) {
            return false;
        }
        boolean destroyed = false;
        for (OpenVault vault : vaults) {
            destroyed |= vault.destroy(tree -> retention.due(tree, now));
        }
        return destroyed;
    }

    private Run look(Connection connection, Instant now) throws SQLException {
        Optional<SealedRows.Row> row =
                SealedRows.find(connection, SealedRows.Kind.CLOCK, SealedRows.NOBODY, SealedRows.NOBODY);
        Run run = row.flatMap(this::open).map(before -> before.at(now)).orElse(new Run(now, now));
        long version = row.map(SealedRows.Row::version).orElse(0L) + 1;
        rows.put(connection, SealedRows.Kind.CLOCK, SealedRows.NOBODY, SealedRows.NOBODY, version, run.toByteArray());
        return run;
    }

    private Optional<Run> open(SealedRows.Row row) {
        try {
            return Optional.of(Run.of(rows.open(row)));
        } catch (NotAuthenticException | MalformedException e) {
            // The proof begins anew.
            return Optional.empty();
        }
    }
}
