package strongroom.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Id;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.server.files.PrivateFiles;

/// Brings back the keys of people who have no device left, with the shares of several administrators. Makes the
/// key, uses it, and proves that it works. The seed and the keys of people are in memory only, for the moment
/// they are used. For one thread.
public final class Recovery {
    private final AdminHome.Credentials credentials;
    private final AdminConsole console;
    private final AdminChannel channel;
    private final Clock clock;
    private final SecureRandom random;

    Recovery(
            AdminHome.Credentials credentials,
            AdminConsole console,
            AdminChannel channel,
            Clock clock,
            SecureRandom random) {
        this.credentials = credentials;
        this.console = console;
        this.channel = channel;
        this.clock = clock;
        this.random = random;
    }

    private record Owner(String name, PersonKeys keys) {}

    /// The key that devices seal to, or nothing if none was ever made.
    public Optional<RecoveryKey> key() throws AdminException {
        Optional<byte[]> shown = channel.find("/admin/v1/recovery-key");
        try {
            return shown.isEmpty()
                    ? Optional.empty()
                    : Optional.of(RecoveryKey.open(Signed.of(shown.get()), credentials.organisation()));
        } catch (MalformedException e) {
            throw new AdminException("The server shows a recovery key that the root did not sign.", e);
        }
    }

    /// Makes a key, writes its shares, and has the server show it to the devices, in place of the one before.
    ///
    /// @param root the root's seed, from where it is kept: one administrator alone cannot make a key
    /// @param to folder for the shares, one file each
    /// @return the files
    /// @throws IOException if that is not this organisation's root, or there are shares already
    public List<Path> init(int shares, int threshold, Path root, Path to) throws IOException, AdminException {
        Signer signer = AdminHome.root(root, credentials.organisation());
        List<Path> files = files(shares, to);
        boolean proved = false;
        try (RecoverySeed seed = RecoverySeed.generate(random)) {
            RecoveryKey key = next(seed, shares, threshold);
            PrivateFiles.createDirectory(to);
            write(seed, key, files);
            prove(files, key);
            proved = true;
            publish(key.sign(signer), to);
            return files;
        } catch (Signer.SigningException e) {
            throw new AdminException("The root's key does not sign.", e);
        } finally {
            // Shares of a key that the server never saw would be taken for those of the present one.
            for (Path file : proved ? List.<Path>of() : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void publish(Signed key, Path to) throws AdminException {
        try {
            channel.put("/admin/v1/recovery-key", key.toByteArray());
        } catch (AdminException e) {
            // Only the answer may have been lost, and then devices seal to this key from now on.
            throw new AdminException(
                    e.getMessage() + " The shares stay in " + to
                            + ": if `admin recovery check` takes them, the server has their key.",
                    e);
        }
    }

    private static List<Path> files(int shares, Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= shares; number++) {
            Path file = to.resolve("recovery-share-" + number + "-of-" + shares + ".txt");
            if (Files.exists(file)) {
                throw new IOException(file + " is there already. Nothing was changed.");
            }
            files.add(file);
        }
        return files;
    }

    private RecoveryKey next(RecoverySeed seed, int shares, int threshold) throws AdminException {
        long number = key().map(RecoveryKey::number).orElse(0L) + 1;
        try {
            return new RecoveryKey(
                    number, seed.publicKey(), shares, threshold, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    "A key has 2 to " + RecoveryKey.MAX_SHARES + " shares, of which at least 2 are needed.", e);
        }
    }

    private void write(RecoverySeed seed, RecoveryKey key, List<Path> files) throws IOException, AdminException {
        String organisation = organisationName();
        for (RecoveryShare share : seed.split(key.shares(), key.threshold(), random)) {
            byte[] text = share.text(organisation, key);
            try (share) {
                PrivateFiles.write(files.get(share.number() - 1), text);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }
    }

    /// What was written gives the key again: better found now than when a laptop is lost.
    private static void prove(List<Path> files, RecoveryKey key) throws IOException, AdminException {
        try (RecoveryShares written = RecoveryShares.read(files.subList(files.size() - key.threshold(), files.size()));
                RecoverySeed again = written.combine()) {
            if (!Arrays.equals(again.publicKey(), key.box())) {
                throw new AdminException("The shares that were written do not give the key. Nothing was changed.");
            }
        }
    }

    private String organisationName() throws AdminException {
        try {
            return credentials.organisation().pins().organisation();
        } catch (MalformedException e) {
            throw new AdminException("The pins of the organisation cannot be used.", e);
        }
    }

    /// A device that waits for its keys. @throws AdminException if it does not
    public KnownDevice waiting(String named) throws AdminException {
        KnownDevice device = console.device(named);
        if (device.record().granted()) {
            throw new AdminException(named + " has its keys. Only a device that waits for them can get them back.");
        }
        if (device.record().status() != DeviceRecord.Status.ACTIVE) {
            throw new AdminException(named + " is not active, so it cannot get any keys.");
        }
        return device;
    }

    /// Hands the person's keys to a device that waits, as if another device of theirs had approved it. Whoever
    /// calls this has compared the digits of the device.
    ///
    /// @throws AdminException also if the person left no keys, or left them for another recovery key
    public void recover(KnownDevice device, RecoveryShares shares) throws AdminException {
        Id person = device.proof().person();
        String name = device.proof().personName();
        Owner owner = owners().get(person);
        if (owner == null) {
            throw new AdminException("No device of " + name + " ever had keys. There is nothing to bring back.");
        }
        List<RecoveryGrant> grants = grants(person, owner);
        if (grants.isEmpty()) {
            throw new AdminException("No device of " + name + " left keys for recovery. They cannot be brought back.");
        }
        RecoveryGrant grant = grants.stream()
                .filter(one -> shares.areOf(one.key()))
                .findFirst()
                .orElseThrow(() -> new AdminException("The shares are of the recovery key " + shares.keyName()
                        + "; the keys of " + name + " are sealed to "
                        + grants.getFirst().key() + "."));
        try (RecoverySeed seed = shares.combine();
                RecoveredKeys keys = RecoveredKeys.open(seed, grant, owner.keys)) {
            Id id = device.record().device();
            Signed handed = keys.grantFor(id, person, device.proof().request().joinKey(), random);
            channel.put("/admin/v1/devices/" + id + "/grant", handed.toByteArray());
        } catch (MalformedException e) {
            throw new AdminException("The keys that " + name + " left for recovery do not open.", e);
        } catch (Signer.SigningException e) {
            throw new AdminException("The recovered key does not sign.", e);
        }
    }

    /// Opens the keys of everybody in memory and lets go of them.
    ///
    /// @param key the present one @throws AdminException if the shares are of another
    public List<RecoveryCheck> check(RecoveryKey key, RecoveryShares shares) throws AdminException {
        if (!shares.areOf(key.fingerprint())) {
            throw new AdminException("The shares are of the recovery key " + shares.keyName() + "; the present one is "
                    + key.fingerprint() + ".");
        }
        List<RecoveryCheck> checks = new ArrayList<>();
        try (RecoverySeed seed = shares.combine()) {
            for (Map.Entry<Id, Owner> one : owners().entrySet()) {
                checks.add(new RecoveryCheck(one.getValue().name, check(one.getKey(), one.getValue(), key, seed)));
            }
        }
        return checks;
    }

    private RecoveryCheck.Result check(Id person, Owner owner, RecoveryKey key, RecoverySeed seed)
            throws AdminException {
        List<RecoveryGrant> grants = grants(person, owner);
        Optional<RecoveryGrant> grant = grants.stream()
                .filter(one -> one.key().equals(key.fingerprint()))
                .findFirst();
        if (grant.isEmpty()) {
            return grants.isEmpty() ? RecoveryCheck.Result.MISSING : RecoveryCheck.Result.STALE;
        }
        try {
            RecoveredKeys.open(seed, grant.get(), owner.keys).close();
            return RecoveryCheck.Result.OPENS;
        } catch (MalformedException e) {
            return RecoveryCheck.Result.REFUSED;
        }
    }

    /// Everybody whose first device made their keys, by the proofs of the devices.
    private Map<Id, Owner> owners() throws AdminException {
        Map<Id, Owner> owners = new LinkedHashMap<>();
        for (KnownDevice device : console.devices()) {
            PersonKeys keys = device.proof().request().personKeys();
            if (keys != null) {
                owners.putIfAbsent(
                        device.proof().person(), new Owner(device.proof().personName(), keys));
            }
        }
        return owners;
    }

    /// What the person left, newest first, all of it signed by them.
    private List<RecoveryGrant> grants(Id person, Owner owner) throws AdminException {
        try {
            List<RecoveryGrant> grants = new ArrayList<>();
            for (Signed signed : RecoveryGrant.listOf(channel.get("/admin/v1/people/" + person + "/recovery-grants"))) {
                RecoveryGrant grant = RecoveryGrant.open(signed, owner.keys.signing());
                if (!grant.person().equals(person)) {
                    throw new MalformedException("a grant of another person");
                }
                grants.add(grant);
            }
            return grants;
        } catch (MalformedException e) {
            throw new AdminException("The server shows keys for recovery that " + owner.name + " did not leave.", e);
        }
    }
}
