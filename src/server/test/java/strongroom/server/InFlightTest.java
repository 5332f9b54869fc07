package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.Refusal;
import strongroom.server.admin.AdminConsole;

/// An order that comes while a request of its device is on the way.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InFlightTest {
    private static final Digest CHUNK = Digest.sha256(new byte[] {1});

    @TempDir
    private Path directory;

    @Test
    void anUploadThatBeganBeforeTheFreezeIsRefusedAtItsEnd() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory);
                DeviceClient device = organisation.enrol("Grace");
                AdminConsole console = organisation.console()) {
            Id vault = device.createVault();
            PipedOutputStream body = new PipedOutputStream();
            InputStream sent = new PipedInputStream(body);
            CompletableFuture<HttpResponse<byte[]>> answer = device.http.sendAsync(
                    HttpRequest.newBuilder(organisation.deviceUri().resolve("/v1/vaults/" + vault + "/chunks/" + CHUNK))
                            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> sent))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            body.write(new byte[512]);
            body.flush();
            awaitIncoming(organisation.home.resolve("chunks").resolve("incoming"));

            console.order(device.id(), Order.Action.FREEZE, "");
            body.close();

            DeviceClient.requireRefused(403, Refusal.DEVICE_NOT_ACTIVE, answer.get());
            console.order(device.id(), Order.Action.THAW, "");
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, device.getChunk(vault, CHUNK));
            assertEquals(0, count(organisation.home.resolve("chunks").resolve("incoming")));
        }
    }

    private static void awaitIncoming(Path incoming) throws Exception {
        while (count(incoming) == 0) {
            Thread.onSpinWait();
        }
    }

    private static long count(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
