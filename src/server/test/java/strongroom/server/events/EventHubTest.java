package strongroom.server.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;

class EventHubTest {
    private static final Id ONE = Id.of(new byte[Id.SIZE]);
    private static final Id TWO = Id.of(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    private final EventHub hub = new EventHub();

    /// Writes down what it is told.
    private static final class Recorder implements EventStream {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void send(String name, String data) {
            heard.add(name + " " + data);
        }

        @Override
        public void heartbeat() {
            heard.add("beat");
        }

        @Override
        public void end() {
            heard.add("end");
        }
    }

    @Test
    void aStreamHearsAtOnceThatItLivesAndThenItsOwnEvents() {
        Recorder one = new Recorder();
        Recorder two = new Recorder();
        hub.open(ONE, one);
        hub.open(TWO, two);

        hub.publish(List.of(ONE), "head", "x");
        hub.heartbeat();
        hub.end(ONE);

        assertEquals(List.of("beat", "head x", "beat", "end"), one.heard);
        assertEquals(List.of("beat", "beat"), two.heard);
    }

    @Test
    void allStreamsOfADeviceHearAndAForgottenOneDoesNot() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        hub.open(ONE, first);
        hub.open(ONE, second);

        hub.forget(ONE, first);
        hub.publish(Set.of(ONE, TWO), "order", "y");
        hub.forget(ONE, second);

        assertEquals(List.of("beat"), first.heard);
        assertEquals(List.of("beat", "order y"), second.heard);
        assertEquals(Set.of(), hub.listening());
    }

    @Test
    void streamsThatComeWhileOthersGoAreNotLost() throws Exception {
        List<Recorder> staying = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 2000; i++) {
                Recorder going = new Recorder();
                Recorder stays = new Recorder();
                staying.add(stays);
                hub.open(ONE, going);
                threads.execute(() -> hub.forget(ONE, going));
                threads.execute(() -> hub.open(ONE, stays));
            }
        }

        hub.publish(List.of(ONE), "head", "x");

        assertEquals(
                List.of(),
                staying.stream()
                        .filter(one -> !one.heard.equals(List.of("beat", "head x")))
                        .toList());
    }
}
