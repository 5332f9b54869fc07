/// A Lucene directory whose files are sealed: what lies on the disk is ciphertext under meaningless names, and what is
/// read was authenticated. Depends on `crypto`, `home` and `store.chunk`'s private folders, and knows nothing of
/// documents. Start with {@link strongroom.vault.store.search.directory.SealedDirectory}.
package strongroom.vault.store.search.directory;
