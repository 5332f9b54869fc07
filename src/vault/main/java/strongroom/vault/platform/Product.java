package strongroom.vault.platform;

/// This program itself.
public final class Product {
    /// Its version, as in the POM.
    public static final String VERSION = "0.1.0";

    private Product() {}
}
