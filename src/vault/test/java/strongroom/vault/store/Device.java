package strongroom.vault.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// A laptop in a test: a store in a folder, its exchange, and the person's one vault.
final class Device implements AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /// A clock that a test can set.
    static final class SetClock extends Clock {
        private volatile Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /// What all devices of one person share.
    static final class Person {
        final Id id = Id.random(RANDOM);
        final Id vault = Id.random(RANDOM);
        final SecretBytes vaultKey = SecretBytes.random(32, RANDOM);
        final SigningKey signing = SigningKey.generate(RANDOM);
        final BoxKey box = BoxKey.generate(RANDOM);
    }

    final Path folder;
    final Person person;
    final Id vault;
    final SetClock clock = new SetClock();
    final SecretBytes rootKey = SecretBytes.random(32, RANDOM);
    VaultStore store;
    Documents documents;
    Exchange exchange;

    Device(Path folder, Person person, String name) throws StoreException {
        this.folder = folder;
        this.person = person;
        this.vault = person.vault;
        this.store = VaultStore.create(folder, rootKey, clock, RANDOM);
        try (BoxKey join = BoxKey.generate(RANDOM);
                PersonIdentity waiting = PersonIdentity.waiting(person.id, "Ada", Id.random(RANDOM), name, join);
                PersonIdentity identity = waiting.with(person.signing, person.box)) {
            store.storeIdentity(identity);
        }
        store.addVault(vault, 1, person.vaultKey);
        documents = store.documents(vault);
        exchange = Exchange.open(folder, RANDOM);
    }

    /// A device alone.
    static Device alone(Path folder) throws StoreException {
        return new Device(folder, new Person(), "laptop");
    }

    /// Sets this device's clock.
    Device at(Instant now) {
        clock.now = now;
        return this;
    }

    /// Lets go of the folder until {@link #reopen}.
    void stop() {
        close();
    }

    void reopen() throws StoreException {
        close();
        start();
        documents = store.documents(vault);
    }

    /// After {@link #stop}; also where the vault does not open.
    void start() throws StoreException {
        store = VaultStore.open(folder, rootKey, clock, RANDOM);
        exchange = Exchange.open(folder, RANDOM);
    }

    Id root() throws StoreException {
        return documents.root().id();
    }

    Item save(String name, String text) throws StoreException {
        return documents.save(root(), name, NOW, stream(text), text.length());
    }

    String read(Id document) throws Exception {
        try (InputStream in = documents.open(document)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String read(String path) throws Exception {
        return read(documents.find(path).id());
    }

    List<String> names() throws StoreException {
        return documents.list(root()).stream().map(Item::name).toList();
    }

    /// The files that hold chunks.
    List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("packs"))) {
            return files.sorted().toList();
        }
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        exchange.close();
        store.close();
    }
}
