/// The operating system and its C libraries, by the Foreign Function & Memory API: everything native above
/// this goes through {@link strongroom.vault.platform.NativeLibrary}. Depends on
/// nothing but the protocol's words for what is found.
package strongroom.vault.platform;
