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
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.SealException;

/// Counts wrong PINs since the last right one, for the rule that destroys the keys at one of them. Only what was judged
/// counts: a try that was cut off, by whomever, is none, for what it destroys cannot be brought back. It is counted
/// before anybody hears of it, so nobody learns that a PIN is wrong and keeps the try. A stricter rule leaves one try
/// to who has used up more than it allows. Who can write the file can reset the count, so damage resets it, too; the
/// machine's own, where it has one, stays. One thread at a time.
public final class WrongPins {
    private final Path file;

    /// @param wrong PINs since the last right one @param most how many there may be
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

    /// How many there were since the last right one.
    public int count(PinPolicy rule) throws IOException {
        return read(rule).wrong;
    }

    /// Before a try: fails where the count could not be written, so that a full disk makes no PIN free.
    public void prepare(PinPolicy rule) throws IOException {
        write(read(rule));
    }

    /// The PIN was wrong. Nobody may hear of it before this returns.
    public void wrong(PinPolicy rule) throws IOException {
        Count count = read(rule);
        write(new Count(count.wrong + 1, count.most, count.policy));
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
            CanonicalReader in = new CanonicalReader(Checksum.strip(Files.readAllBytes(file)));
            kept = new Count(in.uint32(Integer.MAX_VALUE - 1), in.uint32(Integer.MAX_VALUE), in.int64());
            in.end();
        } catch (NoSuchFileException | MalformedException | SealException e) {
            return new Count(0, rule.destroyAfter(), rule.number());
        }
        int most = kept.policy == rule.number() ? kept.most : kept.wrong + 1;
        return new Count(kept.wrong, Math.max(rule.destroyAfter(), most), rule.number());
    }

    private void write(Count count) throws IOException {
        DurableFile.write(
                file,
                Checksum.append(new CanonicalWriter()
                        .uint32(count.wrong)
                        .uint32(count.most)
                        .int64(count.policy)
                        .toByteArray()));
    }
}
