/// The main screen: folders, the list of documents, and what can be done with them. Depends on `document`,
/// `devices`, `clipboard`, `drop`, `picker`, `widget`, `text`, `work` and the client. Start with
/// {@link strongroom.desktop.library.LibraryViewModel}.
package strongroom.desktop.library;
