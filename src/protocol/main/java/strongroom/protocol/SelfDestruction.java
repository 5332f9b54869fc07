package strongroom.protocol;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device says when it destroys its own keys, because its organisation's rule for wrong PINs says so; signed by
/// its statement key before it begins. Its id stands in the receipt, as that of an order does.
///
/// @param id of this destruction, random
/// @param device which device
/// @param policy number of the {@link strongroom.protocol.policy.PinPolicy} that says so
/// @param wrongPins how many there were since the last right one
/// @param at when, by the device's clock
public record SelfDestruction(Id id, Id device, long policy, int wrongPins, Instant at) {
    /// Refuses what no device can say.
    public SelfDestruction {
        if (policy < 1 || wrongPins < 1) {
            throw new IllegalArgumentException("not a destruction");
        }
    }

    /// Reads what `device` signed.
    public static SelfDestruction open(Signed signed, VerifyingKey device) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(device, Signed.Purpose.SELF_DESTRUCTION));
        Id id = Id.read(in);
        Id whose = Id.read(in);
        long policy = in.int64();
        int wrongPins = in.uint32(Integer.MAX_VALUE);
        Instant at = in.instant();
        in.end();
        try {
            return new SelfDestruction(id, whose, policy, wrongPins, at);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not a destruction", e);
        }
    }

    /// Has the device's statement key sign it.
    public Signed sign(Signer statementKey) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        id.write(out);
        device.write(out);
        out.int64(policy).uint32(wrongPins).instant(at);
        return Signed.by(statementKey, Signed.Purpose.SELF_DESTRUCTION, out.toByteArray());
    }
}
