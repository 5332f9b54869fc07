/// Showing a document inside the window: text, pictures, PDF. Documents come from anywhere, so each is decoded from
/// memory, within limits of size and time, and a broken one ends in a sentence. Nothing is written to a disk.
/// Depends on `widget`, `text`, `work` and the client. Start with
/// {@link strongroom.desktop.document.DocumentViewModel}.
package strongroom.desktop.document;
