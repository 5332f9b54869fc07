package strongroom.vault.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Optional;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;

/// One of the device's own keys, on P-256, as it lies on the disk. It serves the agent while nobody is there, so
/// the machine alone opens it.
sealed interface DeviceKey permits KeptKey, SealedKey {
    /// The longest PKCS#10, in bytes.
    int REQUEST_LIMIT = 8192;

    /// Makes a PKCS#10 request for a new key, while the private half is at hand.
    interface Request {
        byte[] of(VerifyingKey key, PrivateKey by) throws SealException;
    }

    /// Makes a key in the machine if it makes keys, otherwise one that is sealed to it.
    static DeviceKey make(KeySealer sealer, SecureRandom random, Request request) throws SealException {
        Optional<MachineKeys> machine = sealer.keys();
        return machine.isPresent()
                ? KeptKey.make(sealer.kind(), machine.get(), request)
                : SealedKey.make(sealer, random, request);
    }

    /// Reads either.
    static DeviceKey read(Path file) throws IOException, MalformedException {
        byte[] encoded = Files.readAllBytes(file);
        CanonicalReader in = new CanonicalReader(encoded);
        DeviceKey key = encoded.length > 0 && encoded[0] == KeptKey.FORM ? KeptKey.read(in) : SealedKey.read(in);
        in.end();
        return key;
    }

    /// Replaces the file as a whole.
    default void write(Path file) throws IOException {
        DurableFile.write(file, toByteArray());
    }

    byte[] toByteArray();

    /// What part of the machine it is bound to.
    SealKind kind();

    /// The public half.
    VerifyingKey key();

    /// PKCS#10 for it, empty if it has none; not copied.
    byte[] request();

    /// Makes the private half usable. @throws SealException if the machine does not
    PrivateKey open(SealerSource sealers) throws SealException;

    /// Has the machine forget what it keeps for it, so that no copy of the file is of use.
    void destroy(SealerSource sealers) throws SealException;
}
