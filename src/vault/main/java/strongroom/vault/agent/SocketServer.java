package strongroom.vault.agent;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The agent's end of the local socket. Questions of one connection are answered as they are ready, not in turn. A
/// connection that does not read what it is sent is closed: it must not hold up an order. Safe for several threads.
final class SocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
    private static final int UNREAD = 1000;
    private static final int CONNECTIONS = 32;

    private final LocalSocket socket;
    private final Desk desk;
    private final ServerSocketChannel server;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();

    /// Answers questions.
    interface Desk {
        /// @param question its body; read to the end by the callee
        /// @return the body of the answer
        byte[] answer(Operation operation, CanonicalReader question)
                throws AgentException, MalformedException, InterruptedException;
    }

    SocketServer(LocalSocket socket, Desk desk) throws IOException {
        this.socket = socket;
        this.desk = desk;
        this.server = socket.listen();
    }

    void start() {
        Thread.ofVirtual().name("agent socket").start(() -> {
            try {
                while (true) {
                    Frames frames = new Frames(socket.accept(server));
                    if (peers.size() < CONNECTIONS) {
                        new Peer(frames).start();
                    } else {
                        frames.close();
                    }
                }
            } catch (IOException e) {
                LOG.debug("the local socket is closed");
            }
        });
    }

    boolean hasPeers() {
        return !peers.isEmpty();
    }

    void broadcast(AgentEvent event) {
        byte[] message = Messages.event(event);
        peers.forEach(peer -> peer.send(message));
    }

    /// Waits until everyone who is connected has said that the news of a wipe was heard, or is gone.
    void awaitHeard(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        for (Peer peer : peers) {
            long left = until - System.nanoTime();
            if (left <= 0 || !peer.heard.await(left, TimeUnit.NANOSECONDS)) {
                LOG.warn("a window did not answer the news of a wipe in time");
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        peers.forEach(Peer::close);
        socket.remove();
    }

    private final class Peer {
        private final Frames frames;
        private final BlockingQueue<byte[]> unread = new LinkedBlockingQueue<>(UNREAD);
        private final CountDownLatch heard = new CountDownLatch(1);
        private volatile boolean closed;

        Peer(Frames frames) {
            this.frames = frames;
        }

        void start() {
            peers.add(this);
            Thread writer = Thread.ofVirtual().name("agent writer").start(this::write);
            Thread.ofVirtual().name("agent reader").start(() -> {
                try {
                    read();
                } finally {
                    close();
                    writer.interrupt();
                }
            });
        }

        private void read() {
            try {
                while (!closed) {
                    CanonicalReader in = new CanonicalReader(frames.read());
                    long number = in.int64();
                    Operation operation = Operation.of(in.uint8());
                    if (operation == Operation.WIPE_HEARD) {
                        heard.countDown();
                    } else {
                        Thread.ofVirtual().name("agent question").start(() -> answer(number, operation, in));
                    }
                }
            } catch (IOException | MalformedException e) {
                LOG.debug("a connection of the local socket ended");
            }
        }

        private void answer(long number, Operation operation, CanonicalReader question) {
            byte[] message;
            try {
                byte[] body = desk.answer(operation, question);
                message = new CanonicalWriter()
                        .uint8(Messages.ANSWER)
                        .int64(number)
                        .fixed(body)
                        .toByteArray();
            } catch (AgentException e) {
                message = Messages.refusal(number, e);
            } catch (MalformedException | InterruptedException e) {
                close();
                return;
            } catch (RuntimeException e) {
                LOG.error("a question to the agent met a defect", e);
                message = Messages.refusal(
                        number, new AgentException(AgentException.Why.IO, "The background agent met a defect."));
            }
            send(message);
        }

        void send(byte[] message) {
            if (!unread.offer(message)) {
                close();
            }
        }

        private void write() {
            try {
                while (!closed) {
                    frames.write(unread.take());
                }
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        void close() {
            closed = true;
            peers.remove(this);
            heard.countDown();
            try {
                frames.close();
            } catch (IOException e) {
                LOG.debug("a connection of the local socket did not close");
            }
        }
    }
}
