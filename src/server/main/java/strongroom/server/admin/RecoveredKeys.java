package strongroom.server.admin;

import java.security.SecureRandom;
import java.util.Arrays;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;

/// A person's private keys, out of their recovery grant, for the moment that it takes to hand them to a device.
/// Filled with zeros when it is closed by whoever opened it.
final class RecoveredKeys implements AutoCloseable {
    private final byte[] seeds;

    private RecoveredKeys(byte[] seeds) {
        this.seeds = seeds;
    }

    /// @param expected the person's public keys, as their first device enrolled with them
    /// @throws MalformedException if the seed does not open the grant, or other keys are in it
    static RecoveredKeys open(RecoverySeed seed, RecoveryGrant grant, PersonKeys expected) throws MalformedException {
        byte[] bound = RecoveryGrant.bound(grant.person(), grant.key());
        RecoveredKeys keys = new RecoveredKeys(Box.open(seed.borrow(), RecoveryGrant.info(), bound, grant.sealed()));
        if (!keys.are(expected)) {
            keys.close();
            throw new MalformedException("keys of another person");
        }
        return keys;
    }

    private boolean are(PersonKeys expected) {
        if (seeds.length != SeedSigner.SEED + Box.SEED) {
            return false;
        }
        byte[] box = Arrays.copyOfRange(seeds, SeedSigner.SEED, seeds.length);
        try {
            return new PersonKeys(signer().verifyingKey(), Box.publicKey(box)).equals(expected);
        } finally {
            Arrays.fill(box, (byte) 0);
        }
    }

    /// What another device of the person would leave for this one.
    ///
    /// @param joinKey of the device
    /// @throws MalformedException if that is no key to seal to
    Signed grantFor(Id device, Id person, byte[] joinKey, SecureRandom random)
            throws MalformedException, Signer.SigningException {
        byte[] sealed = Box.seal(joinKey, Grant.info(), Grant.bound(device, person), seeds, random);
        return new Grant(device, person, sealed).sign(signer());
    }

    private Signer signer() {
        byte[] signing = Arrays.copyOf(seeds, SeedSigner.SEED);
        try {
            return SeedSigner.of(signing);
        } finally {
            Arrays.fill(signing, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(seeds, (byte) 0);
    }

    /// Never the keys.
    @Override
    public String toString() {
        return "RecoveredKeys";
    }
}
