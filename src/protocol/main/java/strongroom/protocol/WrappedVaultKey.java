package strongroom.protocol;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A vault key of one epoch, wrapped to one person, signed by the person who wrapped it: a server cannot hand out
/// a vault key of its own making. The array belongs to the record.
///
/// @param vault whose key it is
/// @param epoch which one, from 1
/// @param person who may open it
/// @param sealed the key, HPKE to the person's box key with vault, epoch and person bound in
public record WrappedVaultKey(Id vault, int epoch, Id person, byte[] sealed) {
    private static final int SEALED_LIMIT = 16_384;

    /// Reads a key that `signer` wrapped.
    public static WrappedVaultKey open(Signed signed, VerifyingKey signer) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(signer, Signed.Purpose.VAULT_KEY));
        WrappedVaultKey key =
                new WrappedVaultKey(Id.read(in), in.uint32(Integer.MAX_VALUE), Id.read(in), in.bytes(SEALED_LIMIT));
        in.end();
        return key;
    }

    /// Has a person's key sign this wrapped key.
    public Signed sign(Signer signer) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        vault.write(out);
        out.uint32(epoch);
        person.write(out);
        return Signed.by(signer, Signed.Purpose.VAULT_KEY, out.bytes(sealed).toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrappedVaultKey that
                && vault.equals(that.vault)
                && epoch == that.epoch
                && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return vault.hashCode();
    }

    @Override
    public String toString() {
        return "WrappedVaultKey[" + vault + " epoch " + epoch + "]";
    }
}
