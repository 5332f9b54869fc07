package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// How far a wipe is; on disk before the step it names is begun, gone when nothing is left to do. It begins nothing
/// by itself: the warrant in it is verified again each time.
///
/// @param warrant as it came @param orderedBy as verified @param step what was finished last
/// @param begun when @param destroyed lines for the receipt @param remaining lines for the receipt
/// @param received the first receipt, once it is signed @param done the last one, once it is signed
record WipeJournal(
        Warrant warrant,
        String orderedBy,
        Step step,
        Instant begun,
        List<String> destroyed,
        List<String> remaining,
        @Nullable Signed received,
        @Nullable Signed done) {
    private static final int NAME_LIMIT = 256;
    private static final int LINES = 128;
    private static final int LINE_LIMIT = 400;

    /// The steps, in order.
    enum Step {
        /// The warrant is here.
        BEGUN(1),
        /// No key of the vault is left.
        KEYS_GONE(2),
        /// No data is left.
        DATA_GONE(3),
        /// The server has the last receipt.
        TOLD(4);

        private final int code;

        Step(int code) {
            this.code = code;
        }
    }

    WipeJournal {
        destroyed = List.copyOf(destroyed);
        remaining = List.copyOf(remaining);
    }

    static WipeJournal begun(Warrant warrant, String orderedBy, Instant at) {
        return new WipeJournal(warrant, orderedBy, Step.BEGUN, at, List.of(), List.of(), null, null);
    }

    WipeJournal reached(Step next, Report report) {
        List<String> gone = new ArrayList<>(destroyed);
        gone.addAll(report.destroyed());
        List<String> left = new ArrayList<>(remaining);
        left.addAll(report.remaining());
        return new WipeJournal(warrant, orderedBy, next, begun, cut(gone), cut(left), received, done);
    }

    WipeJournal withReceived(Signed receipt) {
        return new WipeJournal(warrant, orderedBy, step, begun, destroyed, remaining, receipt, done);
    }

    WipeJournal withDone(Signed receipt) {
        return new WipeJournal(warrant, orderedBy, step, begun, destroyed, remaining, received, receipt);
    }

    private static List<String> cut(List<String> lines) {
        return lines.stream()
                .limit(LINES)
                .map(line -> line.length() > LINE_LIMIT / 4 ? line.substring(0, LINE_LIMIT / 4) : line)
                .toList();
    }

    void write(Home home) throws IOException {
        CanonicalWriter out = new CanonicalWriter();
        warrant.write(out);
        out.text(orderedBy)
                .uint8(step.code)
                .instant(begun)
                .list(destroyed, CanonicalWriter::text)
                .list(remaining, CanonicalWriter::text);
        write(out, received);
        write(out, done);
        DurableFile.write(home.wipeJournal(), out.toByteArray());
    }

    private static void write(CanonicalWriter out, @Nullable Signed receipt) {
        out.bool(receipt != null);
        if (receipt != null) {
            receipt.write(out);
        }
    }

    /// The journal of a home; empty if there is none, or if what lies there is none.
    static Optional<WipeJournal> of(Home home) throws IOException {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(home.wipeJournal()));
            WipeJournal journal = new WipeJournal(
                    Warrant.read(in),
                    in.text(NAME_LIMIT),
                    step(in.uint8()),
                    in.instant(),
                    in.list(LINES, line -> line.text(LINE_LIMIT)),
                    in.list(LINES, line -> line.text(LINE_LIMIT)),
                    in.bool() ? Signed.read(in) : null,
                    in.bool() ? Signed.read(in) : null);
            in.end();
            return Optional.of(journal);
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    private static Step step(int code) throws MalformedException {
        for (Step step : Step.values()) {
            if (step.code == code) {
                return step;
            }
        }
        throw new MalformedException("unknown step");
    }
}
