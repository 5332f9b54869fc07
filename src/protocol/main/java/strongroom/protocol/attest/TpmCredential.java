package strongroom.protocol.attest;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A secret that one TPM alone gives away, and only to who has a certain object in it (TPM2_ActivateCredential, Part 3
/// §12.5). Arrays belong to the record.
///
/// @param blob TPM2B_ID_OBJECT without its length: a code over what follows and over the object's name, then the secret
/// @param seed TPM2B_ENCRYPTED_SECRET without its length
public record TpmCredential(byte[] blob, byte[] seed) {
    private static final int LIMIT = 512;
    private static final int CIPHER_KEY = 16;
    private static final byte[] NOTHING = {};

    /// Encrypts under keys of a seed, and binds it to a name (Part 1 §24).
    ///
    /// @param seed 32 bytes, borrowed @param sent the same as the TPM gets it
    static TpmCredential under(byte[] seed, byte[] name, byte[] secret, byte[] sent) {
        byte[] key = TpmKdf.a(seed, "STORAGE", name, CIPHER_KEY);
        byte[] macKey = TpmKdf.a(seed, "INTEGRITY", NOTHING, TpmKdf.SIZE);
        byte[] clear = TpmFields.sized(secret);
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[CIPHER_KEY]));
            byte[] encrypted = cipher.doFinal(clear);
            byte[] code = TpmFields.sized(TpmKdf.hmac(macKey, encrypted, name));
            byte[] blob = Arrays.copyOf(code, code.length + encrypted.length);
            System.arraycopy(encrypted, 0, blob, code.length, encrypted.length);
            return new TpmCredential(blob, sent);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CFB failed", e);
        } finally {
            for (byte[] passing : new byte[][] {key, macKey, clear}) {
                Arrays.fill(passing, (byte) 0);
            }
        }
    }

    static TpmCredential read(CanonicalReader in) throws MalformedException {
        return new TpmCredential(in.bytes(LIMIT), in.bytes(LIMIT));
    }

    void write(CanonicalWriter out) {
        out.bytes(blob).bytes(seed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmCredential that && Arrays.equals(blob, that.blob) && Arrays.equals(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return "TpmCredential[" + blob.length + "]";
    }
}
