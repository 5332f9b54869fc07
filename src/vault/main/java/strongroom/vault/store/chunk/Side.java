package strongroom.vault.store.chunk;

/// Which process wrote a pack. Each writes to packs of its own, so neither waits for the other.
public enum Side {
    /// The one that has keys: what it writes it has read.
    WINDOW(1, "w-"),
    /// The one that has the network: what it writes came from elsewhere.
    AGENT(2, "a-");

    private final int code;
    private final String prefix;

    Side(int code, String prefix) {
        this.code = code;
        this.prefix = prefix;
    }

    /// How the database calls it.
    public int code() {
        return code;
    }

    /// @throws IllegalArgumentException if there is no such side
    public static Side of(int code) {
        return switch (code) {
            case 1 -> WINDOW;
            case 2 -> AGENT;
            default -> throw new IllegalArgumentException("no side has that number");
        };
    }

    String prefix() {
        return prefix;
    }
}
