package strongroom.vault.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Locale;

/// Says in the words of the store what disk and database said.
final class Failure {
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_NOT_A_DATABASE = 26;

    private Failure() {}

    static StoreException of(IOException e) {
        if (e.getCause() instanceof StoreException known) {
            return known;
        }
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            return cancelled();
        }
        if (e instanceof ClosedChannelException) {
            return closed();
        }
        return saysFull(e)
                ? full(e)
                : new StoreException(StoreException.Why.IO, "The store's files cannot be read or written.", e);
    }

    static StoreException of(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case SQLITE_FULL -> full(e);
            case SQLITE_CORRUPT, SQLITE_NOT_A_DATABASE -> damaged("The store's database is damaged.", e);
            default ->
                saysFull(e)
                        ? full(e)
                        : new StoreException(
                                StoreException.Why.IO, "The store's database cannot be read or written.", e);
        };
    }

    static boolean isFull(SQLException e) {
        return of(e).why() == StoreException.Why.DISK_FULL;
    }

    static StoreException damaged(String sentence, Throwable cause) {
        return new StoreException(StoreException.Why.DAMAGED, sentence, cause);
    }

    static StoreException contradiction(String sentence) {
        return new StoreException(StoreException.Why.CONTRADICTION, sentence);
    }

    static StoreException forged() {
        return contradiction(
                "The server sent a change that is not from anyone who may write here. It was not used and nothing was"
                        + " lost; nothing is sent until the server shows the true history. Tell your administrator.");
    }

    static StoreException closed() {
        return new StoreException(StoreException.Why.CLOSED, "The vault is locked.");
    }

    static StoreException cancelled() {
        return new StoreException(StoreException.Why.CANCELLED, "The work was ended before it was done.");
    }

    static StoreException notFound() {
        return new StoreException(StoreException.Why.NOT_FOUND, "There is no such document or folder any more.");
    }

    static StoreException notLocal() {
        return new StoreException(StoreException.Why.NOT_LOCAL, "A part of the document is not on this device.");
    }

    static StoreException full(Exception e) {
        return new StoreException(
                StoreException.Why.DISK_FULL, "The disk is full. What was finished before is safe.", e);
    }

    private static boolean saysFull(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            String message = at.getMessage() == null ? "" : at.getMessage().toLowerCase(Locale.ROOT);
            if (message.contains("no space left")
                    || message.contains("not enough space")
                    || message.contains("quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
