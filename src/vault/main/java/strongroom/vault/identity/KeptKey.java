package strongroom.vault.identity;

import java.security.PrivateKey;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.SealKind;

/// A key that was made in the machine and is kept there. The file says which one it is.
///
/// @param kind which part of the machine
/// @param key the public half
/// @param request PKCS#10 for it, empty if it has none
/// @param kept for the machine
record KeptKey(SealKind kind, VerifyingKey key, byte[] request, byte[] kept) implements DeviceKey {
    /// The first byte of the file, where a sealed key has the kind of its seal.
    static final int FORM = 16;

    private static final int KEPT_LIMIT = 4096;

    static KeptKey make(SealKind kind, MachineKeys machine, Request request) throws SealException {
        MachineKeys.Made made = machine.make();
        boolean requested = false;
        try {
            byte[] pkcs10 = request.of(made.key(), machine.open(made.kept()));
            requested = true;
            return new KeptKey(kind, made.key(), pkcs10, made.kept());
        } finally {
            if (!requested) {
                machine.destroy(made.kept());
            }
        }
    }

    @Override
    public PrivateKey open(SealerSource sealers) throws SealException {
        return machine(sealers).open(kept);
    }

    @Override
    public void destroy(SealerSource sealers) throws SealException {
        machine(sealers).destroy(kept);
    }

    private MachineKeys machine(SealerSource sealers) throws SealException {
        return sealers.of(kind)
                .keys()
                .orElseThrow(() -> new SealException(
                        Why.ABSENT, "A key of this device is in a part of the machine that is not there."));
    }

    @Override
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORM).uint8(kind.code());
        key.write(out);
        return out.bytes(request).bytes(kept).toByteArray();
    }

    static KeptKey read(CanonicalReader in) throws MalformedException {
        if (in.uint8() != FORM) {
            throw new MalformedException("not a key in the machine");
        }
        return new KeptKey(SealKind.read(in), VerifyingKey.read(in), in.bytes(REQUEST_LIMIT), in.bytes(KEPT_LIMIT));
    }
}
