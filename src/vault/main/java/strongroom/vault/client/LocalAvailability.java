package strongroom.vault.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import strongroom.protocol.Id;
import strongroom.vault.store.Eviction;
import strongroom.vault.store.LocalCopies;
import strongroom.vault.store.Missing;
import strongroom.vault.store.StoreException;

/// The availability of one unlock: plain data on this side, the store on the other.
final class LocalAvailability implements Availability {
    private static final long LOOK_MILLISECONDS = 100;

    private final UnlockedVault vault;

    LocalAvailability(UnlockedVault vault) {
        this.vault = vault;
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(LocalCopies copies) throws StoreException;
    }

    private <T> T call(Call<T> call) throws ClientException {
        try {
            return call.on(vault.documents().localCopies());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public void keep(Id entry, boolean stays) throws ClientException {
        call(copies -> {
            copies.keep(entry, stays);
            return stays;
        });
        vault.changed();
    }

    @Override
    public boolean isKept(Id entry) throws ClientException {
        return call(copies -> copies.isKept(entry));
    }

    @Override
    public void fetch(Id entry, Progress progress) throws ClientException {
        Missing before = call(copies -> copies.fetch(entry));
        while (before.chunks() > 0) {
            SyncState state = contact(entry, before, progress);
            Missing after = call(copies -> copies.fetch(entry));
            if (after.equals(before)) {
                throw away(state);
            }
            before = after;
        }
    }

    /// One contact with the server, looked at from time to time.
    private SyncState contact(Id entry, Missing before, Progress progress) throws ClientException {
        CompletableFuture<SyncState> contact = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                contact.complete(vault.syncNow());
            } catch (ClientException e) {
                contact.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                SyncState state = contact.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                progress.at(before.chunks(), before.chunks(), before.bytes(), before.bytes());
                return state;
            } catch (TimeoutException goesOn) {
                Missing now = call(copies -> copies.missing(entry));
                progress.at(
                        Math.max(0, before.chunks() - now.chunks()),
                        before.chunks(),
                        Math.max(0, before.bytes() - now.bytes()),
                        before.bytes());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClientException(Problem.CANCELLED, "The fetching was ended. What has come stays.", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ClientException known) {
                    throw known;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static ClientException away(SyncState state) {
        return state instanceof SyncState.UpToDate
                ? new ClientException(Problem.STORE_DAMAGED, "The server does not have this document any more.")
                : new ClientException(
                        Problem.OFFLINE,
                        "The document is not on this device, and the server cannot be reached. Try again when it can.");
    }

    @Override
    public long evict(Id entry) throws ClientException {
        long freed = call(copies -> copies.evict(entry));
        vault.changed();
        return freed;
    }

    @Override
    public long evictUnused(int days) throws ClientException {
        long freed = call(copies -> copies.evict(new Eviction(Duration.ofDays(days), Long.MAX_VALUE, 0)));
        vault.changed();
        return freed;
    }
}
