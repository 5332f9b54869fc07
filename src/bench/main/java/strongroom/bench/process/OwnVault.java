package strongroom.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import strongroom.protocol.Commit;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.Documents;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.ImportWatch;
import strongroom.vault.store.Item;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// A store of ours with one vault, open, as it is in the window.
public final class OwnVault implements AutoCloseable {
    private final VaultStore store;
    private final Id vault;
    private final Documents documents;
    private final byte[] buffer = new byte[1 << 16];

    private OwnVault(VaultStore store, Id vault) throws StoreException {
        this.store = store;
        this.vault = vault;
        this.documents = store.documents(vault);
    }

    /// @param folder empty @param root 32 bytes, borrowed
    public static OwnVault create(Path folder, SecretBytes root, SecureRandom random) throws StoreException {
        VaultStore store = VaultStore.create(folder, root, Clock.systemUTC(), random);
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
        return new OwnVault(store, vault);
    }

    /// @param root as it was created with, borrowed
    public static OwnVault open(Path folder, SecretBytes root, SecureRandom random) throws StoreException {
        VaultStore store = VaultStore.open(folder, root, Clock.systemUTC(), random);
        return new OwnVault(store, store.vaults().getFirst());
    }

    /// Takes a file in, in place of what has that name.
    public void importFile(Path file, String name) throws IOException, StoreException {
        try (InputStream in = Files.newInputStream(file)) {
            documents.save(documents.root().id(), name, Instant.now(), in, Files.size(file));
        }
    }

    /// Takes a folder in, by its name.
    public void importFolder(Path source) throws StoreException {
        documents.importFrom(List.of(source), documents.root().id(), ImportWatch.NONE);
    }

    /// Sees to it that everything made here counts as sent, as after a contact with the server.
    ///
    /// @param folder as it was created in
    public void send(Path folder, SecureRandom random) throws StoreException {
        try (Exchange exchange = Exchange.open(folder, random)) {
            for (Optional<Commit> next = exchange.outgoing(vault); next.isPresent(); next = exchange.outgoing(vault)) {
                exchange.accepted(vault, next.get());
            }
            exchange.chunksSent(vault, exchange.chunksToSend(vault, Integer.MAX_VALUE));
        }
        store.applyIncoming();
    }

    /// Sees to it that all of the catalogue is in memory.
    public void readCatalogue() throws StoreException {
        documents.find("");
    }

    /// Lists the topmost folder.
    public void listRoot() throws StoreException {
        documents.list(documents.root().id());
    }

    /// Reads a document, or every one in a folder.
    public void read(String path) throws IOException, StoreException {
        read(documents.find(path));
    }

    private void read(Item item) throws IOException, StoreException {
        if (item.folder()) {
            for (Item inside : documents.list(item.id())) {
                read(inside);
            }
            return;
        }
        try (InputStream content = documents.open(item.id())) {
            while (content.read(buffer) >= 0) {
                // Every byte is authenticated on the way; what it says does not matter here.
            }
        }
    }

    /// A document, to be read here and there. @return closed by the caller
    public SeekableByteChannel channel(String path) throws StoreException {
        return documents.channel(documents.find(path).id());
    }

    /// Lists a folder. @return the bytes of its documents
    public long list(String path) throws StoreException {
        return documents.list(documents.find(path).id()).stream()
                .mapToLong(Item::size)
                .sum();
    }

    /// Lists everything below a folder. @return the bytes of the documents
    public long listAll(String path) throws StoreException {
        return listAll(documents.find(path));
    }

    private long listAll(Item folder) throws StoreException {
        long bytes = 0;
        for (Item item : documents.list(folder.id())) {
            bytes += item.folder() ? listAll(item) : item.size();
        }
        return bytes;
    }

    @Override
    public void close() {
        store.close();
    }
}
