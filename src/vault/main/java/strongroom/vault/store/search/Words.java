package strongroom.vault.store.search;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Cuts text into words and brings them to the form in which they are found. One form serves German and English, often
/// in one document: umlauts, ß and accents are folded (ä, ae and a are the same), then an English plural and a German
/// ending go. No word is left out. Safe for several threads.
final class Words extends Analyzer {
    /// Changes with every change of the forms: an index of another version is made anew.
    static final int VERSION = 1;

    private final boolean stemmed;

    /// @param stemmed whether endings go, too
    Words(boolean stemmed) {
        this.stemmed = stemmed;
    }

    /// A word in a text. @param form as it is found @param from where it begins @param to where it ends
    record Word(String form, int from, int to) {}

    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer source = new StandardTokenizer();
        TokenStream folded = new ASCIIFoldingFilter(new GermanNormalizationFilter(new LowerCaseFilter(source)));
        return new TokenStreamComponents(
                source, stemmed ? new GermanLightStemFilter(new EnglishMinimalStemFilter(folded)) : folded);
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
        return new Parting(reader);
    }

    /// The words of a short text.
    List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = tokenStream("", new StringReader(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
            return words;
        } catch (IOException e) {
            throw new IllegalStateException("a string does not fail", e);
        }
    }

    /// The text with each letter and its accents as one character, as the words expect it.
    static String composed(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// Parts what the tokenizer would keep together, and people do not: `Contract_2026.pdf`.
    private static final class Parting extends FilterReader {
        Parting(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            for (int i = offset; i < offset + count; i++) {
                char c = into[i];
                if (c == '_' || c == '.' || c == ':' || c == '\'' || c == '’') {
                    into[i] = ' ';
                }
            }
            return count;
        }
    }
}
