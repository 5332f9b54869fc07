package strongroom.vault.wipe;

import strongroom.protocol.Id;
import strongroom.protocol.Order;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.Enrolment;
import strongroom.vault.identity.IdentityException;

/// What justifies a wipe, with the signatures that prove it: verified again each time, so that nobody who can write
/// into a home has one carried out by a file of theirs. A switch over it has no default.
sealed interface Warrant {
    /// An order of an administrator.
    record Ordered(SignedOrder order) implements Warrant {
        @Override
        public Meaning verify(DeviceIdentity identity) throws MalformedException, IdentityException {
            Enrolment device = identity.enrolled();
            SignedOrder.Verified verified = order.verify(device.organisation());
            Order said = verified.order();
            if (!said.device().equals(device.device()) || said.action() != Order.Action.WIPE) {
                throw new MalformedException("no order to wipe this device");
            }
            return new Meaning(said.id(), verified.orderedBy(), said.reason(), 0);
        }
    }

    /// The organisation's rule for wrong PINs, and this device's word that there were so many.
    ///
    /// @param policy by an administrator
    /// @param statement a {@link SelfDestruction}, by the statement key of this device
    record ByRule(SignedPolicy policy, Signed statement) implements Warrant {
        @Override
        public Meaning verify(DeviceIdentity identity) throws MalformedException, IdentityException {
            Enrolment device = identity.enrolled();
            PinPolicy rule = policy.verify(PolicyKind.PIN, device.organisation());
            VerifyingKey key = identity.statementVerifyingKey();
            SelfDestruction said = SelfDestruction.open(statement, key);
            if (!said.device().equals(device.device())
                    || said.policy() != rule.number()
                    || rule.destroyAfter() == 0
                    || said.wrongPins() < rule.destroyAfter()) {
                throw new MalformedException("no rule destroys the keys of this device");
            }
            return new Meaning(said.id(), policy.signedBy(PolicyKind.PIN, device.organisation()), "", said.wrongPins());
        }
    }

    /// What it says.
    ///
    /// @param id which stands in the receipts @param orderedBy name of the administrator who signed
    /// @param reason in their words @param wrongPins how many there were; 0 for an order
    record Meaning(Id id, String orderedBy, String reason, int wrongPins) {}

    /// @throws MalformedException if nothing follows from it for this device
    Meaning verify(DeviceIdentity identity) throws MalformedException, IdentityException;

    /// Longest encoding of each part.
    int LIMIT = 1 << 16;

    /// Writes it into a journal.
    default void write(CanonicalWriter out) {
        switch (this) {
            case Ordered(SignedOrder order) -> out.bytes(order.toByteArray());
            // No order is empty: a journal of before there were rules is read as it was.
            case ByRule(SignedPolicy policy, Signed statement) ->
                out.bytes(new byte[0]).bytes(policy.toByteArray()).bytes(statement.toByteArray());
        }
    }

    /// Reads it from a journal; verifies nothing.
    static Warrant read(CanonicalReader in) throws MalformedException {
        byte[] order = in.bytes(LIMIT);
        return order.length > 0
                ? new Ordered(SignedOrder.of(order))
                : new ByRule(SignedPolicy.of(in.bytes(LIMIT)), Signed.of(in.bytes(LIMIT)));
    }
}
