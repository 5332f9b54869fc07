package strongroom.vault.store.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/// What one extraction has left. Parsers ask at every step; the answer may be that they have to give up. For one
/// thread.
final class Budget {
    private static final int MEMORY_EVERY = 256;
    /// The heap full to this part after a collection: what comes next would take memory from the others.
    private static final double FULL = 0.75;

    private final TextLimits limits;
    private final BooleanSupplier stopped;
    private final long began = System.nanoTime();
    private long unpacked;
    private int parts;
    private int asked;

    /// @param stopped whether the result is not wanted any more
    Budget(TextLimits limits, BooleanSupplier stopped) {
        this.limits = limits;
        this.stopped = stopped;
    }

    TextLimits limits() {
        return limits;
    }

    /// @throws GivenUpException if time or memory is used up, or the result is not wanted
    void check() throws GivenUpException {
        if (stopped.getAsBoolean() || System.nanoTime() - began > limits.time().toNanos()) {
            throw new GivenUpException(Extraction.Why.TOO_SLOW);
        }
        if (++asked % MEMORY_EVERY == 0 && isFull()) {
            // Most of it may be garbage: only what a collection leaves counts. The platform's own figures of that are
            // in
            // a module for monitoring, which the installed runtime does not have.
            System.gc();
            if (isFull()) {
                throw new GivenUpException(Extraction.Why.TOO_LARGE);
            }
        }
    }

    private static boolean isFull() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() > FULL * runtime.maxMemory();
    }

    /// One more part of something packed.
    void part() throws GivenUpException {
        check();
        if (++parts > limits.parts()) {
            throw new GivenUpException(Extraction.Why.TOO_LARGE);
        }
    }

    private void unpack(long bytes) throws GivenUpException {
        check();
        unpacked += bytes;
        if (unpacked > limits.unpackedBytes()) {
            throw new GivenUpException(Extraction.Why.TOO_LARGE);
        }
    }

    /// Counts what is read as unpacked. Closing it does not close the stream below.
    InputStream counting(InputStream unpacked) {
        return new FilterInputStream(unpacked) {
            @Override
            public int read() throws IOException {
                unpack(1);
                return super.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                unpack(Math.max(count, 0));
                return count;
            }

            @Override
            public void close() {}
        };
    }
}
