package strongroom.desktop.succession;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import strongroom.desktop.library.Place;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.client.LockReason;

/// What the process that showed the vault leaves to the next one. Nothing of it is secret but what the person has
/// just copied: that is on the clipboard, which on some systems lives no longer than the process that put it
/// there.
///
/// @param frame where the window stands @param reason why it was locked
/// @param place where the user was, in ids @param waiting files of the user's that were dropped on the closed
///     vault
/// @param copied what is still on the clipboard, if anything
public record Handover(Frame frame, LockReason reason, Place place, List<Path> waiting, Optional<Copied> copied) {
    private static final int FORMAT = 1;
    private static final int FILES = 10_000;
    private static final int PATH_BYTES = 1 << 16;

    /// Copies the list.
    public Handover {
        waiting = List.copyOf(waiting);
    }

    /// Text on the clipboard.
    ///
    /// @param stays how long it is to stay there
    public record Copied(String text, Duration stays) {
        private static final int BYTES = 1 << 22;

        @Override
        public String toString() {
            return "Copied[" + stays + "]";
        }
    }

    static Handover of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("a handover of an unknown format");
        }
        Handover handover = new Handover(
                Frame.read(in),
                reason(in.text(64)),
                Place.read(in),
                in.list(FILES, Handover::path),
                in.bool() ? Optional.of(new Copied(in.text(Copied.BYTES), duration(in))) : Optional.empty());
        in.end();
        return handover;
    }

    byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
        frame.write(out);
        out.text(reason.name().toLowerCase(Locale.ROOT));
        place.write(out);
        out.list(waiting.subList(0, Math.min(waiting.size(), FILES)), (to, path) -> to.text(path.toString()));
        out.bool(copied.isPresent());
        copied.ifPresent(text -> out.text(text.text).int64(text.stays.toMillis()));
        return out.toByteArray();
    }

    private static LockReason reason(String name) throws MalformedException {
        try {
            return LockReason.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("an unknown reason");
        }
    }

    private static Path path(CanonicalReader in) throws MalformedException {
        try {
            return Path.of(in.text(PATH_BYTES));
        } catch (InvalidPathException e) {
            throw new MalformedException("no path");
        }
    }

    private static Duration duration(CanonicalReader in) throws MalformedException {
        return Duration.ofMillis(Math.clamp(in.int64(), 0, Duration.ofHours(1).toMillis()));
    }
}
