package strongroom.vault.store.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The text of a web page: what is between the tags, with its entities resolved. Scripts and styles are left out; no
/// page is refused. One pass, whatever the page says.
final class HtmlText {
    private static final Set<String> HIDDEN = Set.of("script", "style", "template", "noscript");
    /// Those inside of a word; every other tag stands between words.
    private static final Set<String> INLINE =
            Set.of("b", "i", "u", "em", "strong", "span", "a", "font", "sub", "sup", "small", "mark", "wbr", "tt", "s");

    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("shy", ""),
            Map.entry("auml", "ä"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("Auml", "Ä"),
            Map.entry("Ouml", "Ö"),
            Map.entry("Uuml", "Ü"),
            Map.entry("szlig", "ß"),
            Map.entry("eacute", "é"),
            Map.entry("egrave", "è"),
            Map.entry("agrave", "à"),
            Map.entry("aacute", "á"),
            Map.entry("ccedil", "ç"),
            Map.entry("ntilde", "ñ"),
            Map.entry("oslash", "ø"),
            Map.entry("aring", "å"),
            Map.entry("euro", "€"),
            Map.entry("pound", "£"),
            Map.entry("sect", "§"),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("copy", "©"),
            Map.entry("reg", "®"));
    private static final int LONGEST_ENTITY = 12;

    private final String page;
    private final TextSink sink;
    private int at;

    private HtmlText(String page, TextSink sink) {
        this.page = page;
        this.sink = sink;
    }

    static void read(String page, TextSink sink) throws TextSink.FullException {
        new HtmlText(page, sink).run();
    }

    private void run() throws TextSink.FullException {
        while (at < page.length()) {
            char c = page.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                sink.add(c);
                at++;
            }
        }
    }

    private void tag() throws TextSink.FullException {
        if (page.startsWith("<!--", at)) {
            skipTo("-->");
            return;
        }
        int begin = at + 1;
        boolean closing = begin < page.length() && page.charAt(begin) == '/';
        begin += closing ? 1 : 0;
        int end = begin;
        while (end < page.length() && Character.isLetterOrDigit(page.charAt(end))) {
            end++;
        }
        if (end == begin && !page.startsWith("<!", at) && !page.startsWith("<?", at)) {
            sink.add('<');
            at++;
            return;
        }
        String name = page.substring(begin, end).toLowerCase(Locale.ROOT);
        if (!INLINE.contains(name)) {
            sink.gap();
        }
        skipTo(">");
        if (!closing && HIDDEN.contains(name)) {
            skipHidden(name);
        }
    }

    private void skipHidden(String name) {
        String close = "</" + name;
        while (at < page.length() && !page.regionMatches(true, at, close, 0, close.length())) {
            int next = page.indexOf('<', at + 1);
            at = next < 0 ? page.length() : next;
        }
    }

    private void skipTo(String mark) {
        int found = page.indexOf(mark, at);
        at = found < 0 ? page.length() : found + mark.length();
    }

    private void entity() throws TextSink.FullException {
        int end = page.indexOf(';', at, Math.min(page.length(), at + LONGEST_ENTITY));
        String name = end < 0 ? "" : page.substring(at + 1, end);
        String meant = name.startsWith("#") ? number(name.substring(1)) : ENTITIES.get(name);
        if (meant == null) {
            sink.add('&');
            at++;
        } else {
            sink.add(meant);
            at = end + 1;
        }
    }

    private static String number(String digits) {
        try {
            boolean hexadecimal = digits.startsWith("x") || digits.startsWith("X");
            int code = hexadecimal ? Integer.parseInt(digits.substring(1), 16) : Integer.parseInt(digits);
            return Character.isValidCodePoint(code) ? Character.toString(code) : " ";
        } catch (NumberFormatException e) {
            return " ";
        }
    }
}
