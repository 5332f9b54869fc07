/// Full-text search over the documents of a store: a Lucene index in a sealed directory, brought in step with the
/// catalogue in the background. The index is derived: damaged or stale, it is made anew and never trusted. Depends on
/// `crypto`, `store.text` and the errors of `store`. Start with {@link strongroom.vault.store.search.SearchIndex}.
package strongroom.vault.store.search;
