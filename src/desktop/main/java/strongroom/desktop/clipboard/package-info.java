/// The clipboard of the desktop, where text of a document goes when the user copies it. Depends on the client's states.
/// Start with {@link strongroom.desktop.clipboard.CopiedText}.
package strongroom.desktop.clipboard;
