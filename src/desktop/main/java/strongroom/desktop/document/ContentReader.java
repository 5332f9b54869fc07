package strongroom.desktop.document;

import java.io.IOException;
import java.io.InputStream;
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
        InputStream open(Entry document) throws ClientException;
    }

    /// @throws ClientException if the vault could not give the content, or the reading was cancelled
    Content read(Entry document) throws ClientException {
        try (InputStream in = opening.open(document)) {
            byte[] head = in.readNBytes(SNIFFED);
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

    private Content read(byte[] head, InputStream in, Entry document)
            throws IOException, BrokenDocumentException, InterruptedException {
        boolean pdf = isPdf(head);
        if (pdf || isPicture(head)) {
            if (document.size() > limits.documentBytes()) {
                return new Content.NoPreview(Text.of("viewer.large", Shown.size(limits.documentBytes())));
            }
            byte[] bytes = whole(head, in, limits.documentBytes());
            return pdf ? pages(bytes) : picture(bytes);
        }
        byte[] bytes = whole(head, in, limits.textBytes());
        try {
            Content.@Nullable Lines lines = text(bytes, document);
            return lines != null ? lines : new Content.NoPreview(Text.of("viewer.none"));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Content pages(byte[] bytes) throws BrokenDocumentException, InterruptedException {
        try {
            return new Content.Pages(PdfPages.open(bytes, limits));
        } catch (BrokenDocumentException | InterruptedException e) {
            Arrays.fill(bytes, (byte) 0);
            throw e;
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

    private static byte[] whole(byte[] head, InputStream in, int most) throws IOException {
        int rest = Math.max(0, most - head.length);
        byte[] tail = in.readNBytes(rest);
        byte[] bytes = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, bytes, head.length, tail.length);
        Arrays.fill(tail, (byte) 0);
        return bytes;
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
