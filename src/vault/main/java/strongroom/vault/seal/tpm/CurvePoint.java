package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/// A public point on P-256, as the TPM writes it (TPMS_ECC_POINT) and as the JDK does.
final class CurvePoint {
    private static final int COORDINATE = 32;

    private final byte[] x;
    private final byte[] y;

    private CurvePoint(byte[] x, byte[] y) {
        this.x = x;
        this.y = y;
    }

    static CurvePoint of(ECPublicKey key) {
        ECPoint point = key.getW();
        return new CurvePoint(coordinate(point.getAffineX()), coordinate(point.getAffineY()));
    }

    static CurvePoint read(TpmReader in) throws IOException {
        return new CurvePoint(padded(in.sized()), padded(in.sized()));
    }

    /// 32 bytes.
    byte[] x() {
        return x.clone();
    }

    byte[] toByteArray() {
        return new TpmWriter().sized(x).sized(y).toByteArray();
    }

    ECPublicKey publicKey() throws IOException {
        try {
            ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the TPM's key is no point on P-256", e);
        }
    }

    /// P-256 itself.
    static ECParameterSpec curve() {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            return curve.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes.length > COORDINATE
                ? Arrays.copyOfRange(bytes, bytes.length - COORDINATE, bytes.length)
                : leftPadded(bytes);
    }

    private static byte[] padded(byte[] bytes) throws IOException {
        if (bytes.length > COORDINATE) {
            throw new IOException("a coordinate on P-256 has 32 bytes");
        }
        return leftPadded(bytes);
    }

    private static byte[] leftPadded(byte[] bytes) {
        byte[] padded = new byte[COORDINATE];
        System.arraycopy(bytes, 0, padded, COORDINATE - bytes.length, bytes.length);
        return padded;
    }
}
