package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.MachineCountersContract;
import strongroom.vault.seal.SealException.Why;

/// The TPM's counters against a real emulator.
class TpmCountersIT extends MachineCountersContract {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PLAIN_BYTES = 1 << 2 | 1 << 18 | 1 << 25;
    private static final int COUNTER = PLAIN_BYTES | 1 << 4;

    private static Swtpm tpm;

    @BeforeAll
    static void startTpm() throws Exception {
        tpm = Swtpm.atSocket();
    }

    @AfterAll
    static void endTpm() throws Exception {
        tpm.close();
    }

    @Override
    protected MachineCounters counters() {
        return of(tpm.address());
    }

    private MachineCounters of(TpmAddress address) {
        return new TpmSealer(address, random, LONG).counters().orElseThrow();
    }

    private static int number(byte[] kept) throws Exception {
        CanonicalReader in = new CanonicalReader(Checksum.strip(kept));
        in.uint8();
        return in.uint32(Integer.MAX_VALUE);
    }

    /// What the owner does, whose authorisation is empty.
    private interface Owner {
        void act(Tpm open, HmacSession session, SecretBytes own) throws Exception;
    }

    private void asOwner(Owner owner) throws Exception {
        try (Tpm open = tpm.connect();
                SecretBytes own = SecretBytes.random(32, random);
                HmacSession session = HmacSession.start(open, StorageRootKey.in(open), HmacSession.Kind.HMAC, random)) {
            owner.act(open, session, own);
        }
    }

    private static void increment(Tpm open, HmacSession session, NvIndex index, byte[] name, SecretBytes own)
            throws Exception {
        open.run(
                new TpmCommand(TpmCommand.NV_INCREMENT)
                        .handle(index.number(), name)
                        .handle(index.number(), name),
                session.plain(own));
    }

    @Test
    void aCounterThatTheOwnerMadeInItsPlaceIsNotTakenForIt() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        NvIndex index = new NvIndex(number(kept), COUNTER, 8);

        // Same number, same kind, so the same name; he counts it up to where he likes.
        asOwner((open, session, own) -> {
            index.undefine(open, session);
            index.define(open, session, own);
            increment(open, session, index, index.newName(), own);
            increment(open, session, index, index.name(), own);
        });

        assertEquals(Why.FOREIGN, refusal(() -> counters().read(kept, mine)));
        assertEquals(Why.FOREIGN, refusal(() -> counters().increment(kept, mine)));
        counters().destroy(kept);
        assertEquals(0, tpm.indices());
    }

    @Test
    void anythingElseInItsPlaceIsNeitherReadNorErased() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        NvIndex bytes = new NvIndex(number(kept), PLAIN_BYTES, 8);
        NvIndex owners = new NvIndex(number(kept), 1 << 1 | 1 << 17 | 1 << 25, 8);
        counters().destroy(kept);
        for (NvIndex other : new NvIndex[] {bytes, owners}) {
            asOwner((open, session, own) -> other.define(open, session, own));

            assertEquals(Why.FOREIGN, refusal(() -> counters().read(kept, mine)));
            assertEquals(Why.FOREIGN, refusal(() -> counters().increment(kept, mine)));
            counters().destroy(kept);

            assertEquals(1, tpm.indices());
            asOwner((open, session, own) -> other.undefine(open, session, other.newName()));
        }
    }

    @Test
    void neitherTheOwnerNorAnybodyElseCountsItUp() throws Exception {
        byte[] kept = counters().plan();
        long begun = counters().make(kept, mine);
        NvIndex index = new NvIndex(number(kept), COUNTER, 8);

        asOwner((open, session, own) -> {
            TpmCommand byOwner = new TpmCommand(TpmCommand.NV_INCREMENT)
                    .handle(TpmCommand.OWNER)
                    .handle(index.number(), index.name());
            assertThrows(TpmRefusal.class, () -> open.run(byOwner, Authorisation.EMPTY_PASSWORD));
            TpmCommand byNobody = new TpmCommand(TpmCommand.NV_INCREMENT)
                    .handle(index.number(), index.name())
                    .handle(index.number(), index.name());
            assertThrows(TpmRefusal.class, () -> open.run(byNobody, Authorisation.EMPTY_PASSWORD));
        });

        assertEquals(begun, counters().read(kept, mine));
        counters().destroy(kept);
    }

    @Test
    void itStandsWhereItStoodAfterARestart() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        long before = counters().increment(kept, mine);

        tpm.restart();

        assertEquals(before, counters().read(kept, mine));
        counters().destroy(kept);
    }

    @Test
    void theBusShowsNoAuthorisationAndAnAnswerChangedOnItIsNoticed() throws Exception {
        byte[] kept;
        try (Interposer bus = new Interposer(tpm.address())) {
            MachineCounters interposed = of(bus.address());
            kept = interposed.plan();
            interposed.make(kept, mine);
            interposed.increment(kept, mine);
            String trace = new String(bus.trace(), StandardCharsets.ISO_8859_1);
            mine.<SecretBytes, RuntimeException>use(bytes -> {
                assertFalse(trace.contains(new String(bytes, StandardCharsets.ISO_8859_1)));
                return mine;
            });
            bus.change((command, response) -> {
                if (Interposer.code(command) == TpmCommand.NV_READ) {
                    // The last byte of the value: behind the size of the parameters, and of the value.
                    response[10 + 4 + 2 + 7] ^= 1;
                }
                return response;
            });

            assertEquals(Why.INTERPOSED, refusal(() -> interposed.read(kept, mine)));
            assertEquals(Why.INTERPOSED, refusal(() -> interposed.increment(kept, mine)));
        }
        counters().destroy(kept);
    }

    @Test
    void anotherTpmDoesNotHaveIt() throws Exception {
        byte[] kept = counters().plan();
        counters().make(kept, mine);
        try (Swtpm other = Swtpm.atSocket()) {
            assertEquals(Why.FOREIGN, refusal(() -> of(other.address()).read(kept, mine)));
            of(other.address()).destroy(kept);
        }
        assertTrue(counters().read(kept, mine) > 0);
        counters().destroy(kept);
        assertEquals(0, tpm.indices());
    }
}
