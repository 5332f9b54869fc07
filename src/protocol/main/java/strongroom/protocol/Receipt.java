package strongroom.protocol;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device says it did about an order; signed by its statement key.
///
/// @param order which order
/// @param device which device
/// @param stage how far it is
/// @param at when, by the device's clock
/// @param destroyed what is gone, in the device's words: kinds and counts, never names of documents
/// @param remaining what could not be destroyed, and why
public record Receipt(Id order, Id device, Stage stage, Instant at, List<String> destroyed, List<String> remaining) {
    private static final int LINES = 256;
    private static final int LINE_LIMIT = 512;

    /// How far an order is.
    public enum Stage {
        /// Verified and about to be carried out.
        RECEIVED(1),
        /// Carried out.
        DONE(2),
        /// Refused, or not wholly carried out; `remaining` says why.
        FAILED(3);

        private final int code;

        Stage(int code) {
            this.code = code;
        }

        private static Stage of(int code) throws MalformedException {
            for (Stage stage : values()) {
                if (stage.code == code) {
                    return stage;
                }
            }
            throw new MalformedException("unknown stage of a receipt");
        }
    }

    /// Copies the lists.
    public Receipt {
        destroyed = List.copyOf(destroyed);
        remaining = List.copyOf(remaining);
    }

    /// Reads a receipt that `device` signed.
    public static Receipt open(Signed signed, VerifyingKey device) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(device, Signed.Purpose.RECEIPT));
        Receipt receipt = new Receipt(
                Id.read(in),
                Id.read(in),
                Stage.of(in.uint8()),
                in.instant(),
                in.list(LINES, line -> line.text(LINE_LIMIT)),
                in.list(LINES, line -> line.text(LINE_LIMIT)));
        in.end();
        return receipt;
    }

    /// Has the device's statement key sign this receipt.
    public Signed sign(Signer statementKey) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        order.write(out);
        device.write(out);
        out.uint8(stage.code).instant(at).list(destroyed, CanonicalWriter::text).list(remaining, CanonicalWriter::text);
        return Signed.by(statementKey, Signed.Purpose.RECEIPT, out.toByteArray());
    }
}
