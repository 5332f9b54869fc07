package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What a signing key leaves on the disk: version, name of the storage root key, the counter, the TPM object's
/// two areas; then the checksum. None of it is secret, and the object's policy is the counter's.
///
/// @param rootName of the storage root key when the key was made; not copied @param key its public half
record SigningBlob(byte[] rootName, NvCounter counter, SigningObject object, VerifyingKey key) {
    private static final int VERSION = 1;
    private static final int LIMIT = 1024;

    /// Of a key that the TPM just made. @throws IOException if it made another kind than it was asked for
    static SigningBlob of(byte[] rootName, NvCounter counter, SigningObject object) throws IOException {
        try {
            return new SigningBlob(rootName, counter, object, object.key(counter.policy()));
        } catch (MalformedException e) {
            throw new IOException("the TPM made another kind of key", e);
        }
    }

    static SigningBlob read(byte[] encoded) throws SealException {
        try {
            CanonicalReader in = new CanonicalReader(Checksum.strip(encoded));
            if (in.uint8() != VERSION) {
                throw new MalformedException("made by a later version");
            }
            byte[] rootName = in.fixed(StorageRootKey.NAME);
            NvCounter counter = new NvCounter(in.uint32(Integer.MAX_VALUE), in.fixed(NvCounter.SIZE));
            SigningObject object = new SigningObject(in.bytes(LIMIT), in.bytes(LIMIT));
            in.end();
            if (!NvIndex.isOurs(counter.number())) {
                throw new MalformedException("not an index of ours");
            }
            return new SigningBlob(rootName, counter, object, object.key(counter.policy()));
        } catch (MalformedException e) {
            throw new SealException(Why.DAMAGED, "The key in the TPM cannot be loaded: its file is damaged.", e);
        }
    }

    byte[] toByteArray() {
        return Checksum.append(new CanonicalWriter()
                .uint8(VERSION)
                .fixed(rootName)
                .uint32(counter.number())
                .fixed(counter.value())
                .bytes(object.publicArea())
                .bytes(object.privateArea())
                .toByteArray());
    }
}
