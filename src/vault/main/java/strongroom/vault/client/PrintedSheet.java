package strongroom.vault.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import strongroom.protocol.Digest;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;

/// A code and the slot that it will open: in memory alone until the code was typed back. A lock closes it and
/// waits for nobody.
final class PrintedSheet implements RecoverySheet {
    private final RecoveryCode code;
    private final RecoverySlot slot;
    private final PrintedSlot place;
    private final Consumer<Digest> shown;
    private volatile boolean closed;

    /// @param code taken over @param shown told of the slot once the code was typed back
    PrintedSheet(RecoveryCode code, RecoverySlot slot, PrintedSlot place, Consumer<Digest> shown) {
        this.code = code;
        this.slot = slot;
        this.place = place;
        this.shown = shown;
    }

    @Override
    public char[] code() throws ClientException {
        refuseIfClosed();
        try {
            return code.text();
        } catch (IllegalStateException expected) {
            // Closed meanwhile.
            throw Sentences.locked();
        }
    }

    @Override
    public String number() {
        return PrintedSlot.number(slot);
    }

    @Override
    public Instant made() {
        return slot.made();
    }

    @Override
    public void confirm(char[] typed) throws ClientException {
        try {
            refuseIfClosed();
            try (RecoveryCode again = RecoveryCodes.read(typed)) {
                place.put(slot, again);
                shown.accept(slot.digest());
            }
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private void refuseIfClosed() throws ClientException {
        if (closed) {
            throw Sentences.locked();
        }
    }

    @Override
    public void close() {
        closed = true;
        code.close();
    }
}
