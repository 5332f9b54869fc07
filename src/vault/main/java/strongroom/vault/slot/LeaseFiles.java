package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Lease;
import strongroom.vault.home.DurableFile;

/// What lets a slot open for a while without the server: the share as the machine sealed it, put here by who
/// unlocked, and the newest lease, renewed by the agent. Both may be lost: the server is asked then.
public final class LeaseFiles {
    private static final int SEALED_LIMIT = 8192;

    private final Path share;
    private final Path lease;

    /// @param slots the folder of the slots
    public LeaseFiles(Path slots) {
        this.share = slots.resolve("daily.share");
        this.lease = slots.resolve("daily.lease");
    }

    /// The share of a slot as the machine sealed it; empty if it is not there, or another slot's.
    public Optional<byte[]> share(Id slot) throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(share));
            boolean mine = Id.read(in).equals(slot);
            byte[] sealed = in.bytes(SEALED_LIMIT);
            in.end();
            return mine ? Optional.of(sealed) : Optional.empty();
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Keeps a share that the machine sealed, in the place of any other.
    public void keep(Id slot, byte[] sealed) throws IOException {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        DurableFile.write(share, out.bytes(sealed).toByteArray());
    }

    /// A lease whose signatures hold, whether it runs or not.
    ///
    /// @param granted as the lessor signed it, for the machine @param terms what it says
    public record Kept(Lease.Granted granted, Lease terms) {}

    /// The newest lease of a slot; empty if there is none that this lessor signed for it.
    public Optional<Kept> lease(Id slot, VerifyingKey lessor) throws IOException {
        try {
            Lease.Granted granted = Lease.Granted.of(Files.readAllBytes(lease));
            Lease terms = granted.verify(lessor);
            return terms.slot().equals(slot) ? Optional.of(new Kept(granted, terms)) : Optional.empty();
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Keeps a lease in the place of the one before.
    public void keep(Lease.Granted granted) throws IOException {
        DurableFile.write(lease, granted.toByteArray());
    }

    /// Ends going without the server.
    public void forget() throws IOException {
        Files.deleteIfExists(lease);
        Files.deleteIfExists(share);
    }
}
