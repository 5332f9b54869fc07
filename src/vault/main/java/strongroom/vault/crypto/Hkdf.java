package strongroom.vault.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF with SHA-256 (RFC 5869) by the JDK: makes keys for one purpose each from secrets of full entropy, never
/// from a PIN (that is {@link PinHash}). Safe for several threads.
public final class Hkdf {
    /// The longest output, in bytes.
    public static final int LONGEST = 255 * 32;

    // Looked up once: the search through the providers takes as long as a derivation.
    private static final Provider PROVIDER = provider();

    private Hkdf() {}

    private static Provider provider() {
        try {
            return Security.getProvider(KDF.getInstance("HKDF-SHA256").getProviderName());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HKDF with SHA-256", e);
        }
    }

    /// Derives a key.
    ///
    /// @param material at least one byte, borrowed @param salt may be empty
    /// @param info the purpose: another one gives an unrelated key
    /// @param size 1 to {@link #LONGEST} bytes
    /// @return the key, closed by the caller
    public static SecretBytes derive(SecretBytes material, byte[] salt, byte[] info, int size) {
        checkSize(size);
        HKDFParameterSpec.Builder extract = extract(material, salt);
        return SecretBytes.ofAndZero(data(extract.thenExpand(info.clone(), size)));
    }

    /// The first half of {@link #derive}, for a secret of which many keys are made.
    ///
    /// @return a pseudorandom key for {@link #expand}, closed by the caller
    public static SecretBytes extract(SecretBytes material) {
        return SecretBytes.ofAndZero(data(extract(material, new byte[0]).extractOnly()));
    }

    /// The second half of {@link #derive}.
    ///
    /// @param pseudorandom what {@link #extract} returned, borrowed @param info as there
    /// @param size 1 to {@link #LONGEST} bytes @return the key, closed by the caller
    public static SecretBytes expand(SecretBytes pseudorandom, byte[] info, int size) {
        checkSize(size);
        return SecretBytes.ofAndZero(
                data(HKDFParameterSpec.expandOnly(new BorrowedKey(pseudorandom, "Generic"), info.clone(), size)));
    }

    private static void checkSize(int size) {
        if (size < 1 || size > LONGEST) {
            throw new IllegalArgumentException("HKDF gives 1 to " + LONGEST + " bytes");
        }
    }

    private static HKDFParameterSpec.Builder extract(SecretBytes material, byte[] salt) {
        if (material.size() == 0) {
            throw new IllegalArgumentException("no key can be derived from nothing");
        }
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(new BorrowedKey(material, "Generic"));
        return salt.length > 0 ? extract.addSalt(salt) : extract;
    }

    private static byte[] data(HKDFParameterSpec what) {
        try {
            return KDF.getInstance("HKDF-SHA256", PROVIDER).deriveData(what);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF did not derive", e);
        }
    }
}
