package strongroom.server;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import strongroom.oprf.BlindedInput;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.LeaseRequest;
import strongroom.protocol.share.PowerClock;
import strongroom.protocol.share.ShareKey;
import strongroom.server.admin.SeedSigner;

/// One slot of a device, as its program would use the server's share.
final class ShareSlot {
    private static final Digest PIN_OBJECT = Digest.sha256(new byte[] {1});

    final DeviceClient device;
    final Id id;
    final SeedSigner key;

    /// @param id of the slot @param key signs its confirmations
    ShareSlot(DeviceClient device, Id id, SeedSigner key) {
        this.device = device;
        this.id = id;
        this.key = key;
    }

    static ShareSlot random(DeviceClient device) {
        return new ShareSlot(
                device,
                Id.random(device.organisation.random),
                DeviceKeys.random().person());
    }

    /// An answer to one try.
    ///
    /// @param output of the function, in hexadecimal
    record Tried(Evaluation evaluation, String output) {}

    HttpResponse<byte[]> make() throws Exception {
        return make(key.verifyingKey());
    }

    HttpResponse<byte[]> make(VerifyingKey confirmationKey) throws Exception {
        CanonicalWriter out = new CanonicalWriter();
        confirmationKey.write(out);
        return device.send("PUT", "/v1/share/" + id, out.toByteArray());
    }

    ShareKey made() throws Exception {
        return ShareKey.of(DeviceClient.require(200, make()));
    }

    /// Makes the key and opens once.
    ShareSlot opened() throws Exception {
        made();
        DeviceClient.require(204, confirm(tried("1234").evaluation));
        return this;
    }

    HttpResponse<byte[]> evaluate(byte[] blinded) throws Exception {
        return device.send("POST", "/v1/share/" + id + "/evaluations", blinded);
    }

    HttpResponse<byte[]> attempt() throws Exception {
        try (BlindedInput pin = blinded("0000")) {
            return evaluate(pin.element());
        }
    }

    /// Tries a PIN and checks the server's proof.
    Tried tried(String pin) throws Exception {
        try (BlindedInput blinded = blinded(pin)) {
            Evaluation evaluation = Evaluation.of(DeviceClient.require(200, evaluate(blinded.element())));
            byte[] output = blinded.finish(evaluation.element(), evaluation.proof(), made().point());
            return new Tried(evaluation, HexFormat.of().formatHex(output));
        }
    }

    HttpResponse<byte[]> confirm(Evaluation evaluation) throws Exception {
        return confirm(evaluation, key);
    }

    HttpResponse<byte[]> confirm(Evaluation evaluation, SeedSigner signer) throws Exception {
        return device.send(
                "POST",
                "/v1/share/" + id + "/confirmations",
                evaluation.confirm(id, signer).toByteArray());
    }

    HttpResponse<byte[]> lease(PowerClock reading) throws Exception {
        return device.send("POST", "/v1/share/" + id + "/leases", new LeaseRequest(PIN_OBJECT, reading).toByteArray());
    }

    /// A lease, checked under the lessor's key.
    Lease leased(PowerClock reading) throws Exception {
        return Lease.Granted.of(DeviceClient.require(200, lease(reading))).verify(made().lessor());
    }

    private BlindedInput blinded(String pin) {
        return BlindedInput.blind(pin.getBytes(StandardCharsets.UTF_8), device.organisation.random);
    }
}
