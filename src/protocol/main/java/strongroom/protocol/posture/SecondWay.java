package strongroom.protocol.posture;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What brings a person back to their documents on the day when machine and PIN do not. The number stands in reports
/// and in stores.
public enum SecondWay {
    /// A recovery code on paper, which opens the store.
    CODE(1),
    /// Administrators, to whose recovery key the person's keys were left sealed.
    ADMINISTRATORS(2);

    private final int code;

    SecondWay(int code) {
        this.code = code;
    }

    /// Reads the number. @throws MalformedException if it stands for nothing
    public static SecondWay read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (SecondWay way : values()) {
            if (way.code == code) {
                return way;
            }
        }
        throw new MalformedException("unknown second way in");
    }

    /// Writes the number.
    public void write(CanonicalWriter out) {
        out.uint8(code);
    }
}
