/// Tells an older copy of the store from the store, by a counter in the machine that nobody sets back. Joins `seal`
/// and `store`; depends on those, `slot` and `identity`. Start with {@link strongroom.vault.rollback.RollbackCheck}.
package strongroom.vault.rollback;
