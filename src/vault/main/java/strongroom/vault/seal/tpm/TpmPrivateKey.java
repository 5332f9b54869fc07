package strongroom.vault.seal.tpm;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;
import strongroom.vault.seal.SealException;

/// A key that is in the TPM, as the JDK sees it: a curve, and nothing that could be encoded. Not an
/// `ECPrivateKey`, which would have to give its number away; an {@link ECKey}, because TLS looks at the curve.
/// Safe for several threads.
final class TpmPrivateKey implements PrivateKey, ECKey {
    private static final long serialVersionUID = 1L;

    private final transient TpmKeys keys;
    private final transient SigningBlob blob;
    private final transient ECParameterSpec curve = CurvePoint.curve();

    TpmPrivateKey(TpmKeys keys, SigningBlob blob) {
        this.keys = keys;
        this.blob = blob;
    }

    /// @param digest 32 bytes @return DER
    byte[] sign(byte[] digest) throws SealException {
        return keys.sign(blob, digest);
    }

    @Override
    public String getAlgorithm() {
        return "EC";
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public ECParameterSpec getParams() {
        return curve;
    }

    /// Which key it is.
    @Override
    public String toString() {
        return "TpmPrivateKey[" + blob.key() + "]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key in the TPM stays there");
    }
}
