package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// What remains to be told after a wipe, and while it is going on.
///
/// @param order id of the order, or of the destruction
/// @param orderedBy name of the administrator who signed it, or the rule
/// @param reason what the administrator wrote
/// @param finished when the last key and file were gone; the epoch while it is still going on
/// @param receiptDelivered whether the server has the final receipt
/// @param wrongPins how many there were, where the rule for them destroyed the keys; 0 for an order
public record WipedNotice(
        Id order, String orderedBy, String reason, Instant finished, boolean receiptDelivered, int wrongPins) {
    private static final int NAME_LIMIT = 256;
    private static final int REASON_LIMIT = 2000;

    /// Of an order.
    public WipedNotice(Id order, String orderedBy, String reason, Instant finished, boolean receiptDelivered) {
        this(order, orderedBy, reason, finished, receiptDelivered, 0);
    }

    /// The notice that lies in a home; empty if the home was not wiped. A notice that cannot be read is none.
    public static Optional<WipedNotice> of(Home home) throws IOException {
        try {
            return Optional.of(of(Files.readAllBytes(home.wipeNotice())));
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    void write(Home home) throws IOException {
        DurableFile.write(home.wipeNotice(), toByteArray());
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        order.write(out);
        out.text(orderedBy).text(reason).instant(finished).bool(receiptDelivered);
        if (wrongPins > 0) {
            out.uint32(wrongPins);
        }
        return out.toByteArray();
    }

    /// Reads from bytes that hold nothing else.
    public static WipedNotice of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        WipedNotice notice = new WipedNotice(
                Id.read(in),
                in.text(NAME_LIMIT),
                in.text(REASON_LIMIT),
                in.instant(),
                in.bool(),
                // Notices from before there were rules end here, and so do those of orders.
                in.isAtEnd() ? 0 : in.uint32(Integer.MAX_VALUE));
        in.end();
        return notice;
    }
}
