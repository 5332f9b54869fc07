package strongroom.vault.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Change;

/// A commit of the server's log that was checked: it continues the chain, and was written by who may.
///
/// @param at its place and hash
record Incoming(Exchange.Head at, Change change) {
    /// What a check found.
    ///
    /// @param good in order, up to the first whose key has not come yet, or that does not hold
    /// @param bad that which does not hold, if one does not
    record Checked(List<Incoming> good, @Nullable Bad bad) {}

    /// A place of the log where the inbox does not hold what it must.
    ///
    /// @param sequence the place
    /// @param forged the hash of what nobody wrote who may; null if the row is damaged or gone
    record Bad(long sequence, @Nullable Digest forged) {}

    /// Checks commits in order.
    ///
    /// @param known where the server's log ends, as far as it has come in
    static Checked check(
            Id vault,
            VaultKeys keys,
            List<LogTable.Row> rows,
            Exchange.Head applied,
            Exchange.Head known,
            Authors authors)
            throws StoreException {
        List<Incoming> good = new ArrayList<>();
        Exchange.Head head = applied;
        for (LogTable.Row row : rows) {
            long next = head.sequence() + 1;
            Commit commit = next(vault, row, head);
            if (commit == null) {
                return new Checked(good, new Bad(next, null));
            }
            try {
                CommitHeader header = commit.open(author(commit, vault, authors));
                if (!keys.has(header.epoch())) {
                    return new Checked(good, null);
                }
                head = new Exchange.Head(next, commit.hash());
                good.add(new Incoming(head, keys.open(header.epoch(), commit.body())));
            } catch (MalformedException | NotAuthenticException e) {
                return new Checked(good, new Bad(next, commit.hash()));
            }
        }
        return new Checked(good, head.sequence() < known.sequence() ? new Bad(head.sequence() + 1, null) : null);
    }

    /// The commit of a row, if it is the next of the log. The agent took it as such, so if it is not, the row is no
    /// longer what it was.
    private static @Nullable Commit next(Id vault, LogTable.Row row, Exchange.Head head) {
        try {
            Commit commit = row.commit();
            CommitHeader header = commit.unverifiedHeader();
            boolean follows = header.vault().equals(vault)
                    && header.sequence() == head.sequence() + 1
                    && header.parent().equals(head.hash());
            return follows ? commit : null;
        } catch (MalformedException e) {
            return null;
        }
    }

    private static VerifyingKey author(Commit commit, Id vault, Authors authors) throws MalformedException {
        return authors.keyOf(vault, commit.unverifiedHeader().person())
                .orElseThrow(() -> new MalformedException("written by somebody who may not"));
    }
}
