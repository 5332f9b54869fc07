package strongroom.vault.seal.mac;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.NativeLibrary;

/// A P-256 key in the Secure Enclave, which is kept by nobody but us: the enclave gives it out wrapped under a
/// key of this one chip, and takes it back. So no keychain has it, for which macOS would want an entitlement
/// that only Apple's signature on an application gives. The wrapped form is the attribute `toid` of the key,
/// which CryptoKit keeps under the name of data representation and the headers do not mention. For one thread.
final class EnclaveKey implements AutoCloseable {
    /// kSecAccessControlPrivateKeyUsage
    static final long PRIVATE_KEY_USAGE = 1L << 30;

    private static final int BITS = 256;
    private static final String WRAPPED = "toid";
    private static final String ALGORITHM = "kSecKeyAlgorithmECIESEncryptionCofactorVariableIVX963SHA256AESGCM";

    private final NativeLibrary security;
    private final CoreFoundation core;
    // What was made for this key, the youngest first.
    private final Deque<MemorySegment> made = new ArrayDeque<>();
    private MemorySegment key = MemorySegment.NULL;

    private EnclaveKey(NativeLibrary security, CoreFoundation core) {
        this.security = security;
        this.core = core;
    }

    @FunctionalInterface
    private interface Step {
        MemorySegment take(EnclaveKey opening) throws SecurityRefusal;
    }

    /// Makes one, which the enclave opens again also while the screen is locked, once somebody has signed in
    /// since the start; the agent works then, too.
    static EnclaveKey create(NativeLibrary security, CoreFoundation core) throws SecurityRefusal {
        return with(security, core, opening -> {
            MemorySegment access = opening.call(
                    "SecAccessControlCreateWithFlags",
                    MemorySegment.NULL,
                    opening.constant("kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly"),
                    PRIVATE_KEY_USAGE);
            Map<MemorySegment, MemorySegment> secret = Map.of(
                    opening.constant("kSecAttrIsPermanent"),
                    core.no(),
                    opening.constant("kSecAttrAccessControl"),
                    access);
            Map<MemorySegment, MemorySegment> attributes = opening.attributes();
            attributes.put(opening.constant("kSecPrivateKeyAttrs"), opening.keep(core.dictionary(secret)));
            return opening.call("SecKeyCreateRandomKey", opening.keep(core.dictionary(attributes)));
        });
    }

    /// Takes one back.
    static EnclaveKey open(NativeLibrary security, CoreFoundation core, byte[] wrapped) throws SecurityRefusal {
        return with(security, core, opening -> {
            Map<MemorySegment, MemorySegment> attributes = opening.attributes();
            attributes.put(opening.constant("kSecAttrKeyClass"), opening.constant("kSecAttrKeyClassPrivate"));
            attributes.put(opening.keep(core.string(WRAPPED)), opening.data(wrapped));
            // A key in a token is told by its attributes; the data are looked at by nobody and must be there.
            return opening.call(
                    "SecKeyCreateWithData", opening.data(new byte[0]), opening.keep(core.dictionary(attributes)));
        });
    }

    private static EnclaveKey with(NativeLibrary security, CoreFoundation core, Step step) throws SecurityRefusal {
        EnclaveKey opening = new EnclaveKey(security, core);
        boolean open = false;
        try {
            opening.key = step.take(opening);
            open = true;
            return opening;
        } finally {
            if (!open) {
                opening.close();
            }
        }
    }

    /// The wrapped form.
    byte[] wrapped() throws SecurityRefusal {
        MemorySegment attributes = result("SecKeyCopyAttributes", key);
        MemorySegment wrapped = core.get(attributes, keep(core.string(WRAPPED)));
        if (wrapped.address() == 0) {
            throw new SecurityRefusal("SecKeyCopyAttributes", "no " + WRAPPED, 0);
        }
        return core.bytes(wrapped).toArray(ValueLayout.JAVA_BYTE);
    }

    /// By ECIES with the public half. @param plaintext borrowed
    byte[] encrypt(SecretBytes plaintext) throws SecurityRefusal {
        MemorySegment half = result("SecKeyCopyPublicKey", key);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = plaintext.<MemorySegment, RuntimeException>use(
                    each -> arena.allocateFrom(ValueLayout.JAVA_BYTE, each));
            MemorySegment data = keep(core.data(bytes));
            bytes.fill((byte) 0);
            try {
                MemorySegment encrypted = call("SecKeyCreateEncryptedData", half, constant(ALGORITHM), data);
                return core.bytes(encrypted).toArray(ValueLayout.JAVA_BYTE);
            } finally {
                core.bytes(data).fill((byte) 0);
            }
        }
    }

    /// In the enclave. @return closed by the caller
    SecretBytes decrypt(byte[] ciphertext) throws SecurityRefusal {
        MemorySegment plaintext = call("SecKeyCreateDecryptedData", key, constant(ALGORITHM), data(ciphertext));
        MemorySegment bytes = core.bytes(plaintext);
        try {
            return SecretBytes.ofAndZero(bytes.toArray(ValueLayout.JAVA_BYTE));
        } finally {
            // Nobody else has this object, and its bytes lie in ordinary memory.
            bytes.fill((byte) 0);
        }
    }

    private Map<MemorySegment, MemorySegment> attributes() {
        Map<MemorySegment, MemorySegment> attributes = new HashMap<>();
        attributes.put(constant("kSecAttrKeyType"), constant("kSecAttrKeyTypeECSECPrimeRandom"));
        attributes.put(constant("kSecAttrKeySizeInBits"), keep(core.number(BITS)));
        attributes.put(constant("kSecAttrTokenID"), constant("kSecAttrTokenIDSecureEnclave"));
        return attributes;
    }

    private MemorySegment constant(String name) {
        return CoreFoundation.constant(security, name);
    }

    private MemorySegment data(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            return keep(core.data(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes)));
        }
    }

    private MemorySegment keep(MemorySegment object) {
        made.push(object);
        return object;
    }

    /// Calls a function that takes the place for an error after its other arguments.
    private MemorySegment call(String function, Object... arguments) throws SecurityRefusal {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ValueLayout.ADDRESS);
            Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = error;
            MemorySegment result = security.function(function).callPointer(all);
            if (result.address() == 0) {
                throw core.refusal(function, error.get(ValueLayout.ADDRESS, 0));
            }
            return keep(result);
        }
    }

    /// Calls a function that gives nothing where another would give an error.
    private MemorySegment result(String function, MemorySegment argument) throws SecurityRefusal {
        MemorySegment result = security.function(function).callPointer(argument);
        if (result.address() == 0) {
            throw core.refusal(function, MemorySegment.NULL);
        }
        return keep(result);
    }

    @Override
    public void close() {
        while (!made.isEmpty()) {
            core.release(made.pop());
        }
        key = MemorySegment.NULL;
    }
}
