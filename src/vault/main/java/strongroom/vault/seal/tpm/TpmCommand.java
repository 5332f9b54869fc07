package strongroom.vault.seal.tpm;

import java.util.Arrays;

/// One command: its code, its handles with their names, its parameters.
final class TpmCommand {
    static final int NV_UNDEFINE_SPACE = 0x122;
    static final int NV_DEFINE_SPACE = 0x12a;
    static final int CREATE_PRIMARY = 0x131;
    static final int NV_INCREMENT = 0x134;
    static final int NV_WRITE = 0x137;
    static final int ACTIVATE_CREDENTIAL = 0x147;
    static final int CERTIFY = 0x148;
    static final int POLICY_NV = 0x149;
    static final int NV_READ = 0x14e;
    static final int POLICY_SECRET = 0x151;
    static final int CREATE = 0x153;
    static final int LOAD = 0x157;
    static final int SIGN = 0x15d;
    static final int UNSEAL = 0x15e;
    static final int FLUSH_CONTEXT = 0x165;
    static final int LOAD_EXTERNAL = 0x167;
    static final int NV_READ_PUBLIC = 0x169;
    static final int POLICY_AUTHORIZE = 0x16a;
    static final int POLICY_AUTH_VALUE = 0x16b;
    static final int POLICY_COUNTER_TIMER = 0x16d;
    static final int READ_PUBLIC = 0x173;
    static final int START_AUTH_SESSION = 0x176;
    static final int VERIFY_SIGNATURE = 0x177;
    static final int GET_CAPABILITY = 0x17a;
    static final int PCR_READ = 0x17e;
    static final int POLICY_PCR = 0x17f;
    static final int POLICY_RESTART = 0x180;
    static final int READ_CLOCK = 0x181;
    static final int POLICY_GET_DIGEST = 0x189;

    static final int OWNER = 0x40000001;
    static final int NULL_HANDLE = 0x40000007;
    static final int ENDORSEMENT = 0x4000000b;
    static final int NO_SESSIONS = 0x8001;
    static final int SESSIONS = 0x8002;

    private final int code;
    private final TpmWriter handles = new TpmWriter();
    private final TpmWriter names = new TpmWriter();
    private final TpmWriter parameters = new TpmWriter();

    TpmCommand(int code) {
        this.code = code;
    }

    /// The name of a hierarchy, a session or any other handle that has no public area is the handle itself.
    TpmCommand handle(int handle) {
        handles.uint32(handle);
        names.uint32(handle);
        return this;
    }

    TpmCommand handle(int handle, byte[] name) {
        handles.uint32(handle);
        names.fixed(name);
        return this;
    }

    TpmWriter parameters() {
        return parameters;
    }

    int code() {
        return code;
    }

    byte[] names() {
        return names.toByteArray();
    }

    boolean returnsHandle() {
        return code == CREATE_PRIMARY || code == LOAD || code == LOAD_EXTERNAL || code == START_AUTH_SESSION;
    }

    /// Takes the parameters out, so that a secret among them stays nowhere else.
    byte[] takeParameters() {
        byte[] taken = parameters.toByteArray();
        parameters.zero();
        return taken;
    }

    /// The bytes for the wire. @param area of the authorisation, empty if there is none
    byte[] encode(byte[] area, byte[] sentParameters) {
        byte[] handleBytes = handles.toByteArray();
        int areaSize = area.length == 0 ? 0 : 4 + area.length;
        TpmWriter out = new TpmWriter()
                .uint16(area.length == 0 ? NO_SESSIONS : SESSIONS)
                .uint32(TpmTransport.HEADER + handleBytes.length + areaSize + sentParameters.length)
                .uint32(code)
                .fixed(handleBytes);
        if (area.length > 0) {
            out.uint32(area.length).fixed(area);
        }
        byte[] encoded = out.fixed(sentParameters).toByteArray();
        Arrays.fill(sentParameters, (byte) 0);
        return encoded;
    }
}
