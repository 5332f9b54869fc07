/// The folder of one client: which file is what, and who may have it open. Depends on nothing. Start with
/// {@link strongroom.vault.home.Home}.
package strongroom.vault.home;
