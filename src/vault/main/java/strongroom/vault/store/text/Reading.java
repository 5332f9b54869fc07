package strongroom.vault.store.text;

import java.io.IOException;

/// Reads content of any format, also inside of other content. For one thread.
final class Reading {
    private final TextSink sink;
    private final Budget budget;

    Reading(TextSink sink, Budget budget) {
        this.sink = sink;
        this.budget = budget;
    }

    /// @param depth how deep this lies in others already
    void read(String name, byte[] content, int depth) throws IOException {
        if (depth > budget.limits().nesting()) {
            return;
        }
        switch (Format.of(name, content)) {
            case PDF -> PdfText.read(content, sink, budget);
            case ZIP -> OfficeText.read(content, sink, budget);
            case MAIL -> new MailText(sink, budget).read(content, depth);
            case HTML -> HtmlText.read(text(content), sink);
            case TEXT -> sink.add(text(content));
            case NONE -> {}
        }
    }

    private static String text(byte[] content) {
        String text = Characters.decode(content, true);
        return text == null ? "" : text;
    }
}
