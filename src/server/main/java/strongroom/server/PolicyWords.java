package strongroom.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.policy.SharePolicy;

/// Policies in sentences and in JSON.
final class PolicyWords {
    private PolicyWords() {}

    static String sentence(Policy policy) {
        return switch (policy) {
            case SharePolicy share -> sentence(share);
            case PinPolicy pin -> sentence(pin);
        };
    }

    private static String sentence(SharePolicy policy) {
        return switch (policy.mode()) {
            case OFF -> "laptops open without the server.";
            case ALWAYS -> "laptops ask the server at each unlock.";
            case LEASE ->
                "a laptop that has opened with the server opens without it for %d hours and %d switch-ons."
                        .formatted(policy.leaseHours(), policy.restarts());
        };
    }

    private static String sentence(PinPolicy policy) {
        return "a PIN has at least %d characters and %s; %s; %s."
                .formatted(
                        policy.shortest(),
                        policy.longestAge() == 0
                                ? "is good for ever"
                                : "must be changed after %d days".formatted(policy.longestAge()),
                        policy.destroyAfter() == 0
                                ? "wrong PINs destroy nothing"
                                : "a laptop destroys its keys at wrong PIN number %d in a row"
                                        .formatted(policy.destroyAfter()),
                        policy.askAgain()
                                ? "export and destruction of documents ask for the PIN again"
                                : "nothing asks for the PIN again");
    }

    static void write(JsonGenerator to, Policy policy) throws IOException {
        to.writeNumberField("number", policy.number());
        switch (policy) {
            case SharePolicy share -> {
                to.writeStringField("mode", share.mode().name());
                to.writeNumberField("leaseHours", share.leaseHours());
                to.writeNumberField("restarts", share.restarts());
            }
            case PinPolicy pin -> {
                to.writeNumberField("shortest", pin.shortest());
                to.writeNumberField("longestAge", pin.longestAge());
                to.writeNumberField("destroyAfter", pin.destroyAfter());
                to.writeBooleanField("askAgain", pin.askAgain());
            }
        }
        to.writeStringField("issued", policy.issued().toString());
    }
}
