package strongroom.vault.store.text;

/// Collects text up to a limit: blanks in a row become one, control and invisible characters go. For one thread.
final class TextSink {
    private static final char SOFT_HYPHEN = '\u00AD';
    private static final char ZERO_WIDTH_SPACE = '\u200B';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// There is no more room: what is left need not be read.
    static final class FullException extends java.io.IOException {
        private static final long serialVersionUID = 1L;
    }

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private boolean blank;

    TextSink(int limit) {
        this.limit = limit;
    }

    void add(CharSequence part) throws FullException {
        for (int i = 0; i < part.length(); i++) {
            add(part.charAt(i));
        }
    }

    void add(char[] part, int offset, int length) throws FullException {
        for (int i = offset; i < offset + length; i++) {
            add(part[i]);
        }
    }

    void add(char c) throws FullException {
        if (c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            blank = true;
            return;
        }
        if (c == SOFT_HYPHEN || c == ZERO_WIDTH_SPACE || c == BYTE_ORDER_MARK || c == '\uFFFE' || c == '\uFFFF') {
            return;
        }
        if (text.length() + 1 >= limit) {
            throw new FullException();
        }
        if (blank && !text.isEmpty()) {
            text.append(' ');
        }
        blank = false;
        text.append(c);
    }

    /// What comes next is another word.
    void gap() {
        blank = true;
    }

    /// @param cut whether something was left out
    Extraction result(boolean cut) {
        int length = text.length();
        if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
            text.setLength(length - 1);
        }
        return text.isEmpty() ? new Extraction.Nothing() : new Extraction.Text(text.toString(), cut);
    }
}
