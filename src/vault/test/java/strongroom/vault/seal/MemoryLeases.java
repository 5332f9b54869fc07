package strongroom.vault.seal;

import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException.Why;

/// An honest fake of a TPM's leases, in memory. Its clock stands still until it is moved. Wrong authorisations
/// are counted by the machine it belongs to. Safe for several threads.
public final class MemoryLeases implements LeaseSealer {
    private static final int LIMIT = 256;

    private final MemorySealer machine;
    private PowerClock clock = new PowerClock(1_000_000, 3, 1);

    MemoryLeases(MemorySealer machine) {
        this.machine = machine;
    }

    /// Time goes by.
    public synchronized void advance(long milliseconds) {
        clock = new PowerClock(clock.clock() + milliseconds, clock.resets(), clock.restarts());
    }

    /// The machine is shut down and started again.
    public synchronized void restart() {
        clock = new PowerClock(clock.clock(), clock.resets() + 1, 0);
    }

    /// The machine sleeps and is resumed.
    public synchronized void resume() {
        clock = new PowerClock(clock.clock(), clock.resets(), clock.restarts() + 1);
    }

    @Override
    public synchronized PowerClock clock() throws SealException {
        machine.check();
        return clock;
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation, VerifyingKey lessor, Id slot)
            throws SealException {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        lessor.write(out);
        return Checksum.append(out.bytes(machine.seal(secret, authorisation)).toByteArray());
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation, Lease.Granted granted) throws SealException {
        byte[] bytes = Checksum.strip(sealed);
        try {
            CanonicalReader in = new CanonicalReader(bytes);
            Id slot = Id.read(in);
            Lease lease = granted.verify(VerifyingKey.read(in));
            if (!lease.slot().equals(slot)) {
                throw new SealException(Why.LEASE_INVALID, "The lease is for another key slot.");
            }
            if (!allows(lease, clock())) {
                throw new SealException(Why.LEASE_OVER, "The time without the server is over.");
            }
            return machine.unseal(in.bytes(LIMIT), authorisation);
        } catch (MalformedException e) {
            throw new SealException(Why.LEASE_INVALID, "The lease is not signed by this device's server.", e);
        }
    }

    private static boolean allows(Lease lease, PowerClock now) {
        return now.clock() >= lease.from().clock()
                && now.clock() <= lease.until().clock()
                && now.resets() <= lease.until().resets()
                && now.restarts() <= lease.until().restarts();
    }
}
