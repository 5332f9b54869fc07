package strongroom.vault.slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import strongroom.protocol.codec.Crockford;
import strongroom.vault.crypto.SecretBytes;

/// What a person prints and keeps in a safe: 140 random bits as seven groups of five of Crockford's letters and
/// digits. The fifth of each group checks the four before it and the number of the group, so that a slip of the
/// hand is told with its place. It opens a {@link RecoverySlot} and says nothing of whose. Closed by whoever
/// made it.
///
/// The check is a Reed-Solomon code over GF(32) with one symbol: it finds every wrong symbol, every two that
/// changed places, every two groups that did, and 31 of 32 other mistakes within a group. It is no secret and
/// no proof.
public final class RecoveryCode implements AutoCloseable {
    /// How many groups it has.
    public static final int GROUPS = 7;

    /// Letters and digits of a group.
    public static final int GROUP = 5;

    private static final int SYMBOLS = GROUPS * GROUP;
    private static final int FIELD = 32;
    // x^5 + x^2 + 1, of which x is a primitive element.
    private static final int POLYNOMIAL = 0b100101;

    private final SecretBytes symbols;

    private RecoveryCode(SecretBytes symbols) {
        this.symbols = symbols;
    }

    /// @param random a cryptographically strong source
    public static RecoveryCode random(RandomGenerator random) {
        byte[] symbols = new byte[SYMBOLS];
        for (int group = 0; group < GROUPS; group++) {
            int first = group * GROUP;
            for (int i = first; i < first + GROUP - 1; i++) {
                symbols[i] = Crockford.symbol(random.nextInt(FIELD));
            }
            symbols[first + GROUP - 1] = Crockford.symbol(check(symbols, group));
        }
        return new RecoveryCode(SecretBytes.ofAndZero(symbols));
    }

    /// Reads what a person typed: case does not matter, I and L are read as 1, O as 0; groups may stand apart
    /// by blanks or dashes, or not at all.
    ///
    /// @param typed borrowed
    public static RecoveryCode read(char[] typed) throws MistypedCodeException {
        byte[] symbols = new byte[SYMBOLS];
        try {
            List<Integer> wrong = fill(symbols, typed);
            if (!wrong.isEmpty()) {
                throw new MistypedCodeException(sentence(wrong), wrong);
            }
            return new RecoveryCode(SecretBytes.ofAndZero(symbols));
        } finally {
            Arrays.fill(symbols, (byte) 0);
        }
    }

    /// @return the groups that do not hold, from 1
    private static List<Integer> fill(byte[] symbols, char[] typed) throws MistypedCodeException {
        List<int[]> parts = parts(typed);
        if (parts.size() != GROUPS) {
            parts = fives(typed);
        }
        List<Integer> wrong = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            if (!fill(symbols, group, typed, parts.get(group))) {
                wrong.add(group + 1);
            }
        }
        return wrong;
    }

    private static boolean fill(byte[] symbols, int group, char[] typed, int[] places) {
        if (places.length != GROUP) {
            return false;
        }
        int first = group * GROUP;
        for (int i = 0; i < GROUP; i++) {
            int value = Crockford.value(typed[places[i]]);
            if (value < 0) {
                return false;
            }
            symbols[first + i] = Crockford.symbol(value);
        }
        return Crockford.value(symbols[first + GROUP - 1]) == check(symbols, group);
    }

    /// Where what stands together stands.
    private static List<int[]> parts(char[] typed) {
        List<int[]> parts = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= typed.length; i++) {
            boolean between = i == typed.length || isBetween(typed[i]);
            if (!between && start < 0) {
                start = i;
            } else if (between && start >= 0) {
                parts.add(IntStream.range(start, i).toArray());
                start = -1;
            }
        }
        return parts;
    }

    /// The same without looking at what stands together.
    private static List<int[]> fives(char[] typed) throws MistypedCodeException {
        int[] places = IntStream.range(0, typed.length)
                .filter(i -> !isBetween(typed[i]))
                .toArray();
        if (places.length != SYMBOLS) {
            throw new MistypedCodeException(
                    "A recovery code has " + GROUPS + " groups of " + GROUP + " letters and digits, " + SYMBOLS
                            + " together; this one has " + places.length + ".",
                    List.of());
        }
        List<int[]> fives = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            fives.add(Arrays.copyOfRange(places, group * GROUP, (group + 1) * GROUP));
        }
        return fives;
    }

    private static boolean isBetween(char typed) {
        return typed == '-' || Character.isWhitespace(typed);
    }

    private static String sentence(List<Integer> wrong) {
        return wrong.size() == 1
                ? "Group " + wrong.getFirst() + " of the recovery code is mistyped. Compare it with your sheet."
                : "Groups " + wrong.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " of the recovery code are mistyped. Compare them with your sheet.";
    }

    /// x^5 · number ⊕ x^4 · first ⊕ … ⊕ x · fourth: every place has another weight, and the check itself the
    /// weight 1.
    private static int check(byte[] symbols, int group) {
        int sum = group + 1;
        for (int i = group * GROUP; i < group * GROUP + GROUP - 1; i++) {
            sum = timesX(sum) ^ Crockford.value(symbols[i]);
        }
        return timesX(sum);
    }

    private static int timesX(int value) {
        int shifted = value << 1;
        return (shifted & FIELD) == 0 ? shifted : shifted ^ POLYNOMIAL;
    }

    /// The groups with dashes between them, in a new array that the caller fills with zeros.
    public char[] text() {
        return symbols.<char[], RuntimeException>use(bytes -> {
            char[] text = new char[SYMBOLS + GROUPS - 1];
            Arrays.fill(text, '-');
            for (int i = 0; i < SYMBOLS; i++) {
                text[i + i / GROUP] = (char) bytes[i];
            }
            return text;
        });
    }

    /// 35 letters and digits in ASCII; borrowed, closed with this.
    SecretBytes symbols() {
        return symbols;
    }

    @Override
    public void close() {
        symbols.close();
    }

    /// Never the code.
    @Override
    public String toString() {
        return "RecoveryCode";
    }
}
