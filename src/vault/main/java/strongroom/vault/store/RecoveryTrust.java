package strongroom.vault.store;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// To whom the person's keys may be sealed without asking them. It stands in the sealed identity, since what
/// the agent and the files of the home say can be changed by whoever has the user's account, and no person
/// looks.
///
/// @param root fingerprint of the organisation's root key, from the enrolment code
/// @param number of the recovery key that the keys were sealed to last, 0 if there was none
/// @param key its fingerprint, zero if there was none
public record RecoveryTrust(Digest root, long number, Digest key) {
    /// Before there was any recovery key.
    public static RecoveryTrust in(Digest root) {
        return new RecoveryTrust(root, 0, Digest.ZERO);
    }

    /// The same after something was sealed to `next`.
    ///
    /// @return null if that is an earlier key than the last one, or another one of its number
    public @Nullable RecoveryTrust after(RecoveryKey next) {
        boolean goesOn = next.number() > number
                || next.number() == number && next.fingerprint().equals(key);
        return goesOn ? new RecoveryTrust(root, next.number(), next.fingerprint()) : null;
    }

    static RecoveryTrust read(CanonicalReader in) throws MalformedException {
        return new RecoveryTrust(Digest.read(in), in.int64(), Digest.read(in));
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        root.write(out);
        out.int64(number);
        key.write(out);
        return out.toByteArray();
    }
}
