/// What is in a vault, as a function of its log: the changes, and the tree that they make when they are applied in
/// order. Pure: no keys, no disk, no clock, so that every device that has seen the same commits has the same tree.
/// Depends on `protocol`. Start with {@link strongroom.vault.store.catalog.Tree}.
package strongroom.vault.store.catalog;
