package strongroom.vault.seal;

import java.security.PrivateKey;
import strongroom.protocol.VerifyingKey;

/// Signing keys that are made in the machine and never leave it: ECDSA on P-256. What {@link #make} gives may lie
/// on any disk; it signs in this machine alone, with nobody there to authorise it, until it is destroyed.
/// Implementations are safe for several threads; a hardware that serves one at a time is waited for in turn.
public interface MachineKeys {
    /// A new key.
    ///
    /// @param key its public half
    /// @param kept what to keep of it: opaque bytes, at most 4 KiB; not copied
    record Made(VerifyingKey key, byte[] kept) {}

    /// Makes a key.
    Made make() throws SealException;

    /// A handle for `java.security.Signature` (`SHA256withECDSA`), and thereby for TLS and PKCS#10. It has no
    /// encoding and holds no secret; each signature asks the machine, and one that it refuses is a
    /// `SignatureException` with a {@link SealException} as its cause.
    ///
    /// @throws SealException if the machine would not sign with it now; `FOREIGN` if it was made in another
    ///     machine or destroyed
    PrivateKey open(byte[] kept) throws SealException;

    /// Makes the key unusable, whatever copies of `kept` exist and whoever used it before. Does nothing if that
    /// has happened already.
    void destroy(byte[] kept) throws SealException;
}
