package strongroom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.Documents;
import strongroom.vault.store.ImportWatch;
import strongroom.vault.store.Item;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Our own store, open, as it is in the window.
final class Strongroom implements Contender {
    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final SecretBytes root = SecretBytes.random(32, random);
    private final VaultStore store;
    private final Documents documents;
    private final byte[] buffer = new byte[1 << 16];

    Strongroom(Path folder) throws StoreException {
        this.folder = folder;
        this.store = VaultStore.create(folder, root, Clock.systemUTC(), random);
        Id vault = Id.random(random);
        try (BoxKey join = BoxKey.generate(random);
                SigningKey signing = SigningKey.generate(random);
                BoxKey box = BoxKey.generate(random);
                SecretBytes key = SecretBytes.random(32, random);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(random), "Bench", Id.random(random), "bench", join);
                PersonIdentity identity = waiting.with(signing, box)) {
            store.storeIdentity(identity);
            store.addVault(vault, 1, key);
        }
        this.documents = store.documents(vault);
    }

    @Override
    public String name() {
        return "strongroom";
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public void importFile(Path file, String name) throws IOException, StoreException {
        try (InputStream in = Files.newInputStream(file)) {
            documents.save(documents.root().id(), name, Instant.now(), in, Files.size(file));
        }
    }

    @Override
    public void importFolder(Path source, String name) throws StoreException {
        documents.importFrom(List.of(source), documents.root().id(), ImportWatch.NONE);
    }

    @Override
    public void readFile(String name) throws IOException, StoreException {
        read(documents.find(name));
    }

    @Override
    public void readFolder(String name) throws IOException, StoreException {
        readAll(documents.find(name));
    }

    private void readAll(Item folder) throws IOException, StoreException {
        for (Item item : documents.list(folder.id())) {
            if (item.folder()) {
                readAll(item);
            } else {
                read(item);
            }
        }
    }

    private void read(Item item) throws IOException, StoreException {
        try (InputStream content = documents.open(item.id())) {
            while (content.read(buffer) >= 0) {
                // Every byte is authenticated on the way; what it says does not matter here.
            }
        }
    }

    @Override
    public Path store() {
        return folder;
    }

    @Override
    public void close() {
        store.close();
        root.close();
    }
}
