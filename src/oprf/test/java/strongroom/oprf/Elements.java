package strongroom.oprf;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What is no element, and why not.
final class Elements {
    /// Order of the group, and of the field, as SEC 2 prints them.
    static final byte[] ORDER =
            HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    static final byte[] FIELD =
            HexFormat.of().parseHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    private Elements() {}

    record Wrong(String why, byte[] bytes) {}

    /// @param right an element, of which wrong ones are made
    static List<Wrong> wrong(byte[] right) throws OprfException {
        byte[] uncompressed = P256.element(right).getEncoded(false);
        byte[] hybrid = uncompressed.clone();
        hybrid[0] = (byte) (right[0] + 4);
        byte[] firstHalf = Arrays.copyOf(uncompressed, 33);
        return List.of(
                new Wrong("nothing", new byte[0]),
                new Wrong("the identity in one byte", new byte[1]),
                new Wrong("the identity in the length of an element", new byte[33]),
                new Wrong("uncompressed", uncompressed),
                new Wrong("hybrid", hybrid),
                new Wrong("an uncompressed one in the length of an element", firstHalf),
                new Wrong("cut", Arrays.copyOf(right, 32)),
                new Wrong("too long", Arrays.copyOf(right, 34)),
                new Wrong("no such form", startingWith(1, Arrays.copyOfRange(right, 1, 33))),
                new Wrong("x is not on the curve", startingWith(2, small(2))),
                new Wrong("nor is this one", startingWith(3, small(2))),
                // points that a reader would take who reduces what is too large: 0 and 5 are on the curve
                new Wrong("x is the size of the field", startingWith(2, FIELD)),
                new Wrong("x is above it", startingWith(2, plus(FIELD, 5))),
                new Wrong("x is as large as can be", startingWith(3, plus(new byte[32], -1))));
    }

    private static byte[] small(int x) {
        return plus(new byte[32], x);
    }

    /// Modulo 2^256.
    static byte[] plus(byte[] number, int more) {
        byte[] sum = new byte[32];
        long carry = more;
        for (int i = 31; i >= 0; i--) {
            carry += number[i] & 0xff;
            sum[i] = (byte) carry;
            carry >>= 8;
        }
        return sum;
    }

    private static byte[] startingWith(int form, byte[] x) {
        byte[] element = new byte[1 + x.length];
        element[0] = (byte) form;
        System.arraycopy(x, 0, element, 1, x.length);
        return element;
    }
}
