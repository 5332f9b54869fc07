package strongroom.vault.store;

import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.catalog.Change;

/// A commit of the server's log that was checked: it continues the chain, and was written by who may.
///
/// @param at its place and hash
record Incoming(Exchange.Head at, Change change) {
    /// Checks commits in order; stops before the first whose key has not come yet, or that does not hold.
    ///
    /// @throws StoreException `CONTRADICTION` if the very first does not hold
    static List<Incoming> check(
            Id vault, VaultKeys keys, List<LogTable.Row> rows, Exchange.Head applied, Authors authors)
            throws StoreException {
        List<Incoming> good = new ArrayList<>();
        Exchange.Head head = applied;
        for (LogTable.Row row : rows) {
            try {
                Commit commit = row.commit();
                CommitHeader header = commit.open(author(commit, vault, authors));
                if (!header.vault().equals(vault)
                        || header.sequence() != head.sequence() + 1
                        || !header.parent().equals(head.hash())) {
                    throw new MalformedException("not the next of the log");
                }
                if (!keys.has(header.epoch())) {
                    return good;
                }
                head = new Exchange.Head(header.sequence(), commit.hash());
                good.add(new Incoming(head, keys.open(header.epoch(), commit.body())));
            } catch (MalformedException | NotAuthenticException e) {
                if (good.isEmpty()) {
                    throw new StoreException(
                            StoreException.Why.CONTRADICTION,
                            "The server sent a change that is not from anyone who may write here.",
                            e);
                }
                // What came before it holds; it is refused when it is the first.
                return good;
            }
        }
        return good;
    }

    private static VerifyingKey author(Commit commit, Id vault, Authors authors) throws MalformedException {
        return authors.keyOf(vault, commit.unverifiedHeader().person())
                .orElseThrow(() -> new MalformedException("written by somebody who may not"));
    }
}
