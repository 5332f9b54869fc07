package strongroom.desktop.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/// Stands in for fonts that a PDF names and does not carry. PDFBox's own way reads every font of the machine and
/// writes a list of them to the user's home, outside the vault; this one knows the Liberation fonts in the program
/// and nothing else, so a page looks the same on every laptop.
final class PdfFonts implements FontMapper {
    private final Map<String, TrueTypeFont> loaded = new ConcurrentHashMap<>();

    PdfFonts() {}

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(standIn(name, descriptor), true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(standIn(name, descriptor), true);
    }

    @Override
    // The first argument is null where the stand-in is no OpenType font: PDFBox then takes the second.
    @SuppressWarnings("NullAway")
    public CIDFontMapping getCIDFont(
            String name, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo system) {
        return new CIDFontMapping(null, standIn(name, descriptor), true);
    }

    private TrueTypeFont standIn(@Nullable String wanted, @Nullable PDFontDescriptor descriptor) {
        String name = wanted == null ? "" : wanted.toLowerCase(Locale.ROOT);
        boolean mono = descriptor != null && descriptor.isFixedPitch() || has(name, "cour", "mono", "consol");
        boolean serif = descriptor != null && descriptor.isSerif()
                || has(name, "times", "serif", "georgia", "garamond", "cambria", "roman", "book");
        boolean bold = descriptor != null && descriptor.isForceBold() || has(name, "bold", "black", "heavy");
        boolean italic = descriptor != null && descriptor.isItalic() || has(name, "italic", "oblique");
        String family = mono ? "Mono" : serif && !has(name, "sans") ? "Serif" : "Sans";
        String style = bold ? (italic ? "BoldItalic" : "Bold") : italic ? "Italic" : "Regular";
        return loaded.computeIfAbsent(family + "-" + style, PdfFonts::load);
    }

    private static boolean has(String name, String... parts) {
        for (String part : parts) {
            if (name.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static TrueTypeFont load(String name) {
        // PDFBox carries this one itself.
        boolean theirs = name.equals("Sans-Regular");
        String path =
                (theirs ? "/org/apache/pdfbox/resources/ttf/Liberation" : "/strongroom/desktop/fonts/pdf/Liberation")
                        + name + ".ttf";
        try (InputStream in = (theirs ? FontMapper.class : PdfFonts.class).getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the font is not in the program: " + path);
            }
            return new TTFParser().parse(new RandomAccessReadBuffer(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
