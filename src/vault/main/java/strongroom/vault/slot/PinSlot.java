package strongroom.vault.slot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.Argon2Parameters;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.PinHash;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;

/// The slot of every day: it opens with the PIN *and* what this machine sealed. The PIN's hash both authorises the
/// machine (which counts) and goes into the key, so that a broken machine alone opens nothing, and neither does the
/// PIN alone.
///
/// `U = HKDF-SHA-256(D ‖ P, "strongroom unlock v1" ‖ slot id)`, P by Argon2id (RFC 9106); U wraps the root key with
/// AES-256-GCM.
public final class PinSlot {
    private static final int DEVICE_SECRET = 32;
    private static final byte[] AUTHORISATION = "strongroom seal authorisation v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNLOCK = "strongroom unlock v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SALT = {};

    private PinSlot() {}

    /// Makes a slot for `root` and proves that it opens before it returns: a slot that was never opened is none.
    ///
    /// @param pin borrowed @param root the key to wrap, borrowed
    public static SlotFile create(
            Path file, SecretBytes pin, SecretBytes root, KeySealer sealer, RandomGenerator random)
            throws SealException, IOException {
        byte[] salt = new byte[PinHash.SALT];
        random.nextBytes(salt);
        Id id = Id.random(random);
        Argon2Parameters parameters = Argon2Parameters.DEFAULT;
        try (SecretBytes hash = PinHash.derive(pin, salt, parameters);
                SecretBytes authorisation = authorisation(hash);
                SecretBytes deviceSecret = SecretBytes.random(DEVICE_SECRET, random);
                SecretBytes unlock = unlockKey(deviceSecret, hash, id)) {
            byte[] sealed = sealer.seal(deviceSecret, authorisation);
            try {
                SlotFile unwrapped = new SlotFile(id, sealer.kind(), parameters, salt, sealed, NO_SALT);
                byte[] wrapped = Aead.seal(unlock, random, unwrapped.header(), root);
                SlotFile slot = new SlotFile(id, sealer.kind(), parameters, salt, sealed, wrapped);
                try (SecretBytes proof = open(slot, pin, sealer)) {
                    if (!proof.matches(root)) {
                        throw new SealException(SealException.Why.FAILED, "The new key slot does not open. Try again.");
                    }
                }
                slot.write(file);
                return slot;
            } catch (SealException | IOException | RuntimeException e) {
                forgetUnless(isIn(file, id), sealed, sealer, e);
                throw e;
            }
        }
    }

    /// Where no slot names what was sealed, nobody will ever ask for it.
    private static void forgetUnless(boolean named, byte[] sealed, KeySealer sealer, Exception because) {
        try {
            if (!named) {
                sealer.destroy(sealed);
            }
        } catch (SealException e) {
            because.addSuppressed(e);
        }
    }

    /// Whether a slot is there; also where only that its name is durable could not be had. If in doubt, it is.
    private static boolean isIn(Path file, Id slot) {
        try {
            return Files.exists(file)
                    && readable(file).map(there -> there.id().equals(slot)).orElse(true);
        } catch (IOException e) {
            return true;
        }
    }

    /// Puts a slot with another PIN in the place of one. Cut off at any point, either the one before or the new
    /// one is there and opens. {@link #finishReplacing} belongs behind it.
    ///
    /// @param pin the new one, borrowed @param root what both slots wrap, borrowed @param sealer of the slot that
    ///     is there
    public static void replace(Path file, SecretBytes pin, SecretBytes root, KeySealer sealer, RandomGenerator random)
            throws SealException, IOException {
        finishReplacing(file, sealer);
        byte[] before = Files.readAllBytes(file);
        DurableFile.write(retired(file), before);
        try {
            create(file, pin, root, sealer, random);
        } catch (IOException e) {
            // It may be in its place already, and only its name not be durable: that is asked for before the slot that
            // was there is made useless.
            if (Arrays.equals(Files.readAllBytes(file), before)) {
                throw e;
            }
        }
    }

    /// Destroys what is sealed for a slot that was replaced: with an earlier copy of the folder its PIN opens
    /// nothing any more, where the machine keeps a part of the secret. Does nothing if there is none.
    ///
    /// @throws SealException if the machine cannot destroy it now; another call tries again
    public static void finishReplacing(Path file, KeySealer sealer) throws SealException, IOException {
        Path retired = retired(file);
        if (!Files.exists(retired)) {
            return;
        }
        Optional<SlotFile> before = readable(retired);
        Optional<SlotFile> now = readable(file);
        // The same slot is in both places if the replacing was cut off before there was a new one.
        if (before.isPresent()
                && now.isPresent()
                && !before.get().id().equals(now.get().id())) {
            sealer.destroy(before.get().sealed());
        }
        Files.delete(retired);
    }

    private static Optional<SlotFile> readable(Path file) throws IOException {
        try {
            return Optional.of(SlotFile.read(file));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Path retired(Path file) {
        return file.resolveSibling(SlotFile.RETIRED);
    }

    /// Opens a slot.
    ///
    /// @param pin borrowed
    /// @return the root key, closed by the caller
    /// @throws SealException `WRONG_AUTHORISATION` for a wrong PIN; `DAMAGED` if the machine agreed and the slot's
    ///     bytes do not
    public static SecretBytes open(SlotFile slot, SecretBytes pin, KeySealer sealer) throws SealException {
        if (sealer.kind() != slot.kind()) {
            throw new IllegalArgumentException("another sealer made this slot");
        }
        try (SecretBytes hash = PinHash.derive(pin, slot.salt(), slot.pinHash());
                SecretBytes authorisation = authorisation(hash);
                SecretBytes deviceSecret = sealer.unseal(slot.sealed(), authorisation);
                SecretBytes unlock = unlockKey(deviceSecret, hash, slot.id())) {
            return Aead.openSecret(unlock, slot.header(), slot.wrapped());
        } catch (NotAuthenticException e) {
            throw new SealException(
                    SealException.Why.DAMAGED,
                    "The key slot on this disk is damaged. Restore it, or enrol this device again.",
                    e);
        }
    }

    private static SecretBytes authorisation(SecretBytes hash) {
        return Hkdf.derive(hash, NO_SALT, AUTHORISATION, 32);
    }

    private static SecretBytes unlockKey(SecretBytes deviceSecret, SecretBytes hash, Id slot) {
        byte[] id = slot.toByteArray();
        byte[] info = Arrays.copyOf(UNLOCK, UNLOCK.length + id.length);
        System.arraycopy(id, 0, info, UNLOCK.length, id.length);
        try (SecretBytes both = concatenation(deviceSecret, hash)) {
            return Hkdf.derive(both, NO_SALT, info, 32);
        }
    }

    private static SecretBytes concatenation(SecretBytes one, SecretBytes other) {
        return one.<SecretBytes, RuntimeException>use(first -> other.use(second -> {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return SecretBytes.ofAndZero(both);
        }));
    }
}
