package strongroom.vault.slot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PinPolicy;
import strongroom.vault.home.DurableFile;

/// Counts wrong PINs since the last right one, for the rule that destroys the keys at one of them. A try is counted on
/// the disk before it is made: killing the program, or the power, gives none back. A stricter rule leaves one try to
/// who has used up more than it allows. Who can put an older file back can reset the count; the machine's own, where it
/// has one, stays. One thread at a time.
public final class WrongPins {
    private final Path file;

    /// @param wrong tries begun since the last right one @param most how many there may be
    /// @param policy number of the policy that says so
    private record Count(int wrong, int most, long policy) {}

    /// @param file where the count is kept
    public WrongPins(Path file) {
        this.file = file;
    }

    /// How many wrong PINs there may still be, the one that destroys included; 0 if there were all.
    ///
    /// @param rule which destroys
    public int left(PinPolicy rule) throws IOException {
        Count count = read(rule);
        return Math.max(0, count.most - count.wrong);
    }

    /// How many tries were counted since the last right one.
    public int wrong(PinPolicy rule) throws IOException {
        return read(rule).wrong;
    }

    /// Counts a try before it is made.
    public void begin(PinPolicy rule) throws IOException {
        Count count = read(rule);
        write(new Count(count.wrong + 1, count.most, count.policy));
    }

    /// Nobody judged the PIN of the try that was begun.
    public void notJudged(PinPolicy rule) throws IOException {
        Count count = read(rule);
        if (count.wrong > 0) {
            write(new Count(count.wrong - 1, count.most, count.policy));
        }
    }

    /// The PIN was right: the count begins anew.
    public void right() throws IOException {
        if (Files.deleteIfExists(file)) {
            DurableFile.forceFolder(file.toAbsolutePath().resolveSibling(".").normalize());
        }
    }

    private Count read(PinPolicy rule) throws IOException {
        Count kept;
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            kept = new Count(in.uint32(Integer.MAX_VALUE - 1), in.uint32(Integer.MAX_VALUE), in.int64());
            in.end();
        } catch (NoSuchFileException e) {
            return new Count(0, rule.destroyAfter(), rule.number());
        } catch (MalformedException e) {
            // A bad disk must not destroy anything, and nobody must gain from damaging the file.
            return new Count(rule.destroyAfter() - 1, rule.destroyAfter(), rule.number());
        }
        return kept.policy == rule.number()
                ? kept
                : new Count(kept.wrong, Math.max(rule.destroyAfter(), kept.wrong + 1), rule.number());
    }

    private void write(Count count) throws IOException {
        DurableFile.write(
                file,
                new CanonicalWriter()
                        .uint32(count.wrong)
                        .uint32(count.most)
                        .int64(count.policy)
                        .toByteArray());
    }
}
