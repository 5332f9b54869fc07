/// The client's installer: what is in it, and that it installs, runs and goes away again. Start reading at
/// [strongroom.packaging.InstallerIT].
package strongroom.packaging;
