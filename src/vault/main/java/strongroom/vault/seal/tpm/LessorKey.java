package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.Arrays;
import strongroom.protocol.VerifyingKey;

/// The lessor's public key as the TPM sees it. Its name stands in policies, so the object has this one form and
/// no other: P-256, ECDSA with SHA-256, attributes sign and userWithAuth.
final class LessorKey {
    private static final int SHA256 = 0x000b;
    private static final int ECDSA = 0x0018;
    private static final int ATTRIBUTES = 1 << 18 | 1 << 6;
    private static final int COORDINATE = 32;

    private final byte[] publicArea;

    /// @throws IllegalArgumentException unless the key is on P-256
    LessorKey(VerifyingKey key) {
        if (key.algorithm() != VerifyingKey.Algorithm.ECDSA_P256) {
            throw new IllegalArgumentException("leases are signed on P-256");
        }
        // The encoding ends in the point, not compressed (RFC 5480 §2.2).
        byte[] encoded = key.toByteArray();
        int y = encoded.length - COORDINATE;
        int x = y - COORDINATE;
        this.publicArea = new TpmWriter()
                .uint16(0x0023) // ECC
                .uint16(SHA256)
                .uint32(ATTRIBUTES)
                .uint16(0)
                .uint16(0x0010) // no symmetric cipher
                .uint16(ECDSA)
                .uint16(SHA256)
                .uint16(0x0003) // NIST P-256
                .uint16(0x0010) // no KDF
                .sized(Arrays.copyOfRange(encoded, x, y))
                .sized(Arrays.copyOfRange(encoded, y, encoded.length))
                .toByteArray();
    }

    byte[] name() {
        return StorageRootKey.name(publicArea);
    }

    /// Has the TPM verify a signature of this key.
    ///
    /// @param signature of a digest, in DER, known to be well-formed
    /// @return the TPM's own proof that it did so (TPMT_TK_VERIFIED)
    byte[] verify(Tpm tpm, byte[] digest, byte[] signature) throws IOException, TpmRefusal {
        TpmCommand load = new TpmCommand(TpmCommand.LOAD_EXTERNAL);
        // In the hierarchy of nobody the TPM would verify and give no proof (Part 3 §20.1).
        load.parameters().uint16(0).sized(publicArea).uint32(TpmCommand.OWNER);
        int key = tpm.run(load).handle();
        TpmCommand verify = new TpmCommand(TpmCommand.VERIFY_SIGNATURE).handle(key, name());
        int r = 2;
        int s = r + 2 + signature[r + 1];
        verify.parameters()
                .sized(digest)
                .uint16(ECDSA)
                .uint16(SHA256)
                .sized(number(signature, r))
                .sized(number(signature, s));
        byte[] proof = tpm.run(verify).parameters().rest();
        tpm.flush(key);
        return proof;
    }

    /// An INTEGER of DER without its sign, as long as a coordinate.
    private static byte[] number(byte[] der, int start) {
        byte[] signed = Arrays.copyOfRange(der, start + 2, start + 2 + der[start + 1]);
        int sign = signed.length > COORDINATE ? 1 : 0;
        byte[] number = new byte[COORDINATE];
        System.arraycopy(signed, sign, number, COORDINATE - signed.length + sign, signed.length - sign);
        return number;
    }
}
