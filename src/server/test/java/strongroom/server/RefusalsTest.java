package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Wire;

/// What is no valid request, and what the answer to one must not show.
class RefusalsTest {
    @TempDir
    private static Path directory;

    private static TestOrganisation organisation;
    private static DeviceClient device;
    private static Id vault;

    @BeforeAll
    static void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
        vault = device.createVault();
    }

    @AfterAll
    static void stop() {
        device.close();
        organisation.close();
    }

    @Test
    void unknownPathsAreNotFound() throws Exception {
        for (String path :
                List.of("/", "/v1", "/v1/nothing", "/v1/vaults/", "/v1/vaults/x/y/z", "/v2/vaults", "/V1/vaults")) {
            DeviceClient.requireRefused(404, Refusal.NOT_FOUND, device.get(path));
        }
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        HttpResponse<byte[]> response = device.send("DELETE", "/v1/vaults/" + vault + "/commits", new byte[0]);

        DeviceClient.requireRefused(405, Refusal.MALFORMED, response);
        assertEquals("GET, POST", response.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void malformedIdsAndNumbersAreRefused() throws Exception {
        for (String path : List.of(
                "/v1/vaults/zz/commits",
                "/v1/vaults/" + vault + "/chunks/12",
                "/v1/vaults/" + vault + "/commits?after=-1",
                "/v1/vaults/" + vault + "/commits?after=x",
                "/v1/vaults/" + vault + "/commits?after=99999999999999999999",
                "/v1/orders?after=1e3")) {
            DeviceClient.requireRefused(400, Refusal.MALFORMED, device.get(path));
        }
    }

    @Test
    void pathsThatMeanTwoThingsAreRefused() throws Exception {
        for (String path : List.of("/v1/%2e%2e/vaults", "/v1/vaults%2f" + vault, "/v1//vaults", "/v1/vaults;x=y")) {
            int status = device.get(path).statusCode();
            assertTrue(status == 400 || status == 404, path + ": " + status);
        }
    }

    @Test
    void bodiesThatAreNoneOfOursAreRefused() throws Exception {
        byte[] garbage = new byte[100];
        organisation.random.nextBytes(garbage);
        for (byte[] body : List.of(garbage, new byte[1], "{}".getBytes(StandardCharsets.UTF_8))) {
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, device.send("POST", "/v1/vaults/" + vault + "/commits", body));
            DeviceClient.requireRefused(400, Refusal.MALFORMED, device.send("PUT", "/v1/vaults/" + vault, body));
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, device.send("POST", "/v1/vaults/" + vault + "/chunks/missing", body));
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, device.send("POST", "/v1/orders/" + vault + "/receipts", body));
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, device.send("PUT", "/v1/devices/" + device.id() + "/grant", body));
            DeviceClient.requireRefused(400, Refusal.MALFORMED, organisation.send("POST", "/v1/enrolments", body));
        }
    }

    @Test
    void aGoodBodyWithOneByteMoreIsRefused() throws Exception {
        byte[] commit =
                device.commit(vault, 1, Digest.ZERO, new byte[] {1}, List.of()).toByteArray();
        byte[] longer = Arrays.copyOf(commit, commit.length + 1);

        DeviceClient.requireRefused(
                400, Refusal.MALFORMED, device.send("POST", "/v1/vaults/" + vault + "/commits", longer));
    }

    @Test
    void bodiesOverTheirLimitAreRefusedWithAWordAndNotWithABrokenConnection() throws Exception {
        DeviceClient.requireRefused(
                413, Refusal.TOO_LARGE, device.send("PUT", "/v1/vaults/" + vault, new byte[1 << 20]));
        DeviceClient.requireRefused(
                413, Refusal.TOO_LARGE, device.send("POST", "/v1/vaults/" + vault + "/commits", new byte[11 << 20]));
        DeviceClient.requireRefused(
                413, Refusal.TOO_LARGE, organisation.send("POST", "/v1/enrolments", new byte[1 << 20]));
    }

    @Test
    void headersOverTheirLimitAreRefused() throws Exception {
        HttpResponse<byte[]> response = device.http.send(
                HttpRequest.newBuilder(organisation.deviceUri().resolve("/v1/vaults"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("X-Long", "x".repeat(20_000))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        DeviceClient.requireRefused(431, Refusal.MALFORMED, response);
    }

    @Test
    void everyAnswerHasTheServersTimeAndNoneShowsItsInside() throws Exception {
        for (String path : List.of("/v1/vaults", "/v1/nothing", "/v1/vaults/zz/commits", "/v1/%2e%2e/vaults")) {
            HttpResponse<byte[]> response = device.get(path);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            long time = response.headers().firstValueAsLong(Wire.SERVER_TIME).orElse(0);

            assertTrue(Math.abs(time - organisation.clock.millis()) < 60_000, path);
            assertTrue(response.headers().firstValue("Server").isEmpty());
            for (String inside : List.of("Exception", "at strongroom", "jetty", "Jetty", "SQL", "<html")) {
                assertFalse(body.contains(inside), path + ": " + body);
            }
        }
    }
}
