package strongroom.bench.contender;

/// Tells how long something took.
public final class Stopwatch {
    /// What is timed. @param <X> what it may throw, @param <Y> or that
    @FunctionalInterface
    public interface Work<X extends Exception, Y extends Exception> {
        /// Does it.
        void run() throws X, Y;
    }

    private Stopwatch() {}

    /// @return seconds
    public static <X extends Exception, Y extends Exception> double time(Work<X, Y> work) throws X, Y {
        long start = System.nanoTime();
        work.run();
        return secondsSince(start);
    }

    /// @param start of {@link System#nanoTime}
    static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
