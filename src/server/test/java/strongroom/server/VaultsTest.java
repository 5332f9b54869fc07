package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.WrappedVaultKey;

class VaultsTest {
    @TempDir
    private Path directory;

    private TestOrganisation organisation;
    private DeviceClient device;

    @BeforeEach
    void start() throws Exception {
        organisation = TestOrganisation.start(directory);
        device = organisation.enrol("Grace");
    }

    @AfterEach
    void stop() {
        device.close();
        organisation.close();
    }

    private List<VaultRecord> vaults() throws Exception {
        return VaultRecord.listOf(DeviceClient.require(200, device.get("/v1/vaults")));
    }

    private byte[] key(Id vault, Id person) throws Exception {
        return new WrappedVaultKey(vault, 1, person, new byte[] {1})
                .sign(device.keys.person())
                .toByteArray();
    }

    @Test
    void theSameKeyAgainChangesNothingAndAnotherOneIsRefused() throws Exception {
        Id vault = device.createVault();

        DeviceClient.require(204, device.putVault(vault, 1, new byte[] {7}));
        DeviceClient.requireRefused(409, Refusal.CONFLICT, device.putVault(vault, 1, new byte[] {8}));
        assertEquals(1, vaults().getFirst().keys().size());
    }

    @Test
    void epochsComeOneAfterTheOther() throws Exception {
        Id vault = Id.random(organisation.random);
        DeviceClient.requireRefused(409, Refusal.CONFLICT, device.putVault(vault, 2, new byte[] {7}));
        DeviceClient.requireRefused(409, Refusal.CONFLICT, device.putVault(vault, 0, new byte[] {7}));
        assertEquals(List.of(), vaults());

        DeviceClient.require(204, device.putVault(vault, 1, new byte[] {7}));
        DeviceClient.require(204, device.putVault(vault, 2, new byte[] {8}));
        DeviceClient.requireRefused(409, Refusal.CONFLICT, device.putVault(vault, 4, new byte[] {9}));
        assertEquals(2, vaults().getFirst().keys().size());
    }

    @Test
    void aKeyForAnotherVaultOrPersonIsRefused() throws Exception {
        Id vault = Id.random(organisation.random);
        Id other = Id.random(organisation.random);

        DeviceClient.requireRefused(
                400, Refusal.MALFORMED, device.send("PUT", "/v1/vaults/" + vault, key(other, device.person())));
        DeviceClient.requireRefused(
                400, Refusal.MALFORMED, device.send("PUT", "/v1/vaults/" + vault, key(vault, other)));
        try (DeviceClient stranger = organisation.enrol("Linus")) {
            DeviceClient.requireRefused(
                    400, Refusal.MALFORMED, stranger.send("PUT", "/v1/vaults/" + vault, key(vault, stranger.person())));
        }
        assertEquals(List.of(), vaults());
    }
}
