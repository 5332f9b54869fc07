package strongroom.desktop.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Problem;

/// Reads a document and finds out by its content how to show it. Blocks; any thread.
final class ContentReader {
    private static final int SNIFFED = 1024;

    private final Opening opening;
    private final Limits limits;

    ContentReader(Opening opening, Limits limits) {
        this.opening = opening;
        this.limits = limits;
    }

    /// Where the content of a document comes from: the present one, or an earlier one.
    @FunctionalInterface
    interface Opening {
        /// @return closed by the caller
        SeekableByteChannel open(Entry document) throws ClientException;
    }

    /// @throws ClientException if the vault could not give the content, or the reading was cancelled
    Content read(Entry document) throws ClientException {
        try (SeekableByteChannel in = opening.open(document)) {
            byte[] head = read(in, SNIFFED);
            if (head.length == 0) {
                return new Content.NoPreview(Text.of("viewer.empty"));
            }
            return read(head, in, document);
        } catch (BrokenDocumentException e) {
            return new Content.Broken(e.sentence());
        } catch (InterruptedException e) {
            throw cancelled(e);
        } catch (IOException e) {
            throw new ClientException(Problem.IO, Text.of("viewer.unreadable"), e);
        }
    }

    private Content read(byte[] head, SeekableByteChannel in, Entry document)
            throws IOException, ClientException, BrokenDocumentException, InterruptedException {
        if (isPdf(head)) {
            return new Content.Pages(PdfPages.open(() -> opening.open(document), limits));
        }
        if (isPicture(head)) {
            return document.size() > limits.pictureBytes()
                    ? new Content.NoPreview(Text.of("viewer.large", Shown.size(limits.pictureBytes())))
                    : picture(read(in, limits.pictureBytes()));
        }
        byte[] bytes = read(in, limits.textBytes());
        try {
            Content.@Nullable Lines lines = text(bytes, document);
            return lines != null ? lines : new Content.NoPreview(Text.of("viewer.none"));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Content picture(byte[] bytes) throws BrokenDocumentException, InterruptedException {
        try {
            return Bounded.call(limits.time(), stop -> PictureDecoder.decode(bytes, limits.pixels(), stop));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Content.@Nullable Lines text(byte[] bytes, Entry document) {
        boolean cut = document.size() > bytes.length;
        List<String> lines = TextDecoder.lines(bytes, cut);
        if (lines == null) {
            return null;
        }
        String note = cut ? Text.of("viewer.text.cut", Shown.size(bytes.length), Shown.size(document.size())) : "";
        return new Content.Lines(lines, note);
    }

    /// The beginning of the content.
    private static byte[] read(SeekableByteChannel in, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(in.size(), most));
        in.position(0);
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // Not yet all.
        }
        return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }

    private static ClientException cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ClientException(Problem.CANCELLED, Text.of("viewer.cancelled"), e);
    }

    /// The sign of a PDF may come after some other bytes.
    private static boolean isPdf(byte[] head) {
        for (int i = 0; i + 5 <= head.length; i++) {
            if (head[i] == '%'
                    && head[i + 1] == 'P'
                    && head[i + 2] == 'D'
                    && head[i + 3] == 'F'
                    && head[i + 4] == '-') {
                return true;
            }
        }
        return false;
    }

    private static boolean isPicture(byte[] head) {
        return PngFilter.isPng(head)
                || starts(head, 0xFF, 0xD8, 0xFF)
                || starts(head, 'G', 'I', 'F', '8')
                || starts(head, 'B', 'M') && head.length > 14 && head[6] == 0 && head[7] == 0
                || starts(head, 'I', 'I', 42, 0)
                || starts(head, 'M', 'M', 0, 42);
    }

    private static boolean starts(byte[] head, int... with) {
        if (head.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((head[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
