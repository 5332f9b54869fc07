package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// A P-256 key that the TPM made (Part 3 §12.1), under the storage root key. It signs digests of SHA-256 by
/// ECDSA, does nothing else, never leaves this TPM, and is used by its policy alone.
///
/// @param publicArea TPMT_PUBLIC; not copied
/// @param privateArea encrypted by the storage root key; not copied
record SigningObject(byte[] publicArea, byte[] privateArea) {
    // fixedTPM, fixedParent, sensitiveDataOrigin, noDA, sign
    private static final int ATTRIBUTES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 10 | 1 << 18;
    private static final int ECDSA = 0x0018;
    private static final int SHA256 = 0x000b;
    private static final int HASH_CHECK = 0x8024;
    private static final int COORDINATE = 32;

    /// A device's own key. @param policy a digest
    static SigningObject create(Tpm tpm, StorageRootKey root, HmacSession session, byte[] policy)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand create = new TpmCommand(TpmCommand.CREATE).handle(root.handle(), root.name());
        byte[] template = new TpmWriter()
                .fixed(common(ATTRIBUTES, policy))
                .uint16(0)
                .uint16(0)
                .toByteArray();
        // No authorisation and no data of our own, the template, no outside information, no PCRs.
        create.parameters().uint16(4).uint32(0).sized(template).uint16(0).uint32(0);
        try (SecretBytes rootsEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            TpmReader made = tpm.run(create, session.sealed(rootsEmptyAuth)).parameters();
            byte[] privateArea = made.sized();
            return new SigningObject(made.sized(), privateArea);
        }
    }

    /// The public half. @throws MalformedException unless it is such a key, with this policy
    VerifyingKey key(byte[] policy) throws MalformedException {
        byte[] common = common(ATTRIBUTES, policy);
        TpmReader in = new TpmReader(publicArea);
        try {
            if (!Arrays.equals(in.fixed(common.length), common)) {
                throw new MalformedException("not a signing key of ours");
            }
            CurvePoint point = CurvePoint.read(in);
            if (in.rest().length > 0) {
                throw new MalformedException("bytes behind a public area");
            }
            return VerifyingKey.of(point.publicKey());
        } catch (IOException e) {
            throw new MalformedException("not a public area", e);
        }
    }

    /// @return the handle of the loaded object
    int load(Tpm tpm, StorageRootKey root, byte[] pinnedRoot)
            throws IOException, TpmRefusal, InterposedException, SealException {
        return root.load(tpm, pinnedRoot, publicArea, privateArea);
    }

    /// Signs.
    ///
    /// @param handle of the loaded object @param policy fulfils the object's policy @param digest 32 bytes
    /// @return DER (RFC 3279 §2.2.3)
    byte[] sign(Tpm tpm, int handle, HmacSession policy, byte[] digest)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCommand sign = new TpmCommand(TpmCommand.SIGN).handle(handle, name());
        // The digest was computed outside, so there is no ticket to show for it.
        sign.parameters()
                .sized(digest)
                .uint16(ECDSA)
                .uint16(SHA256)
                .uint16(HASH_CHECK)
                .uint32(TpmCommand.NULL_HANDLE)
                .uint16(0);
        try (SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            return signature(tpm.run(sign, policy.plain(nothing)).parameters());
        } catch (TpmRefusal e) {
            throw NvCounter.erased(e);
        }
    }

    byte[] name() {
        return StorageRootKey.name(publicArea);
    }

    /// The one scheme (TPMT_SIG_SCHEME).
    static void scheme(TpmWriter out) {
        out.uint16(ECDSA).uint16(SHA256);
    }

    /// Of a response (TPMT_SIGNATURE). @return DER
    static byte[] signature(TpmReader in) throws IOException {
        if (in.uint16() != ECDSA || in.uint16() != SHA256) {
            throw new IOException("the TPM signed by another scheme than asked for");
        }
        byte[] r = number(in.sized());
        byte[] s = number(in.sized());
        return new TpmWriter()
                .uint8(0x30)
                .uint8(4 + r.length + s.length)
                .uint8(0x02)
                .uint8(r.length)
                .fixed(r)
                .uint8(0x02)
                .uint8(s.length)
                .fixed(s)
                .toByteArray();
    }

    /// The shortest form: the TPM pads with zeros, and DER has a sign.
    private static byte[] number(byte[] unsigned) throws IOException {
        if (unsigned.length > COORDINATE) {
            throw new IOException("a signature on P-256 has numbers of 32 bytes");
        }
        return new BigInteger(1, unsigned).toByteArray();
    }

    /// All of the public area but the point.
    static byte[] common(int attributes, byte[] policy) {
        return new TpmWriter()
                .uint16(0x0023) // ECC
                .uint16(SHA256)
                .uint32(attributes)
                .sized(policy)
                .uint16(0x0010) // no symmetric cipher
                .uint16(ECDSA)
                .uint16(SHA256)
                .uint16(0x0003) // NIST P-256
                .uint16(0x0010) // no KDF
                .toByteArray();
    }
}
