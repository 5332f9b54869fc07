package strongroom.vault.seal;

/// The fake keeps what the TPM keeps.
class MemoryCountersTest extends MachineCountersContract {
    private final MemoryCounters machine = new MemoryCounters(random);

    @Override
    protected MachineCounters counters() {
        return machine;
    }
}
