package strongroom.vault.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.agent.Renewals.Outcome;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemorySealer;

/// Enrolled one hour ago with a certificate of two hours: two thirds are over in twenty minutes.
class RenewalsTest {
    private static final Duration UNTIL_DUE = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private TestOrganisation organisation;
    private DeviceIdentity identity;
    private Id device;
    private Instant due;
    private int asked;

    @BeforeEach
    void enrol() throws Exception {
        organisation = new TestOrganisation();
        identity = new DeviceIdentity(new Home(folder), new OneSealer(new MemorySealer(random, 5)), random);
        device = organisation.enrol(identity, URI.create("https://localhost:1"), 2);
        due = identity.enrolled().certificate().getNotAfter().toInstant().minus(UNTIL_DUE.multipliedBy(2));
    }

    private Outcome renewAt(Instant time, Renewals.Authority authority) {
        Renewals renewals = new Renewals(identity, Clock.fixed(time, ZoneOffset.UTC), random);
        return renewals.certificate(request -> {
            asked++;
            return authority.certify(request);
        });
    }

    private byte[] certificate(Id of, PublicKey key, Duration goodFor) {
        try {
            return organisation
                    .deviceCertificate(of, key, due.minusSeconds(60), due.plus(goodFor))
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey keyOf(byte[] request) {
        try {
            return new JcaPKCS10CertificationRequest(request).getPublicKey();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] held() throws Exception {
        return identity.enrolled().certificate().getEncoded();
    }

    @Test
    void aCertificateIsLeftAloneUntilTwoThirdsOfItsLifeAreOver() throws Exception {
        byte[] before = held();

        Outcome outcome = renewAt(due.minusSeconds(5), request -> new byte[0]);

        assertEquals(Outcome.NOTHING_NEW, outcome);
        assertEquals(0, asked);
        assertArrayEquals(before, held());
    }

    @Test
    void thenOneForTheSameKeyIsAskedForAndKept() throws Exception {
        byte[][] given = new byte[1][];

        Outcome outcome = renewAt(due.plusSeconds(5), request -> {
            given[0] = certificate(device, keyOf(request), Duration.ofHours(9));
            return given[0];
        });

        assertEquals(Outcome.RENEWED, outcome);
        assertArrayEquals(given[0], held());
        assertEquals(device, identity.enrolled().device());
        assertEquals(Outcome.NOTHING_NEW, renewAt(due.plusSeconds(10), request -> new byte[0]));
        assertEquals(1, asked);
    }

    @Test
    void oneForAnotherKeyAnotherDeviceOrAShorterTimeIsRefusedAndThePresentOneStays() throws Exception {
        byte[] before = held();
        KeyPair other = TestOrganisation.ellipticKeys();

        assertEquals(
                Outcome.POSTPONED,
                renewAt(due.plusSeconds(5), _ -> certificate(device, other.getPublic(), Duration.ofHours(9))));
        assertEquals(
                Outcome.POSTPONED,
                renewAt(
                        due.plusSeconds(5),
                        request -> certificate(Id.random(random), keyOf(request), Duration.ofHours(9))));
        assertEquals(
                Outcome.POSTPONED,
                renewAt(due.plusSeconds(5), request -> certificate(device, keyOf(request), Duration.ofMinutes(1))));
        assertEquals(Outcome.POSTPONED, renewAt(due.plusSeconds(5), _ -> new byte[] {1, 2, 3}));

        assertArrayEquals(before, held());
    }

    @Test
    void oneOfAnotherAuthorityIsRefused() throws Exception {
        byte[] before = held();
        TestOrganisation stranger = new TestOrganisation();

        Outcome outcome = renewAt(due.plusSeconds(5), request -> {
            try {
                return stranger.deviceCertificate(device, keyOf(request), due, due.plusSeconds(90_000))
                        .getEncoded();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertEquals(Outcome.POSTPONED, outcome);
        assertArrayEquals(before, held());
    }
}
