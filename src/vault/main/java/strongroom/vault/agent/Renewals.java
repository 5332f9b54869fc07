package strongroom.vault.agent;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;
import strongroom.vault.sync.EnrolmentConnection;
import strongroom.vault.sync.SyncException;

/// What a device renews from time to time, long before it is needed: its certificate after two thirds of its life, the
/// pins of its server whenever the root has signed newer ones.
///
/// @param identity where both are kept
record Renewals(DeviceIdentity identity, Clock clock, SecureRandom random) {
    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    /// What came of a try.
    enum Outcome {
        /// What there is holds for now.
        NOTHING_NEW,
        /// Connections must be made anew, with what is new.
        RENEWED,
        /// It could not be done now, and should be tried again soon.
        POSTPONED
    }

    /// Issues certificates: the server, over the connection that the present certificate opened.
    @FunctionalInterface
    interface Authority {
        byte[] certify(byte[] signingRequest) throws SyncException;
    }

    /// Renews the certificate if two thirds of its life are over. What the server gives is kept only if it is for this
    /// device's own key, by the authority of the enrolment, and good for longer.
    Outcome certificate(Authority authority) {
        try {
            if (clock.instant().isBefore(due(identity.enrolled()))) {
                return Outcome.NOTHING_NEW;
            }
            identity.renew(authority.certify(identity.signingRequest()));
            LOG.info("the device's certificate was renewed");
            return Outcome.RENEWED;
        } catch (SyncException e) {
            LOG.info("the certificate is renewed later: {}", e.why());
            return Outcome.POSTPONED;
        } catch (IdentityException e) {
            LOG.warn("the certificate was not renewed: {}", e.why());
            return Outcome.POSTPONED;
        }
    }

    private static Instant due(Enrolment enrolment) {
        Instant from = enrolment.certificate().getNotBefore().toInstant();
        Instant until = enrolment.certificate().getNotAfter().toInstant();
        return from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3));
    }

    /// Takes over newer pins that the organisation's root signed.
    Outcome pins() {
        try {
            Enrolment enrolment = identity.enrolled();
            try (EnrolmentConnection server =
                    EnrolmentConnection.to(enrolment.server(), enrolment.organisation(), clock, random)) {
                return identity.renewPins(server.organisation()) ? Outcome.RENEWED : Outcome.NOTHING_NEW;
            }
        } catch (SyncException | IdentityException e) {
            LOG.debug("pins are looked for later: {}", e.getClass().getSimpleName());
            return Outcome.POSTPONED;
        }
    }
}
