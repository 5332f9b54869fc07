/// What a document was before. Depends on `widget`, `text`, `work` and the client.
/// Start with {@link strongroom.desktop.versions.VersionsViewModel}.
package strongroom.desktop.versions;
