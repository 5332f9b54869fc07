package strongroom.server.admin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import strongroom.protocol.Digest;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.codec.Crockford;
import strongroom.protocol.codec.MalformedException;

/// One share of the organisation's recovery key, in a form that a person can print and type again: 50 bytes in
/// Crockford's base 32, four lines of four groups. They say which share of how many it is, how many are needed,
/// to which key it belongs (the first 12 bytes of its fingerprint), and end with the first 3 bytes of SHA-256
/// over the others against slips of the hand. Holds its part of the secret; closed by whoever made it.
final class RecoveryShare implements AutoCloseable {
    private static final int NUMBERS = 3;
    private static final int KEY = 12;
    private static final int CHECK = 3;
    private static final int TOTAL = NUMBERS + KEY + Box.SEED + CHECK;
    private static final int GROUPS_IN_A_LINE = 4;
    private static final String WHAT = "a share";

    private final byte[] bytes;

    private RecoveryShare(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param number from 1 @param value as Shamir's scheme gives it, copied; the caller fills it with zeros
    static RecoveryShare of(int number, int shares, int threshold, Digest key, byte[] value) {
        byte[] bytes = new byte[TOTAL];
        bytes[0] = (byte) number;
        bytes[1] = (byte) shares;
        bytes[2] = (byte) threshold;
        System.arraycopy(key.toByteArray(), 0, bytes, NUMBERS, KEY);
        System.arraycopy(value, 0, bytes, NUMBERS + KEY, Box.SEED);
        System.arraycopy(check(bytes), 0, bytes, TOTAL - CHECK, CHECK);
        return new RecoveryShare(bytes);
    }

    private static byte[] check(byte[] bytes) {
        byte[] checked = Arrays.copyOf(bytes, TOTAL - CHECK);
        try {
            return Arrays.copyOf(Digest.sha256(checked).toByteArray(), CHECK);
        } finally {
            Arrays.fill(checked, (byte) 0);
        }
    }

    /// Reads the content of a file, or what somebody typed. Lines that begin with # are for people.
    ///
    /// @param typed not kept; the caller fills it with zeros
    /// @throws MalformedException if it is no share, or is mistyped; the message says which, to people
    static RecoveryShare parse(byte[] typed) throws MalformedException {
        byte[] code = withoutComments(typed);
        byte[] bytes;
        try {
            bytes = Crockford.read(code, TOTAL, WHAT);
        } finally {
            Arrays.fill(code, (byte) 0);
        }
        RecoveryShare share = new RecoveryShare(bytes);
        boolean possible =
                share.number() >= 1 && share.number() <= share.shares() && share.threshold() <= share.shares();
        if (!possible || !Arrays.equals(check(bytes), Arrays.copyOfRange(bytes, TOTAL - CHECK, TOTAL))) {
            share.close();
            throw new MalformedException("the share is mistyped");
        }
        return share;
    }

    private static byte[] withoutComments(byte[] typed) {
        byte[] kept = new byte[typed.length];
        boolean comment = false;
        boolean start = true;
        for (int i = 0; i < typed.length; i++) {
            comment = start ? typed[i] == '#' : comment;
            start = typed[i] == '\n';
            kept[i] = comment ? (byte) ' ' : typed[i];
        }
        return kept;
    }

    /// The content of the file to hand out.
    ///
    /// @return in a new array, which the caller fills with zeros
    byte[] text(String organisation, RecoveryKey key) {
        String head = """
                # Strongroom: share %d of %d of the recovery key of %s
                # Key %d of %s, %s. %d of the %d shares together open the documents of everybody.
                # Print it, lock the paper away, and delete this file. Hand it to nobody who has another share.
                """.formatted(
                        number(),
                        shares(),
                        organisation.replaceAll("\\p{C}", "?"),
                        key.number(),
                        key.issued(),
                        keyName(),
                        threshold(),
                        shares());
        byte[] code = Crockford.write(bytes);
        try {
            int group = 0;
            for (int i = 0; i < code.length; i++) {
                if (code[i] == '-' && ++group % GROUPS_IN_A_LINE == 0) {
                    code[i] = '\n';
                }
            }
            byte[] above = head.getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(above, above.length + code.length + 1);
            System.arraycopy(code, 0, all, above.length, code.length);
            all[all.length - 1] = '\n';
            return all;
        } finally {
            Arrays.fill(code, (byte) 0);
        }
    }

    int number() {
        return bytes[0] & 0xff;
    }

    int shares() {
        return bytes[1] & 0xff;
    }

    int threshold() {
        return bytes[2] & 0xff;
    }

    /// Whether it belongs to the key with this fingerprint.
    boolean isOf(Digest key) {
        return Arrays.equals(key.toByteArray(), 0, KEY, bytes, NUMBERS, NUMBERS + KEY);
    }

    /// Whether both are shares of one key.
    boolean fits(RecoveryShare other) {
        return Arrays.equals(bytes, 1, NUMBERS + KEY, other.bytes, 1, NUMBERS + KEY);
    }

    /// Names the key in front of people.
    String keyName() {
        return HexFormat.of().formatHex(bytes, NUMBERS, NUMBERS + KEY);
    }

    /// This share of the secret, in a new array, which the caller fills with zeros.
    byte[] value() {
        return Arrays.copyOfRange(bytes, NUMBERS + KEY, NUMBERS + KEY + Box.SEED);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "RecoveryShare";
    }
}
