package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.SecondWay;
import strongroom.protocol.posture.WaysIn;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;
import strongroom.vault.store.KeptWays;

/// Which ways into the store were shown to open, in clear: for those who tell it without opening the store, the
/// command `status` and the agent. What the store believes it keeps for itself, so a change made here lasts until
/// the next unlock and moves nothing that a person is asked.
public final class WaysFile {
    private final Path file;
    private final Path printed;
    private final Path wipeJournal;

    public WaysFile(Home home) {
        this.file = home.slots().resolve("store.ways");
        this.printed = home.slots().resolve(RecoverySlot.FILE);
        this.wipeJournal = home.wipeJournal();
    }

    /// What was written last; empty if nothing was, or the file says nothing.
    public Optional<KeptWays> read() throws IOException {
        try {
            return Optional.of(KeptWays.of(DurableFile.read(file)));
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// Which ways a device may say it has, for the agent, which knows nothing of the store: a code counts for the
    /// recovery slot that it opened, and not for what lies in its place now.
    public Optional<WaysIn> told() throws IOException {
        Optional<KeptWays> kept = read();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        KeptWays.Second second = kept.get().second();
        boolean counts = second != null && (second.way() != SecondWay.CODE || isPrinted(second.what()));
        return Optional.of(new WaysIn(
                kept.get().byPin(), second != null && counts ? new WaysIn.Second(second.way(), second.at()) : null));
    }

    /// The files on which {@link #told} depends.
    public List<Path> files() {
        return List.of(file, printed);
    }

    /// Writes it, unless that stands there already. Leaves nothing in a home that is being wiped.
    public void write(KeptWays ways) throws IOException {
        byte[] content = ways.toByteArray();
        if (Files.exists(wipeJournal) || Files.exists(file) && Arrays.equals(DurableFile.read(file), content)) {
            return;
        }
        DurableFile.write(file, content);
        if (Files.exists(wipeJournal)) {
            // Whoever destroys the keys may have looked at the slots before this file was there.
            Files.deleteIfExists(file);
        }
    }

    /// What cannot be read opens nothing.
    private boolean isPrinted(Digest slot) {
        try {
            return slot.equals(Digest.sha256(DurableFile.read(printed)));
        } catch (IOException expected) {
            return false;
        }
    }
}
