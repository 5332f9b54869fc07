package strongroom.vault.seal.tpm;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What a seal leaves on the disk: version, name of the storage root key, PCR selection (empty for none), number of
/// the NV index, the TPM object's two areas, and the secret under the key that the TPM gives back, sealed together
/// with everything before it; then the checksum.
final class TpmBlob {
    private static final int VERSION = 1;
    private static final int SELECTION = 3;
    private static final int LIMIT = 1024;

    private final byte[] rootName;
    private final PcrSelection registers;
    private final int nvIndex;
    private final KeyedHash object;
    private final byte[] sealed;

    private TpmBlob(byte[] rootName, PcrSelection registers, int nvIndex, KeyedHash object, byte[] sealed) {
        this.rootName = rootName;
        this.registers = registers;
        this.nvIndex = nvIndex;
        this.object = object;
        this.sealed = sealed;
    }

    /// Of an object alone; the index and the secret are still to come.
    static TpmBlob of(byte[] rootName, PcrSelection registers, KeyedHash object) {
        return new TpmBlob(rootName, registers, 0, object, new byte[0]);
    }

    TpmBlob withIndex(int index) {
        return new TpmBlob(rootName, registers, index, object, sealed);
    }

    TpmBlob withSecret(byte[] sealedSecret) {
        return new TpmBlob(rootName, registers, nvIndex, object, sealedSecret);
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
        PcrSelection registers = PcrSelection.read(in.bytes(SELECTION));
        int nvIndex = in.uint32(Integer.MAX_VALUE);
        KeyedHash object = new KeyedHash(in.bytes(LIMIT), in.bytes(LIMIT));
        TpmBlob blob = new TpmBlob(rootName, registers, nvIndex, object, in.bytes(LIMIT));
        in.end();
        // Without an authorisation there is no policy either.
        if (!NvHalf.isOurs(nvIndex) || !object.isWhole() || !registers.isEmpty() && !blob.wantsPolicy()) {
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
                .bytes(registers.encoded())
                .uint32(nvIndex)
                .bytes(object.publicArea())
                .bytes(object.privateArea())
                .toByteArray();
    }

    /// Whether the object wants the policy session of an authorisation; if not, the empty one opens it.
    boolean wantsPolicy() {
        return !object.isUserWithAuth();
    }

    /// To which registers the object is bound.
    PcrSelection registers() {
        return registers;
    }

    byte[] rootName() {
        return rootName.clone();
    }

    int nvIndex() {
        return nvIndex;
    }

    KeyedHash object() {
        return object;
    }

    byte[] sealed() {
        return sealed.clone();
    }
}
