package strongroom.vault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;

/// The slot that a printed code opens on the day when the daily one does not. There is none where the server
/// takes part in opening, since it would be a way around it: not made there, not opened, and removed as soon as
/// the daily slot needs the server.
final class PrintedSlot {
    private static final Logger LOG = LoggerFactory.getLogger(PrintedSlot.class);
    private static final int NUMBER = 8;

    private final Path file;
    private final Path wipeJournal;
    private final DailySlot daily;
    private final Clock clock;
    private final SecureRandom random;

    PrintedSlot(Home home, DailySlot daily, Clock clock, SecureRandom random) {
        this.file = fileIn(home);
        this.wipeJournal = home.wipeJournal();
        this.daily = daily;
        this.clock = clock;
        this.random = random;
    }

    static Path fileIn(Home home) {
        return home.slots().resolve(RecoverySlot.FILE);
    }

    /// The slot of a store that is put aside: it opens that one, and is no way into the next.
    ///
    /// @param store where that one goes
    static void putAside(Home home, Path store) throws IOException {
        Path slot = fileIn(home);
        if (Files.exists(slot)) {
            Files.move(slot, slot.resolveSibling(store.getFileName() + "." + RecoverySlot.FILE));
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    RecoveryState state() {
        return daily.wantsServer() ? new RecoveryState.ByAdministrators() : state(file);
    }

    /// What lies there, whatever the policy.
    static RecoveryState state(Path file) {
        try {
            RecoverySlot slot = RecoverySlot.read(file);
            return new RecoveryState.Sheet(number(slot), slot.made());
        } catch (NoSuchFileException expected) {
            return new RecoveryState.None();
        } catch (IOException | MalformedException e) {
            LOG.warn("the recovery slot cannot be read: {}", e.getClass().getSimpleName());
            return new RecoveryState.None();
        }
    }

    /// Of the slot that lies there; empty if there is none that can be read.
    Optional<Digest> digest() {
        return digest(file);
    }

    static Optional<Digest> digest(Path file) {
        try {
            return Optional.of(RecoverySlot.read(file).digest());
        } catch (IOException | MalformedException expected) {
            // The state says so.
            return Optional.empty();
        }
    }

    static String number(RecoverySlot slot) {
        return slot.id().toString().substring(0, NUMBER);
    }

    /// A code for a slot that lies nowhere yet.
    ///
    /// @param root borrowed
    /// @param shown told of the slot that the code opened, once it was typed back and the slot lies there
    /// @return closed by the caller
    PrintedSheet draft(SecretBytes root, Consumer<Digest> shown) throws ClientException {
        refuseIfServerTakesPart();
        RecoveryCode code = RecoveryCode.random(random);
        RecoverySlot slot = RecoverySlot.wrap(code, root, clock.instant().truncatedTo(ChronoUnit.MILLIS), random);
        return new PrintedSheet(code, slot, this, shown);
    }

    /// Has a slot take the place of the one before, after what was typed opened it.
    ///
    /// @param typed borrowed
    void put(RecoverySlot slot, RecoveryCode typed) throws ClientException {
        refuseIfServerTakesPart();
        try {
            slot.open(typed).close();
            slot.write(file);
            if (Files.exists(wipeJournal)) {
                // Whoever destroys the keys may have looked at the slots before this one was there.
                Files.delete(file);
                throw new ClientException(
                        Problem.WIPED, "This device was wiped, by an order or a rule of your organisation.");
            }
        } catch (NotAuthenticException e) {
            throw new ClientException(Problem.CODE_WRONG, "This is another code than the one on the new sheet.", e);
        } catch (IOException e) {
            throw Sentences.io("write the recovery slot, so the code before still counts", e);
        }
    }

    /// What a code opened.
    ///
    /// @param root closed by the caller @param slot which one, as it lay there
    record Opened(SecretBytes root, Digest slot) {}

    /// @param code borrowed @return empty if another code opens
    Optional<Opened> open(RecoveryCode code) throws ClientException {
        refuseIfServerTakesPart();
        try {
            RecoverySlot slot = RecoverySlot.read(file);
            return Optional.of(new Opened(slot.open(code), slot.digest()));
        } catch (NotAuthenticException expected) {
            return Optional.empty();
        } catch (NoSuchFileException e) {
            throw new ClientException(
                    Problem.NO_RECOVERY,
                    "No recovery code was made for this device. Ask your administrators for recovery.",
                    e);
        } catch (MalformedException e) {
            throw new ClientException(
                    Problem.STORE_DAMAGED,
                    "The recovery slot on this disk is damaged. Restore it, or ask your administrators for recovery.",
                    e);
        } catch (IOException e) {
            throw Sentences.io("read the recovery slot", e);
        }
    }

    /// What to say of a code that does not open.
    String anotherCode() {
        return state() instanceof RecoveryState.Sheet sheet
                ? "This is the code of another sheet. The one that counts has the number " + sheet.number() + "."
                : "This is not the recovery code of this device.";
    }

    /// Ends the code; the daily slot opens. If that cannot be done now, the next unlock tries again.
    void remove() {
        try {
            if (Files.deleteIfExists(file)) {
                DurableFile.forceFolder(file.resolveSibling(".").normalize());
                LOG.info("the recovery slot is removed: the server takes part in opening now");
            }
        } catch (IOException e) {
            LOG.warn("the recovery slot is not removed yet: the disk refused");
        }
    }

    private void refuseIfServerTakesPart() throws ClientException {
        if (daily.wantsServer()) {
            throw new ClientException(
                    Problem.NO_RECOVERY,
                    "Your organisation's server takes part in opening this device, so no recovery code may open it"
                            + " alone. Ask your administrators for recovery.");
        }
    }
}
