package strongroom.vault.crypto;

import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/// Argon2id (RFC 9106) by Bouncy Castle: turns a PIN or passphrase into 32 bytes at a cost for every guess.
/// Takes about half a second and 64 MiB; called from a background thread. Safe for several threads.
public final class PinHash {
    /// Size of the result, in bytes.
    public static final int SIZE = 32;
    /// Size of a salt, in bytes.
    public static final int SALT = 16;

    private static final int ARGON2ID = org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id;
    private static final int VERSION = org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13;

    private static final int WARM_UP_RUNS = 4;
    private static final int WARM_UP_KIB = 1024;

    private PinHash() {}

    /// Runs it at a small size, so that the first PIN does not wait for machine code: that takes as long as the hash
    /// itself. Takes half a second; no state is left.
    public static void warmUp() {
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[1])) {
            for (int i = 0; i < WARM_UP_RUNS && !Thread.currentThread().isInterrupted(); i++) {
                argon2id(nothing, builder -> builder.withSalt(new byte[SALT])
                                .withMemoryAsKB(WARM_UP_KIB)
                                .withIterations(Argon2Parameters.DEFAULT.passes())
                                .withParallelism(Argon2Parameters.DEFAULT.lanes()))
                        .close();
            }
        }
    }

    /// @param pin at least one byte, borrowed @param salt {@link #SALT} random bytes
    /// @return 32 bytes, closed by the caller
    public static SecretBytes derive(SecretBytes pin, byte[] salt, Argon2Parameters parameters) {
        if (pin.size() == 0 || salt.length != SALT) {
            throw new IllegalArgumentException("a PIN is not empty and a salt has 16 bytes");
        }
        return argon2id(pin, builder -> builder.withSalt(salt)
                .withMemoryAsKB(parameters.memoryKiB())
                .withIterations(parameters.passes())
                .withParallelism(parameters.lanes()));
    }

    static SecretBytes argon2id(
            SecretBytes password, UnaryOperator<org.bouncycastle.crypto.params.Argon2Parameters.Builder> settings) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(settings.apply(
                        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(ARGON2ID).withVersion(VERSION))
                .build());
        byte[] hash = new byte[SIZE];
        password.<Integer, RuntimeException>use(bytes -> generator.generateBytes(bytes, hash));
        return SecretBytes.ofAndZero(hash);
    }
}
