package strongroom.vault.store.search;

import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.vault.store.search.Words.Word;

/// Cuts the part of a text out that shows best what was looked for. For one search, which has only so much time for all
/// its hits; for one thread.
final class Snippets {
    private static final int LENGTH = 200;
    private static final int BEFORE = 60;
    /// Cut into words at a time, where letters say that something may be there.
    private static final int WINDOW = 500;
    /// Places that are looked at for one with more of the words.
    private static final int PLACES = 6;
    /// Looked through for all hits of a search.
    private static final int LETTERS_BUDGET = 8_000_000;

    private final Words words = new Words(true);
    private final Wanted wanted;
    private final List<String> starts;
    private int lettersLeft = LETTERS_BUDGET;

    Snippets(Wanted wanted) {
        this.wanted = wanted;
        this.starts = new ArrayList<>(wanted.forms());
        if (!wanted.begun().isEmpty()) {
            starts.add(wanted.begun());
        }
    }

    Hit hit(Id entry, String text) {
        List<Word> best = List.of();
        long most = 0;
        int at = next(text, 0);
        for (int place = 0; at < text.length() && (place < PLACES || most == 0); place++) {
            int end = Math.min(text.length(), at + WINDOW);
            List<Word> found = found(text, at, end);
            long different = found.stream().map(Word::form).distinct().count();
            if (different > most) {
                most = different;
                best = found;
            }
            if (most >= wanted.forms().size()) {
                break;
            }
            // Where the window ends a word may be cut: the next one begins before it.
            at = end == text.length() ? end : next(text, end - 2 * BEFORE);
        }
        return best.isEmpty()
                ? new Hit(entry, cut(text, 0, Math.min(text.length(), LENGTH)), List.of())
                : around(entry, text, best);
    }

    private List<Word> found(String text, int from, int to) {
        List<Word> found = new ArrayList<>();
        for (Word word : words.of(text.substring(from, to))) {
            if (wanted.holds(word.form())) {
                found.add(new Word(word.form(), from + word.from(), from + word.to()));
            }
        }
        return found;
    }

    /// The first place from `from` on, with some room before it, where a word begins as one that is wanted.
    private int next(String text, int from) {
        for (int i = from; i < text.length() && lettersLeft-- > 0; i++) {
            if (Character.isLetterOrDigit(text.charAt(i))
                    && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
                    && begins(text, i)) {
                return Math.max(from, i - BEFORE);
            }
        }
        return text.length();
    }

    private boolean begins(String text, int at) {
        for (String start : starts) {
            if (begins(text, at, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String text, int at, String start) {
        // A form may have lost letters in the middle (ae is a), so only its beginning counts.
        int length = Math.min(start.length(), 4);
        for (int i = 0; i < length; i++) {
            if (at + i >= text.length() || fold(text.charAt(at + i)) != start.charAt(i)) {
                return i > 0
                        && "aou".indexOf(start.charAt(i - 1)) >= 0
                        && at + i < text.length()
                        && text.charAt(at + i) == 'e';
            }
        }
        return true;
    }

    private static char fold(char c) {
        return switch (c) {
            case 'ä', 'Ä' -> 'a';
            case 'ö', 'Ö' -> 'o';
            case 'ü', 'Ü' -> 'u';
            case 'ß' -> 's';
            default -> Character.toLowerCase(c);
        };
    }

    /// The stretch with the most different words of those found.
    private Hit around(Id entry, String text, List<Word> found) {
        int best = 0;
        long most = 0;
        for (int i = 0; i < found.size(); i++) {
            int limit = found.get(i).from() + LENGTH - BEFORE;
            long different = found.stream()
                    .skip(i)
                    .takeWhile(word -> word.to() <= limit)
                    .map(Word::form)
                    .distinct()
                    .count();
            if (different > most) {
                most = different;
                best = i;
            }
        }
        int from = wordBegin(text, Math.max(0, found.get(best).from() - BEFORE));
        int to = Math.min(text.length(), Math.max(from + LENGTH, found.get(best).to()));
        List<Hit.Mark> marks = new ArrayList<>();
        for (Word word : found) {
            if (word.from() >= from && word.to() <= to) {
                marks.add(new Hit.Mark(word.from() - from, word.to() - from));
            }
        }
        return new Hit(entry, cut(text, from, to), marks);
    }

    private static int wordBegin(String text, int at) {
        int begin = at;
        while (begin > 0 && begin < at + BEFORE && text.charAt(begin - 1) != ' ') {
            begin++;
        }
        return begin < at + BEFORE ? begin : at;
    }

    private static String cut(String text, int from, int to) {
        boolean half = to > from && to < text.length() && Character.isHighSurrogate(text.charAt(to - 1));
        return text.substring(from, half ? to - 1 : to);
    }
}
