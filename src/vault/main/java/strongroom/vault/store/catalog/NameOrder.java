package strongroom.vault.store.catalog;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Sorts names as a reader looks for them: case and accents count only between names that are otherwise the same,
/// and numbers count by their value ("Scan 9" before "Scan 10"). The same on every machine, whatever its language.
///
/// @param plain what is compared first @param name what decides between equals
public record NameOrder(String plain, String name) implements Comparable<NameOrder> {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /// The place of a name.
    public static NameOrder of(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        return new NameOrder(MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT), name);
    }

    @Override
    public int compareTo(NameOrder other) {
        int order = byNumbers(plain, other.plain);
        return order != 0 ? order : name.compareTo(other.name);
    }

    private static int byNumbers(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            char a = one.charAt(i);
            char b = other.charAt(j);
            if (isDigit(a) && isDigit(b)) {
                int startA = skipZeros(one, i);
                int startB = skipZeros(other, j);
                i = endOfDigits(one, startA);
                j = endOfDigits(other, startB);
                int byLength = Integer.compare(i - startA, j - startB);
                int order = byLength != 0 ? byLength : one.substring(startA, i).compareTo(other.substring(startB, j));
                if (order != 0) {
                    return order;
                }
            } else if (a != b) {
                return Character.compare(a, b);
            } else {
                i++;
                j++;
            }
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int skipZeros(String text, int from) {
        int at = from;
        while (at + 1 < text.length() && text.charAt(at) == '0' && isDigit(text.charAt(at + 1))) {
            at++;
        }
        return at;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
