package strongroom.vault.seal.tpm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.attest.EndorsementKey;
import strongroom.protocol.codec.MalformedException;

/// What the maker of a TPM says of its endorsement key, in an index of the TPM (TCG EK Credential Profile for TPM 2.0
/// §2.2.1.4). Not every TPM has one; what is there and cannot be used is as if it were not.
enum EndorsementCertificate {
    /// Of a key on P-256.
    ELLIPTIC(0x01c0000a),
    /// Of an RSA key of 2048 bits.
    RSA(0x01c00002);

    private static final Logger LOG = LoggerFactory.getLogger(EndorsementCertificate.class);
    private static final int LIMIT = 8192;
    /// Less than any TPM gives at once.
    private static final int PIECE = 512;

    private final int index;

    EndorsementCertificate(int index) {
        this.index = index;
    }

    /// @return empty if there is none
    byte[] read(Tpm tpm) throws IOException, TpmRefusal, InterposedException {
        try {
            int size = size(tpm);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (read.size() < size) {
                TpmCommand command =
                        new TpmCommand(TpmCommand.NV_READ).handle(index).handle(index);
                command.parameters().uint16(Math.min(PIECE, size - read.size())).uint16(read.size());
                byte[] piece = tpm.run(command, Authorisation.EMPTY_PASSWORD)
                        .parameters()
                        .sized();
                if (piece.length == 0) {
                    throw new IOException("an index of the TPM ends too early");
                }
                read.writeBytes(piece);
            }
            return trimmed(read.toByteArray());
        } catch (TpmRefusal e) {
            LOG.debug("the TPM gives no endorsement certificate {}: {}", this, e.getMessage());
            return new byte[0];
        }
    }

    private int size(Tpm tpm) throws IOException, TpmRefusal {
        TpmReader area = new TpmReader(tpm.run(new TpmCommand(TpmCommand.NV_READ_PUBLIC).handle(index))
                .parameters()
                .sized());
        area.uint32();
        area.uint16();
        area.uint32();
        area.sized();
        int size = area.uint16();
        return size > LIMIT ? 0 : size;
    }

    /// Some indices are longer than what was written into them.
    private static byte[] trimmed(byte[] read) {
        boolean long16 = read.length > 4 && read[0] == 0x30 && read[1] == (byte) 0x82;
        int size = long16 ? 4 + ((read[2] & 0xff) << 8 | read[3] & 0xff) : 0;
        return size <= read.length ? Arrays.copyOf(read, size) : new byte[0];
    }

    /// A certificate, if it is of this key. A TPM may have been given a template of its own; then it is not.
    static byte[] ofKey(byte[] publicArea, byte[] certificate) {
        try {
            boolean same = EndorsementKey.read(publicArea)
                    .isKeyOf(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)));
            if (same) {
                return certificate;
            }
            LOG.info("the TPM's certificate is of another endorsement key");
        } catch (CertificateException | MalformedException e) {
            LOG.info("the TPM's certificate cannot be read");
        }
        return new byte[0];
    }
}
