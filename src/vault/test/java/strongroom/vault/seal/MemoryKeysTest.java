package strongroom.vault.seal;

class MemoryKeysTest extends MachineKeysContract {
    private final MemoryKeys machine = new MemoryKeys(random);

    @Override
    protected MachineKeys keys() {
        return machine;
    }
}
