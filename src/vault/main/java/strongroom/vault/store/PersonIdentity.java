package strongroom.vault.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// Who uses this store, on which device, with the private keys of both: the person's signing and box key, and the
/// device's join key, to which the person's keys are handed over. A device that waits for its grant has the join
/// key alone. Owns its secrets; closed by whoever got it. Safe for several threads.
public final class PersonIdentity implements AutoCloseable {
    /// Without {@link RecoveryTrust}; with it, the format is one more.
    private static final int FORMAT = 1;

    private static final int WITH_TRUST = 2;
    private static final int NAME_LIMIT = 1024;

    private final Id person;
    private final String personName;
    private final Id device;
    private final String deviceName;
    private final SecretBytes joinSeed;
    private final @Nullable SecretBytes signingSeed;
    private final @Nullable SecretBytes boxSeed;
    private final @Nullable RecoveryTrust trust;

    private PersonIdentity(
            Id person,
            String personName,
            Id device,
            String deviceName,
            SecretBytes joinSeed,
            @Nullable SecretBytes signingSeed,
            @Nullable SecretBytes boxSeed,
            @Nullable RecoveryTrust trust) {
        this.person = person;
        this.personName = personName;
        this.device = device;
        this.deviceName = deviceName;
        this.joinSeed = joinSeed;
        this.signingSeed = signingSeed;
        this.boxSeed = boxSeed;
        this.trust = trust;
    }

    /// A device that has no keys of its person yet. @param joinKey copied
    public static PersonIdentity waiting(Id person, String personName, Id device, String deviceName, BoxKey joinKey) {
        return new PersonIdentity(person, personName, device, deviceName, joinKey.toSecret(), null, null, null);
    }

    /// The same with the person's keys. @param signing copied @param box copied
    public PersonIdentity with(SigningKey signing, BoxKey box) {
        return new PersonIdentity(
                person, personName, device, deviceName, joinSeed.copy(), signing.toSecret(), box.toSecret(), trust);
    }

    /// The same with whom its keys may be sealed to.
    public PersonIdentity with(RecoveryTrust sealable) {
        return new PersonIdentity(
                person, personName, device, deviceName, joinSeed.copy(), copy(signingSeed), copy(boxSeed), sealable);
    }

    private static @Nullable SecretBytes copy(@Nullable SecretBytes seed) {
        return seed == null ? null : seed.copy();
    }

    /// The person's id.
    public Id person() {
        return person;
    }

    /// The person's name.
    public String personName() {
        return personName;
    }

    /// This device's id.
    public Id device() {
        return device;
    }

    /// What its user called this device.
    public String deviceName() {
        return deviceName;
    }

    /// Whether the person's keys are still missing.
    public boolean isWaiting() {
        return signingSeed == null;
    }

    /// The device's join key, closed by the caller.
    public BoxKey joinKey() {
        return BoxKey.fromSeed(joinSeed);
    }

    /// The person's signing key, closed by the caller.
    public Optional<SigningKey> signingKey() {
        return signingSeed == null ? Optional.empty() : Optional.of(SigningKey.fromSeed(signingSeed));
    }

    /// The person's box key, closed by the caller.
    public Optional<BoxKey> boxKey() {
        return boxSeed == null ? Optional.empty() : Optional.of(BoxKey.fromSeed(boxSeed));
    }

    /// To whom the keys may be sealed; empty in a store from before there was recovery.
    public Optional<RecoveryTrust> recoveryTrust() {
        return Optional.ofNullable(trust);
    }

    PersonIdentity copy() {
        return new PersonIdentity(
                person, personName, device, deviceName, joinSeed.copy(), copy(signingSeed), copy(boxSeed), trust);
    }

    /// All of it in one secret, closed by the caller.
    SecretBytes toSecret() {
        CanonicalWriter names = new CanonicalWriter().uint8(trust == null ? FORMAT : WITH_TRUST);
        person.write(names);
        names.text(personName);
        device.write(names);
        byte[] open = names.text(deviceName).bool(signingSeed != null).toByteArray();
        byte[] end = trust == null ? new byte[0] : trust.toByteArray();
        int seeds = BoxKey.SEED + (isWaiting() ? 0 : SigningKey.SEED + BoxKey.SEED);
        byte[] bytes = new byte[open.length + seeds + end.length];
        ByteBuffer out = ByteBuffer.wrap(bytes).put(open);
        joinSeed.<ByteBuffer, RuntimeException>use(out::put);
        if (signingSeed != null && boxSeed != null) {
            signingSeed.<ByteBuffer, RuntimeException>use(out::put);
            boxSeed.<ByteBuffer, RuntimeException>use(out::put);
        }
        out.put(end);
        return SecretBytes.ofAndZero(bytes);
    }

    /// Reads what {@link #toSecret} wrote; the bytes are filled with zeros.
    static PersonIdentity of(byte[] bytes) throws MalformedException {
        try {
            CanonicalReader in = new CanonicalReader(bytes);
            int format = in.uint8();
            if (format != FORMAT && format != WITH_TRUST) {
                throw new MalformedException("identity of an unknown format");
            }
            Id person = Id.read(in);
            String personName = in.text(NAME_LIMIT);
            Id device = Id.read(in);
            String deviceName = in.text(NAME_LIMIT);
            boolean complete = in.bool();
            PersonIdentity identity = new PersonIdentity(
                    person,
                    personName,
                    device,
                    deviceName,
                    SecretBytes.ofAndZero(in.fixed(BoxKey.SEED)),
                    complete ? SecretBytes.ofAndZero(in.fixed(SigningKey.SEED)) : null,
                    complete ? SecretBytes.ofAndZero(in.fixed(BoxKey.SEED)) : null,
                    format == WITH_TRUST ? RecoveryTrust.read(in) : null);
            in.end();
            return identity;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        joinSeed.close();
        if (signingSeed != null) {
            signingSeed.close();
        }
        if (boxSeed != null) {
            boxSeed.close();
        }
    }

    /// Names the device only.
    @Override
    public String toString() {
        return "PersonIdentity[device " + device + "]";
    }
}
