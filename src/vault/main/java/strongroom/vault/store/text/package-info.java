/// The words of a document's content, for the search: text, web pages, mail, PDF and the files of office programs.
/// What it reads may be broken or hostile: time, memory and sizes are bounded, nothing is written to disk, and
/// nothing outside the bytes is looked at. Depends on nothing of the vault. Start with {@link
// strongroom.vault.store.text.TextExtractor}.
package strongroom.vault.store.text;
