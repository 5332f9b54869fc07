package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import strongroom.vault.crypto.Hmac;
import strongroom.vault.crypto.SecretBytes;

/// A salted session: its key follows from a secret that only the TPM with our storage root key can find out, so
/// whoever sits on the bus neither reads the first parameters (AES-128-CFB) nor forges a response (HMAC). Part 1
/// §§19 and 21. Serves commands one after the other, authorisation by authorisation.
final class HmacSession implements AutoCloseable {
    enum Kind {
        HMAC(0),
        POLICY(1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final int NONCE = 32;
    private static final int CONTINUE = 0x01;
    private static final int DECRYPT = 0x20;
    private static final int ENCRYPT = 0x40;

    private final SecureRandom random;
    private final int handle;
    private final SecretBytes key;
    private byte[] nonceTpm;

    private HmacSession(SecureRandom random, int handle, SecretBytes key, byte[] nonceTpm) {
        this.random = random;
        this.handle = handle;
        this.key = key;
        this.nonceTpm = nonceTpm;
    }

    static HmacSession start(Tpm tpm, StorageRootKey root, Kind kind, SecureRandom random)
            throws IOException, TpmRefusal {
        byte[] nonce = nonce(random);
        StorageRootKey.Salt salt = root.salt(random);
        try (SecretBytes secret = salt.secret()) {
            TpmCommand start = new TpmCommand(TpmCommand.START_AUTH_SESSION)
                    .handle(root.handle(), root.name())
                    .handle(TpmCommand.NULL_HANDLE);
            start.parameters()
                    .sized(nonce)
                    .sized(salt.sent().toByteArray())
                    .uint8(kind.code)
                    .uint16(0x0006) // AES
                    .uint16(128)
                    .uint16(0x0043) // CFB
                    .uint16(0x000b); // SHA-256
            Tpm.Response started = tpm.run(start);
            byte[] nonceTpm = started.parameters().sized();
            return new HmacSession(random, started.handle(), TpmKdf.a(secret, "ATH", nonceTpm, nonce), nonceTpm);
        }
    }

    int handle() {
        return handle;
    }

    /// Both ways encrypted: for commands whose first parameter is a byte string in either direction.
    Authorisation sealed(SecretBytes authValue) {
        return new Use(authValue, CONTINUE | DECRYPT | ENCRYPT);
    }

    /// What goes to the TPM is encrypted.
    Authorisation sealedThere(SecretBytes authValue) {
        return new Use(authValue, CONTINUE | DECRYPT);
    }

    /// What comes from the TPM is encrypted.
    Authorisation sealedBack(SecretBytes authValue) {
        return new Use(authValue, CONTINUE | ENCRYPT);
    }

    /// Nothing is encrypted, everything is authenticated.
    Authorisation plain(SecretBytes authValue) {
        return new Use(authValue, CONTINUE);
    }

    @Override
    public void close() {
        key.close();
    }

    private static byte[] nonce(SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return nonce;
    }

    private final class Use implements Authorisation {
        private final SecretBytes authValue;
        private final int attributes;
        private final byte[] nonceCaller = nonce(random);

        Use(SecretBytes authValue, int attributes) {
            this.authValue = authValue;
            this.attributes = attributes;
        }

        @Override
        public byte[] protect(TpmCommand command, byte[] parameters) {
            try (SecretBytes both = SecretBytes.join(key, authValue)) {
                if ((attributes & DECRYPT) != 0) {
                    crypt(Cipher.ENCRYPT_MODE, both, nonceCaller, nonceTpm, parameters);
                }
                byte[] digest = TpmKdf.sha256(number(command.code()), command.names(), parameters);
                byte[] code = Hmac.of(both, digest, nonceCaller, nonceTpm, new byte[] {(byte) attributes});
                return new TpmWriter()
                        .uint32(handle)
                        .sized(nonceCaller)
                        .uint8(attributes)
                        .sized(code)
                        .toByteArray();
            }
        }

        @Override
        public void open(TpmCommand command, byte[] parameters, TpmReader area)
                throws IOException, InterposedException {
            nonceTpm = area.sized();
            byte answered = (byte) area.uint8();
            byte[] code = area.sized();
            try (SecretBytes both = SecretBytes.join(key, authValue)) {
                byte[] digest = TpmKdf.sha256(new byte[4], number(command.code()), parameters);
                byte[] expected = Hmac.of(both, digest, nonceTpm, nonceCaller, new byte[] {answered});
                // Without the second condition an answer could say "not encrypted" and be taken as it is.
                if (!Hmac.matches(expected, code) || (answered & ENCRYPT) != (attributes & ENCRYPT)) {
                    throw new InterposedException("a response of the TPM is not authentic");
                }
                if ((attributes & ENCRYPT) != 0) {
                    crypt(Cipher.DECRYPT_MODE, both, nonceTpm, nonceCaller, parameters);
                }
            }
        }

        /// The first parameter, in place; its length of 16 bits stays in clear.
        private static void crypt(int mode, SecretBytes key, byte[] newer, byte[] older, byte[] parameters) {
            int length = parameters.length < 2 ? 0 : (parameters[0] & 0xff) << 8 | parameters[1] & 0xff;
            if (length == 0) {
                return;
            }
            if (length > parameters.length - 2) {
                throw new IllegalArgumentException("the first parameter is longer than all");
            }
            try (SecretBytes derived = TpmKdf.a(key, "CFB", newer, older)) {
                byte[] crypted = derived.<byte[], GeneralSecurityException>use(bytes -> {
                    Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
                    cipher.init(mode, new SecretKeySpec(bytes, 0, 16, "AES"), new IvParameterSpec(bytes, 16, 16));
                    return cipher.doFinal(parameters, 2, length);
                });
                System.arraycopy(crypted, 0, parameters, 2, length);
                Arrays.fill(crypted, (byte) 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-CFB failed", e);
            }
        }

        private static byte[] number(int code) {
            return new TpmWriter().uint32(code).toByteArray();
        }
    }
}
