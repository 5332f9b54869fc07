package strongroom.vault.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.home.Home;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.passphrase.PassphraseSealer;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.ShareException;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.store.Documents;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// A vault of nobody in a folder of its own, opened in the way of a real one: the first unlock of a process loads and
/// compiles what it needs, which takes longer than the unlock itself. Its keys are random and end with it; no agent
/// works for it, nothing of the machine seals it, and its documents say nothing. For one thread at a time.
public final class RehearsedVault implements AutoCloseable {
    private static final int KEY = 32;
    private static final byte[] TEXT = "Nothing of anybody.\n".repeat(40).getBytes(StandardCharsets.UTF_8);
    private static final List<String> FOLDERS = List.of("One", "Two");
    private static final List<String> DOCUMENTS = List.of("Three.txt", "Four.pdf", "Five.jpg");

    private final Path folder;
    private final LocalClient client;

    private RehearsedVault(Path folder, LocalClient client) {
        this.folder = folder;
        this.client = client;
    }

    /// Makes one, locked, in the system's folder for temporary files. @return closed by the caller
    public static RehearsedVault make() throws ClientException {
        return make(Path.of(System.getProperty("java.io.tmpdir", "")));
    }

    /// @param within a folder of its own is made in this one
    static RehearsedVault make(Path within) throws ClientException {
        SecureRandom random = new SecureRandom();
        Path folder = folder(within);
        try {
            Home home = new Home(folder.resolve("home"));
            try (SecretBytes root = SecretBytes.random(KEY, random);
                    SecretBytes secret = SecretBytes.ofAndZero(pin())) {
                furnish(home, root, random);
                Files.createDirectories(home.slots());
                PinSlot.create(
                        home.slots().resolve(SlotFile.DAILY),
                        new ChosenPin(secret, Instant.now()),
                        root,
                        new PassphraseSealer(random),
                        null,
                        random);
            }
            return new RehearsedVault(folder, LocalClient.rehearsing(home, random));
        } catch (StoreException e) {
            remove(folder);
            throw Sentences.of(e);
        } catch (SealException | ShareException | IOException e) {
            remove(folder);
            throw new ClientException(Problem.IO, "A vault to rehearse with could not be made.", e);
        } catch (ClientException | RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    /// Its client.
    public VaultClient client() {
        return client;
    }

    /// Opens it as a PIN opens a real one. @return its documents
    public Library open() throws ClientException {
        if (client.unlock(pin()) instanceof UnlockResult.Opened(Library library)) {
            return library;
        }
        throw new ClientException(Problem.IO, "The vault to rehearse with did not open.");
    }

    /// It guards nothing.
    private static char[] pin() {
        char[] pin = new char[8];
        Arrays.fill(pin, 'r');
        return pin;
    }

    private static Path folder(Path within) throws ClientException {
        try {
            return Files.createTempDirectory(within, "strongroom-rehearsal");
        } catch (IOException e) {
            throw Sentences.io("make a folder to rehearse in", e);
        }
    }

    private static void furnish(Home home, SecretBytes root, SecureRandom random) throws StoreException {
        Id vault = Id.random(random);
        try (VaultStore store = VaultStore.create(home.store(), root, Clock.systemUTC(), random);
                BoxKey join = BoxKey.generate(random);
                SigningKey signing = SigningKey.generate(random);
                BoxKey box = BoxKey.generate(random);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(random), "Nobody", Id.random(random), "Nothing", join);
                PersonIdentity nobody = waiting.with(signing, box);
                SecretBytes key = SecretBytes.random(KEY, random)) {
            store.storeIdentity(nobody);
            store.addVault(vault, 1, key);
            Documents documents = store.documents(vault);
            Id top = documents.root().id();
            for (String name : FOLDERS) {
                documents.makeFolder(top, name);
            }
            for (String name : DOCUMENTS) {
                documents.save(top, name, Instant.now(), new ByteArrayInputStream(TEXT), TEXT.length);
            }
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException expected) {
            // The system empties its folder for temporary files; nothing of anybody is in this one.
        }
    }

    @Override
    public void close() {
        client.close();
        remove(folder);
    }
}
