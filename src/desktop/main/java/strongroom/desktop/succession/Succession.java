package strongroom.desktop.succession;

/// What comes after a lock. Safe for several threads.
public interface Succession extends AutoCloseable {
    /// The same process stays: for windows that show no vault of anybody's, such as those of tests.
    Succession NONE = new Succession() {
        @Override
        public boolean isPlanned() {
            return false;
        }

        @Override
        public void prepare(Runnable ready) {}

        @Override
        public void handOver(Handover handover) {}

        @Override
        public void close() {}
    };

    /// Whether another process goes on after a lock.
    boolean isPlanned();

    /// Begins to start the next process, unless one is there. Returns at once.
    ///
    /// @param ready called on some thread when it could take over
    void prepare(Runnable ready);

    /// Lets the next process show its window, and ends this one: in the product it does not return. The home was let
    /// go of before.
    void handOver(Handover handover);

    /// Ends the next process, if nothing was handed over.
    @Override
    void close();
}
