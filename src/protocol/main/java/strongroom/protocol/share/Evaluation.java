package strongroom.protocol.share;

import java.util.Arrays;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a server answers to a blinded PIN (RFC 9497 §3.3.2). It counted a try; the confirmation gives it back.
///
/// @param element the evaluated element, {@link ShareKey#POINT} bytes; not copied
/// @param proof that the key of the slot was used: two scalars of 32 bytes; not copied
/// @param ticket names this try in its confirmation
/// @param triesLeft before the server pauses, after this one
public record Evaluation(byte[] element, byte[] proof, Id ticket, int triesLeft) {
    /// Size of the proof, in bytes.
    public static final int PROOF = 64;

    /// Reads from bytes that hold nothing else.
    public static Evaluation of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        Evaluation evaluation =
                new Evaluation(in.fixed(ShareKey.POINT), in.fixed(PROOF), Id.read(in), in.uint32(Integer.MAX_VALUE));
        in.end();
        return evaluation;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().fixed(element).fixed(proof);
        ticket.write(out);
        return out.uint32(triesLeft).toByteArray();
    }

    /// Says that the slot opened with what came of this try: only who has the store's root key can sign it.
    ///
    /// @param key the slot's own, whose public half the server has
    public Signed confirm(Id slot, Signer key) throws Signer.SigningException {
        return Signed.by(key, Signed.Purpose.SHARE_CONFIRMATION, confirmation(slot, ticket));
    }

    /// The ticket of the try that it confirms.
    ///
    /// @throws MalformedException if `key` did not sign it, or signed it for another slot
    public static Id confirmed(Signed confirmation, VerifyingKey key, Id slot) throws MalformedException {
        CanonicalReader in = new CanonicalReader(confirmation.open(key, Signed.Purpose.SHARE_CONFIRMATION));
        Id said = Id.read(in);
        Id ticket = Id.read(in);
        in.end();
        if (!said.equals(slot)) {
            throw new MalformedException("it confirms a try of another slot");
        }
        return ticket;
    }

    private static byte[] confirmation(Id slot, Id ticket) {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        ticket.write(out);
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evaluation that && ticket.equals(that.ticket) && Arrays.equals(element, that.element);
    }

    @Override
    public int hashCode() {
        return ticket.hashCode();
    }
}
