package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One conversation with a TPM. Remembers every object and session it made there and flushes them when closed: a
/// TPM has room for three. One thread at a time.
final class Tpm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tpm.class);
    private static final int PATIENCE = 20;

    private final TpmTransport transport;
    private final Deque<Integer> mine = new ArrayDeque<>();

    Tpm(TpmTransport transport) {
        this.transport = transport;
    }

    /// What came back. @param handle of what was made, or 0
    record Response(int handle, TpmReader parameters) {}

    Response run(TpmCommand command) throws IOException, TpmRefusal {
        try {
            return run(command, null);
        } catch (InterposedException e) {
            throw new IllegalStateException("there was nothing to check", e);
        }
    }

    Response run(TpmCommand command, @Nullable Authorisation authorisation)
            throws IOException, TpmRefusal, InterposedException {
        byte[] parameters = command.takeParameters();
        byte[] area = authorisation == null ? new byte[0] : authorisation.protect(command, parameters);
        TpmReader response = new TpmReader(send(command.code(), command.encode(area, parameters)));
        int handle = command.returnsHandle() ? remember(response.uint32()) : 0;
        if (authorisation == null) {
            return new Response(handle, new TpmReader(response.rest()));
        }
        byte[] answered = response.fixed(response.uint32());
        authorisation.open(command, answered, response);
        return new Response(handle, new TpmReader(answered));
    }

    /// Flushes at once what would otherwise stay until the end.
    void flush(int handle) throws IOException, TpmRefusal {
        mine.remove(handle);
        TpmCommand command = new TpmCommand(TpmCommand.FLUSH_CONTEXT);
        // The handle of FlushContext is a parameter (Part 3 §28.4).
        command.parameters().uint32(handle);
        run(command);
    }

    private int remember(int handle) {
        mine.push(handle);
        return handle;
    }

    private byte[] send(int code, byte[] encoded) throws IOException, TpmRefusal {
        boolean swept = false;
        for (int attempt = 0; ; attempt++) {
            TpmReader response = new TpmReader(transport.exchange(encoded));
            int tag = response.uint16();
            response.uint32();
            int answer = response.uint32();
            if (answer == 0 && (tag == TpmCommand.SESSIONS || tag == TpmCommand.NO_SESSIONS)) {
                return response.rest();
            }
            TpmRefusal refusal = new TpmRefusal(code, answer);
            if (TpmRefusal.saysAgain(answer) && attempt < PATIENCE) {
                continue;
            }
            if (refusal.isOutOfRoom() && !swept && !transport.hasResourceManager()) {
                swept = true;
                sweep();
                continue;
            }
            throw refusal;
        }
    }

    /// A process that was killed leaves its objects in an emulator, which nobody cleans up. This connection is the
    /// only one now, so what is not ours is nobody's.
    private void sweep() throws IOException, TpmRefusal {
        for (int handle : handles()) {
            if (!mine.contains(handle)) {
                LOG.info("flushing a stale TPM handle {}", Integer.toHexString(handle));
                flush(handle);
            }
        }
    }

    private List<Integer> handles() throws IOException, TpmRefusal {
        List<Integer> found = new ArrayList<>();
        // Transient objects, and sessions of both kinds.
        for (int range : new int[] {0x80000000, 0x02000000}) {
            TpmCommand command = new TpmCommand(TpmCommand.GET_CAPABILITY);
            command.parameters().uint32(1).uint32(range).uint32(64);
            TpmReader list = run(command).parameters();
            list.uint8();
            list.uint32();
            int count = list.uint32();
            for (int i = 0; i < count; i++) {
                found.add(list.uint32());
            }
        }
        return found;
    }

    /// Flushes what is left. Never fails: what was asked for has been answered by now.
    @Override
    public void close() {
        try (transport) {
            while (!mine.isEmpty()) {
                flushQuietly(mine.peek());
            }
        } catch (IOException e) {
            LOG.debug("the TPM was gone before everything was flushed", e);
        }
    }

    private void flushQuietly(int handle) throws IOException {
        try {
            flush(handle);
        } catch (TpmRefusal e) {
            LOG.debug("TPM handle {} was gone already", Integer.toHexString(handle));
        }
    }
}
