/// Files that nobody else on the machine may read. Depends on the JDK alone. Start with
/// {@link strongroom.server.files.PrivateFiles}.
package strongroom.server.files;
