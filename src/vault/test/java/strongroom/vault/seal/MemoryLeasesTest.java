package strongroom.vault.seal;

class MemoryLeasesTest extends LeaseSealerContract {
    private final MemorySealer machine = new MemorySealer(random, 5);

    @Override
    protected KeySealer machine() {
        return machine;
    }

    @Override
    protected void advance(long milliseconds) {
        machine.power().advance(milliseconds);
    }

    @Override
    protected void restart() {
        machine.power().restart();
    }

    @Override
    protected void resume() {
        machine.power().resume();
    }
}
