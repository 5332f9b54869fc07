package strongroom.vault.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.WrappedVaultKey;
import strongroom.vault.crypto.SigningKey;

class AnnouncementTest {
    private final SecureRandom random = new SecureRandom();
    private final SigningKey person = SigningKey.generate(random);
    private final Id vault = Id.random(random);
    private final MemorySyncServer server = new MemorySyncServer();

    /// The key wrapped anew, as each call of the window has it.
    private Announcement announcement() throws Exception {
        byte[] sealed = new byte[100];
        random.nextBytes(sealed);
        Signed key = new WrappedVaultKey(vault, 1, Id.random(random), sealed).sign(person);
        return new Announcement(vault, key);
    }

    @Test
    void aVaultThatIsAnnouncedTwiceIsThereOnce() throws Exception {
        announcement().to(server);
        announcement().to(server);

        assertEquals(Set.of(vault), server.logs.keySet());
    }

    @Test
    void anotherRefusalIsNotTakenForSuccess() {
        MemorySyncServer full = new MemorySyncServer() {
            @Override
            public void createVault(Id made, Signed key) throws SyncException {
                throw SyncException.ofRefusal(Refusal.NO_ROOM);
            }
        };

        SyncException refused =
                assertThrows(SyncException.class, () -> announcement().to(full));

        assertEquals(Refusal.NO_ROOM, refused.refusal());
    }

    @Test
    void aLineThatBreaksIsTold() {
        server.callsLeft.set(0);

        assertEquals(
                SyncException.Why.OFFLINE,
                assertThrows(SyncException.class, () -> announcement().to(server))
                        .why());
    }
}
