package strongroom.protocol.posture;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Whether files of a folder are encrypted below the file system, as far as a program without rights can tell.
public enum DiskState {
    /// It cannot be told here: not Linux, a network, a file system that does not name its device.
    UNKNOWN(0),
    /// Everything that is written passes dm-crypt.
    ENCRYPTED(1),
    /// No dm-crypt was found. A disk that encrypts by itself, or a file system that does, is not seen.
    NOT_FOUND(2);

    private final int code;

    DiskState(int code) {
        this.code = code;
    }

    static DiskState read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (DiskState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new MalformedException("unknown state of a disk");
    }

    void write(CanonicalWriter out) {
        out.uint8(code);
    }
}
