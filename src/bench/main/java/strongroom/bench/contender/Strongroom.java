package strongroom.bench.contender;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import strongroom.bench.process.OwnProcess;
import strongroom.bench.process.OwnVault;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.slot.ChosenPin;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.ShareException;
import strongroom.vault.slot.ShareSource;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.store.StoreException;

/// Our own store, open, as it is in the window.
public final class Strongroom implements Contender, AutoCloseable {
    /// The name of our own store.
    public static final String NAME = "strongroom";

    /// How often at least a piece is read, however long it takes.
    private static final int FEWEST = 5;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final SecretBytes root = SecretBytes.random(32, random);
    private OwnVault vault;

    /// @param folder empty
    public Strongroom(Path folder) throws StoreException {
        this.folder = folder;
        this.vault = OwnVault.create(store(), root, random);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String durability() {
        return "group commit";
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public double importFile(Path file, String name) throws IOException, StoreException {
        return Stopwatch.<IOException, StoreException>time(() -> vault.importFile(file, name));
    }

    @Override
    public double importFolder(Path source, String name) throws StoreException {
        return Stopwatch.<StoreException, RuntimeException>time(() -> vault.importFolder(source));
    }

    @Override
    public double readFile(String name) throws IOException, StoreException {
        return Stopwatch.<IOException, StoreException>time(() -> vault.read(name));
    }

    @Override
    public double readFolder(String name) throws IOException, StoreException {
        return readFile(name);
    }

    @Override
    public double[] readAtRandom(String name, RandomReads reads) throws IOException, StoreException {
        try (SeekableByteChannel document = vault.channel(name)) {
            long[] offsets = reads.offsets(document.size());
            double[] seconds = new double[offsets.length];
            ByteBuffer piece = ByteBuffer.allocate(reads.length());
            long begin = System.nanoTime();
            int done = 0;
            while (done < offsets.length && (done < FEWEST || Stopwatch.secondsSince(begin) < reads.budget())) {
                long start = System.nanoTime();
                document.position(offsets[done]).read(piece.clear());
                seconds[done++] = Stopwatch.secondsSince(start);
            }
            return Arrays.copyOf(seconds, done);
        }
    }

    private void reopen() throws StoreException {
        vault.close();
        vault = OwnVault.open(store(), root, random);
        vault.readCatalogue();
    }

    @Override
    public void send() throws StoreException {
        vault.send(store(), random);
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    public Optional<Opening> openWithKey() throws StoreException {
        vault.close();
        long start = System.nanoTime();
        vault = OwnVault.open(store(), root, random);
        vault.listRoot();
        double firstRows = Stopwatch.secondsSince(start);
        vault.readCatalogue();
        return Optional.of(new Opening(Stopwatch.secondsSince(start), firstRows));
    }

    /// With the PIN's hash as the client has it, and a machine that takes no time.
    @Override
    public OptionalDouble unlock() throws IOException, StoreException {
        Path slot = folder.resolve("slot");
        try (SecretBytes pin = SecretBytes.ofAndZero("correct horse battery".getBytes(StandardCharsets.UTF_8))) {
            if (!Files.exists(slot)) {
                PinSlot.create(slot, new ChosenPin(pin, Instant.EPOCH), root, new NoMachine(), null, random);
            }
            vault.close();
            long start = System.nanoTime();
            try (SecretBytes unlocked = PinSlot.open(SlotFile.read(slot), pin, new NoMachine(), ShareSource.none())) {
                vault = OwnVault.open(store(), unlocked, random);
                vault.listRoot();
                return OptionalDouble.of(Stopwatch.secondsSince(start));
            }
        } catch (SealException | ShareException | MalformedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public OptionalDouble listFolder(String path) throws StoreException {
        reopen();
        return OptionalDouble.of(Stopwatch.<StoreException, RuntimeException>time(() -> vault.list(path)));
    }

    @Override
    public OptionalDouble listAll(String path) throws StoreException {
        reopen();
        return OptionalDouble.of(Stopwatch.<StoreException, RuntimeException>time(() -> vault.listAll(path)));
    }

    /// Closes the store, and lets a process of its own do something with it.
    public OwnProcess.Memory elsewhere(OwnProcess process, String... words) throws IOException, InterruptedException {
        vault.close();
        return process.run(store(), root, words);
    }

    void train(Path to, String... words) throws IOException, InterruptedException {
        vault.close();
        OwnProcess.train(store(), root, to, words);
    }

    @Override
    public Path store() {
        return folder.resolve("store");
    }

    @Override
    public void close() {
        vault.close();
        root.close();
    }
}
