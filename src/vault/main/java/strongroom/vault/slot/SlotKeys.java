package strongroom.vault.slot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// The keys of a slot, each HKDF-SHA-256 (RFC 5869) for one purpose. P is the PIN's hash, D what the machine
/// sealed, S the server's share, R the root key. All are closed by the caller, all arguments borrowed.
final class SlotKeys {
    private static final int SIZE = 32;
    private static final byte[] NO_SALT = {};

    private SlotKeys() {}

    /// What the machine is shown where it counts wrong PINs itself: of P alone.
    static SecretBytes authorisation(SecretBytes hash) {
        return Hkdf.derive(hash, NO_SALT, ascii("strongroom seal authorisation v1"), SIZE);
    }

    /// What the machine is shown where it counts nothing: of P and S, so that whoever has machine and disk has
    /// nothing to try PINs against.
    static SecretBytes authorisation(SecretBytes hash, SecretBytes share) {
        try (SecretBytes both = SecretBytes.join(hash, share)) {
            return Hkdf.derive(both, NO_SALT, ascii("strongroom seal authorisation v2"), SIZE);
        }
    }

    /// What the server answers to, blinded.
    static SecretBytes shareInput(SecretBytes hash, Id slot) {
        return Hkdf.derive(hash, NO_SALT, of("strongroom server share v1", slot), SIZE);
    }

    /// What opens a lease.
    static SecretBytes leaseAuthorisation(SecretBytes hash, Id slot) {
        return Hkdf.derive(hash, NO_SALT, of("strongroom lease authorisation v1", slot), SIZE);
    }

    /// U of a slot without a share.
    static SecretBytes unlock(SecretBytes device, SecretBytes hash, Id slot) {
        try (SecretBytes all = SecretBytes.join(device, hash)) {
            return Hkdf.derive(all, NO_SALT, of("strongroom unlock v1", slot), SIZE);
        }
    }

    /// U of a slot with a share.
    static SecretBytes unlock(SecretBytes device, SecretBytes hash, SecretBytes share, Id slot) {
        try (SecretBytes all = SecretBytes.join(device, hash, share)) {
            return Hkdf.derive(all, NO_SALT, of("strongroom unlock v2", slot), SIZE);
        }
    }

    /// The name of the slot that takes the place of this one. Whoever is cut off and begins again asks the server
    /// for the same slot, and not for one more each time: it keeps few for a device.
    static Id next(SecretBytes root, Id slot) {
        try (SecretBytes name = Hkdf.derive(root, NO_SALT, of("strongroom next slot v1", slot), Id.SIZE)) {
            return name.<Id, RuntimeException>use(bytes -> Id.of(bytes.clone()));
        }
    }

    /// Names the store that a recovery slot is for.
    static Id store(SecretBytes root) {
        try (SecretBytes name = Hkdf.derive(root, NO_SALT, ascii("strongroom store id v1"), Id.SIZE)) {
            return name.<Id, RuntimeException>use(bytes -> Id.of(bytes.clone()));
        }
    }

    /// Wraps R in a recovery slot. @param symbols of the code
    static SecretBytes recovery(SecretBytes symbols, Id slot, Id store) {
        byte[] info = new CanonicalWriter()
                .fixed(of("strongroom recovery slot v1", slot))
                .fixed(store.toByteArray())
                .toByteArray();
        return Hkdf.derive(symbols, NO_SALT, info, SIZE);
    }

    /// Tells the server that a slot opened: only R gives it.
    static SigningKey confirmation(SecretBytes root, Id slot) {
        try (SecretBytes seed =
                Hkdf.derive(root, NO_SALT, of("strongroom share confirmation v1", slot), SigningKey.SEED)) {
            return SigningKey.fromSeed(seed);
        }
    }

    private static byte[] of(String purpose, Id slot) {
        byte[] name = ascii(purpose);
        byte[] id = slot.toByteArray();
        byte[] info = Arrays.copyOf(name, name.length + id.length);
        System.arraycopy(id, 0, info, name.length, id.length);
        return info;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
