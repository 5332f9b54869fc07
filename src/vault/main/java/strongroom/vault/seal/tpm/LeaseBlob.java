package strongroom.vault.seal.tpm;

import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Lease;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// What a seal under a lease leaves on the disk: version, name of the storage root key, slot, the lessor's key,
/// the TPM object's two areas; then the checksum. The object's policy follows from slot and lessor, so none of
/// them can be another's.
///
/// @param rootName of the storage root key at sealing; not copied
/// @param object which holds the secret
record LeaseBlob(byte[] rootName, Id slot, VerifyingKey lessor, KeyedHash object) {
    /// fixedTPM and fixedParent and nothing else: opens by its policy alone, and wrong authorisations count.
    static final int ATTRIBUTES = KeyedHash.FIXED;

    private static final int VERSION = 1;
    private static final int LIMIT = 1024;

    static LeaseBlob read(byte[] encoded) throws SealException {
        try {
            return parse(new CanonicalReader(Checksum.strip(encoded)));
        } catch (MalformedException e) {
            throw new SealException(Why.DAMAGED, "The sealed key is damaged.", e);
        }
    }

    private static LeaseBlob parse(CanonicalReader in) throws MalformedException {
        if (in.uint8() != VERSION) {
            throw new MalformedException("sealed by a later version");
        }
        LeaseBlob blob = new LeaseBlob(
                in.fixed(StorageRootKey.NAME),
                Id.read(in),
                VerifyingKey.read(in),
                new KeyedHash(in.bytes(LIMIT), in.bytes(LIMIT)));
        in.end();
        if (blob.lessor.algorithm() != VerifyingKey.Algorithm.ECDSA_P256
                || !blob.object.isMade(ATTRIBUTES, blob.policy().digest())) {
            throw new MalformedException("the object is not for this slot and lessor");
        }
        return blob;
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(VERSION).fixed(rootName);
        slot.write(out);
        lessor.write(out);
        return Checksum.append(
                out.bytes(object.publicArea()).bytes(object.privateArea()).toByteArray());
    }

    LeasePolicy policy() {
        return new LeasePolicy(lessor, slot);
    }

    /// The lease, if it is one of this lessor for this slot.
    Lease verified(Lease.Granted granted) throws SealException {
        try {
            Lease lease = granted.verify(lessor);
            if (lease.slot().equals(slot)) {
                return lease;
            }
        } catch (MalformedException e) {
            throw new SealException(Why.LEASE_INVALID, "The lease is not signed by this device's server.", e);
        }
        throw new SealException(Why.LEASE_INVALID, "The lease is for another key slot.");
    }
}
