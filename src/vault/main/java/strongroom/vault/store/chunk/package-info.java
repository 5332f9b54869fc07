/// Content on disk: cut into chunks, each encrypted once under a key of its own and named by a MAC of what it holds.
/// Depends on `crypto`, `home` and `protocol`. Start with {@link strongroom.vault.store.chunk.ChunkCipher}.
package strongroom.vault.store.chunk;
