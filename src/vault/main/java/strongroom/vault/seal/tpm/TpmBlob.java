package strongroom.vault.seal.tpm;

import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What a seal leaves on the disk: version, name of the storage root key, PCR selection (none yet), number of the
/// NV index, the TPM object's two areas, and the secret under the key that the TPM gives back, sealed together with
/// everything before it; then the checksum.
final class TpmBlob {
    private static final int VERSION = 1;
    private static final int LIMIT = 1024;
    private static final int USER_WITH_AUTH = 1 << 6;

    private final byte[] rootName;
    private final int nvIndex;
    private final byte[] publicArea;
    private final byte[] privateArea;
    private final byte[] sealed;

    private TpmBlob(byte[] rootName, int nvIndex, byte[] publicArea, byte[] privateArea, byte[] sealed) {
        this.rootName = rootName;
        this.nvIndex = nvIndex;
        this.publicArea = publicArea;
        this.privateArea = privateArea;
        this.sealed = sealed;
    }

    /// Of an object alone; the index and the secret are still to come.
    static TpmBlob of(byte[] rootName, byte[] publicArea, byte[] privateArea) {
        return new TpmBlob(rootName, 0, publicArea, privateArea, new byte[0]);
    }

    TpmBlob withIndex(int index) {
        return new TpmBlob(rootName, index, publicArea, privateArea, sealed);
    }

    TpmBlob withSecret(byte[] sealedSecret) {
        return new TpmBlob(rootName, nvIndex, publicArea, privateArea, sealedSecret);
    }

    static TpmBlob read(byte[] encoded) throws SealException {
        try {
            return parse(new CanonicalReader(Checksum.strip(encoded)));
        } catch (MalformedException e) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
        }
    }

    private static TpmBlob parse(CanonicalReader in) throws MalformedException {
        if (in.uint8() != VERSION) {
            throw new MalformedException("sealed by a later version");
        }
        byte[] rootName = in.fixed(StorageRootKey.NAME);
        in.bytes(0);
        int nvIndex = in.uint32(Integer.MAX_VALUE);
        TpmBlob blob = new TpmBlob(rootName, nvIndex, in.bytes(LIMIT), in.bytes(LIMIT), in.bytes(LIMIT));
        in.end();
        // The attributes stand behind two numbers of 16 bits.
        if (!NvHalf.isOurs(nvIndex) || blob.publicArea.length < 8) {
            throw new MalformedException("damaged");
        }
        return blob;
    }

    byte[] toByteArray() {
        return Checksum.append(
                new CanonicalWriter().fixed(header()).bytes(sealed).toByteArray());
    }

    /// Everything before the secret.
    byte[] header() {
        return new CanonicalWriter()
                .uint8(VERSION)
                .fixed(rootName)
                .bytes(new byte[0])
                .uint32(nvIndex)
                .bytes(publicArea)
                .bytes(privateArea)
                .toByteArray();
    }

    boolean isSealedUnder(StorageRootKey root) {
        return Arrays.equals(rootName, root.name());
    }

    /// Whether the object wants the policy session of an authorisation; if not, the empty one opens it.
    boolean wantsPolicy() {
        return (publicArea[7] & USER_WITH_AUTH) == 0;
    }

    byte[] rootName() {
        return rootName.clone();
    }

    int nvIndex() {
        return nvIndex;
    }

    byte[] publicArea() {
        return publicArea.clone();
    }

    byte[] privateArea() {
        return privateArea.clone();
    }

    byte[] sealed() {
        return sealed.clone();
    }
}
