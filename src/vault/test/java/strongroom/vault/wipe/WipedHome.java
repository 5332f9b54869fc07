package strongroom.vault.wipe;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.Argon2Parameters;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;

/// A home of an enrolled device with a key slot, a store, drafts and logs, to be wiped by a test.
final class WipedHome {
    static final byte[] CANARY = "canary of a document".getBytes(StandardCharsets.UTF_8);

    final Home home;
    final KeySealer sealer;
    final DeviceIdentity identity;
    final Id device;
    final byte[] sealedSecret;

    WipedHome(Path folder, TestOrganisation organisation, KeySealer sealer, SecureRandom random) throws Exception {
        this.home = new Home(folder);
        this.sealer = sealer;
        Files.createDirectories(folder);
        this.identity = new DeviceIdentity(home, sealers(), random);
        this.device = organisation.enrol(identity, URI.create("https://localhost:1"), 2);
        try (SecretBytes secret = SecretBytes.random(32, random);
                SecretBytes authorisation = authorisation()) {
            this.sealedSecret = sealer.seal(secret, authorisation);
        }
        Files.createDirectories(home.slots());
        Files.write(home.slots().resolve("daily.slot"), slot(random));
        Files.write(home.slots().resolve("tries"), new byte[] {5});
        write(home.store().resolve("vault.db"));
        write(home.store().resolve("chunks/ab/cdef"));
        write(home.folder().resolve("drafts/one"));
        write(home.logs().resolve("agent.log"));
    }

    OneSealer sealers() {
        return new OneSealer(sealer);
    }

    Wiper wiper(Runnable step) {
        return new Wiper(home, sealers(), Clock.systemUTC(), new SecureRandom(), step);
    }

    static SecretBytes authorisation() {
        return SecretBytes.ofAndZero(new byte[] {1, 2, 3});
    }

    private byte[] slot(SecureRandom random) {
        CanonicalWriter out = new CanonicalWriter().fixed("SRSLOT1\0".getBytes(StandardCharsets.US_ASCII));
        Id.random(random).write(out);
        out.uint8(sealer.kind().code());
        Argon2Parameters.DEFAULT.write(out);
        return out.fixed(new byte[16]).bytes(sealedSecret).bytes(CANARY).toByteArray();
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, CANARY);
    }

    boolean secretOpens() {
        try (SecretBytes authorisation = authorisation();
                SecretBytes opened = sealer.unseal(sealedSecret, authorisation)) {
            return opened.size() == 32;
        } catch (SealException e) {
            return false;
        }
    }

    /// Every file with the digest of what is in it.
    SortedMap<String, Digest> files() throws IOException {
        SortedMap<String, Digest> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home.folder())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.folder().relativize(file).toString(), Digest.sha256(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
