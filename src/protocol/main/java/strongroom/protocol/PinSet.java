package strongroom.protocol;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The server keys that clients accept: SHA-256 over the SubjectPublicKeyInfo (as in RFC 7469 §2.4) of the key in
/// use and of at least one that waits in reserve. Signed by the root; a higher number replaces a lower one, never
/// the other way round.
///
/// @param organisation the organisation's name, as people read it
/// @param number counts up with each new set
/// @param pins two or more
/// @param issued when
public record PinSet(String organisation, long number, List<Digest> pins, Instant issued) {
    private static final int NAME_LIMIT = 256;
    private static final int PIN_LIMIT = 16;

    /// Copies the list and refuses fewer than two pins: with one, a lost server key strands every client.
    public PinSet {
        pins = List.copyOf(pins);
        if (pins.size() < 2) {
            throw new IllegalArgumentException("a pin set has two pins at least");
        }
    }

    /// Reads a pin set that the root signed.
    public static PinSet open(Signed signed, VerifyingKey root) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(root, Signed.Purpose.PIN_SET));
        String organisation = in.text(NAME_LIMIT);
        long number = in.int64();
        List<Digest> pins = in.list(PIN_LIMIT, Digest::read);
        Instant issued = in.instant();
        in.end();
        if (pins.size() < 2) {
            throw new MalformedException("a pin set has two pins at least");
        }
        return new PinSet(organisation, number, pins, issued);
    }

    /// Has the root sign this set.
    public Signed sign(Signer root) throws Signer.SigningException {
        byte[] payload = new CanonicalWriter()
                .text(organisation)
                .int64(number)
                .list(pins, (out, pin) -> pin.write(out))
                .instant(issued)
                .toByteArray();
        return Signed.by(root, Signed.Purpose.PIN_SET, payload);
    }
}
