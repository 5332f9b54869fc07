/// Content on disk: cut into chunks where its bytes say so, each encrypted once under a key of its own, named by a MAC
/// of what it holds, and kept with others in packs. Depends on `crypto`, `home` and `protocol`. Start with
/// {@link strongroom.vault.store.chunk.ChunkCipher} for what a chunk is and
/// {@link strongroom.vault.store.chunk.PackFolder} for where it lies.
package strongroom.vault.store.chunk;
