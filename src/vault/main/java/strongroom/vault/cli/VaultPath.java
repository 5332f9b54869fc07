package strongroom.vault.cli;

/// A path in the vault, cut at its last slash.
///
/// @param parent the folder, empty for the root @param name the last name
record VaultPath(String parent, String name) {
    static VaultPath of(String path) {
        String plain = path.replaceAll("^/+|/+$", "");
        int slash = plain.lastIndexOf('/');
        return slash < 0
                ? new VaultPath("", plain)
                : new VaultPath(plain.substring(0, slash), plain.substring(slash + 1));
    }
}
