package strongroom.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Many small documents of made-up words whose frequencies fall as in a language (Zipf): the same ones at every run.
final class Letters {
    /// A name and a text.
    record Letter(String title, String body) {}

    private static final int WORDS = 60_000;
    private static final int BODY = 114;
    private static final String CONSONANTS = "bdfghklmnprstvwz";
    private static final String VOWELS = "aeiou";

    private final Random random = new Random(20261122);
    private final List<String> words = new ArrayList<>();
    private final double[] upTo = new double[WORDS];

    Letters() {
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            words.add(word());
            sum += 1 / Math.pow(i + 2.7, 1.05);
            upTo[i] = sum;
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                .toString();
    }

    private String next() {
        int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[WORDS - 1]);
        return words.get(Math.min(WORDS - 1, at < 0 ? -at - 1 : at));
    }

    private String text(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(next());
        }
        return text.toString();
    }

    List<Letter> write(int count) {
        List<Letter> letters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            letters.add(new Letter(text(4), text(BODY)));
        }
        return letters;
    }
}
