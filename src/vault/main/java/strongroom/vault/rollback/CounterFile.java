package strongroom.vault.rollback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// Where the machine's counter of a store is, in clear: for who erases it without opening the store. What the store
/// believes of its counter it keeps for itself; another file in this place changes nothing of that.
///
/// @param kind which part of the machine @param kept for that part; not copied
public record CounterFile(SealKind kind, byte[] kept) {
    private static final byte[] MAGIC = "SRCOUNT1".getBytes(StandardCharsets.US_ASCII);

    private static Path in(Home home) {
        return home.slots().resolve("store.counter");
    }

    /// The one of a home; empty if there is none, or something else is in its place.
    public static Optional<CounterFile> of(Home home) throws IOException {
        return read(in(home));
    }

    /// The one in a file; empty if it is something else, or is not there.
    public static Optional<CounterFile> read(Path file) throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            if (!Arrays.equals(in.fixed(MAGIC.length), MAGIC)) {
                return Optional.empty();
            }
            CounterFile read = new CounterFile(SealKind.read(in), in.bytes(MachineCounters.MAX_KEPT));
            in.end();
            return Optional.of(read);
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Writes it, atomically and durably, in the place of the one before.
    void write(Home home) throws IOException {
        DurableFile.write(
                in(home),
                new CanonicalWriter()
                        .fixed(MAGIC)
                        .uint8(kind.code())
                        .bytes(kept)
                        .toByteArray());
    }

    boolean names(SealKind part, byte[] counter) {
        return kind == part && Arrays.equals(kept, counter);
    }

    /// Erases the counter. Does nothing if that has happened already.
    public void destroy(SealerSource sealers) throws SealException {
        MachineCounters counters = sealers.of(kind)
                .counters()
                .orElseThrow(() -> new SealException(
                        Why.ABSENT, "The counter of this device is in a part of the machine that is not there."));
        counters.destroy(kept);
    }
}
