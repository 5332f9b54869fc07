package strongroom.vault.agent;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.AgentException.Why;

/// The asking side of one connection to the agent: questions wait for their answers by number, events come in
/// between. One thread reads; any thread asks.
final class Conversation {
    private final Frames frames;
    private final Consumer<AgentEvent> events;
    private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private volatile boolean over;

    Conversation(Frames frames, Consumer<AgentEvent> events) {
        this.frames = frames;
        this.events = events;
    }

    static AgentException missing(@Nullable Throwable cause) {
        String sentence = "The background agent does not answer. Start again; its log is in the client's folder.";
        return cause == null
                ? new AgentException(Why.AGENT_MISSING, sentence)
                : new AgentException(Why.AGENT_MISSING, sentence, cause);
    }

    /// Asks and waits. An interrupted thread keeps its flag.
    byte[] ask(long number, Operation operation, byte[] body) throws AgentException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            frames.write(message(number, operation, body));
            if (over) {
                throw missing(null);
            }
            return answer.get();
        } catch (IOException e) {
            throw missing(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AgentException refusal) {
                throw new AgentException(refusal.why(), String.valueOf(refusal.getMessage()), refusal);
            }
            throw missing(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(e);
        } finally {
            waiting.remove(number);
        }
    }

    /// Says something that is not answered.
    void say(long number, Operation operation) {
        try {
            frames.write(message(number, operation, new byte[0]));
        } catch (IOException e) {
            close();
        }
    }

    private static byte[] message(long number, Operation operation, byte[] body) {
        return new CanonicalWriter()
                .int64(number)
                .uint8(operation.code())
                .fixed(body)
                .toByteArray();
    }

    /// Takes answers and events until the connection ends.
    void read() {
        try {
            while (true) {
                take(frames.read());
            }
        } catch (IOException | MalformedException e) {
            over = true;
            AgentException gone = missing(e);
            waiting.values().forEach(answer -> answer.completeExceptionally(gone));
        } finally {
            close();
        }
    }

    private void take(byte[] message) throws MalformedException {
        CanonicalReader in = new CanonicalReader(message);
        int kind = in.uint8();
        if (kind == Messages.EVENT) {
            events.accept(Messages.event(in));
            return;
        }
        CompletableFuture<byte[]> answer = waiting.get(in.int64());
        if (answer == null) {
            return;
        }
        if (kind == Messages.REFUSAL) {
            answer.completeExceptionally(Messages.refusal(in));
        } else {
            answer.complete(in.fixed(message.length - 9));
        }
    }

    void close() {
        try {
            frames.close();
        } catch (IOException e) {
            // It is given up anyway.
            over = true;
        }
    }
}
