/// Looking for documents by their names and their words. Depends on `document` (for icons), `widget`, `text`, `work`
// and
/// the client. Start with {@link strongroom.desktop.search.SearchViewModel}.
package strongroom.desktop.search;
