package strongroom.vault.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import strongroom.protocol.Digest;
import strongroom.vault.home.Home;

/// The socket of one home: in a folder that only its user can enter, and only the same user is spoken to. Its path
/// is short whatever the home's is, because systems allow some hundred bytes.
final class LocalSocket {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final UnixDomainSocketAddress address;

    private LocalSocket(Path folder) {
        this.folder = folder;
        this.address = UnixDomainSocketAddress.of(folder.resolve("agent"));
    }

    static LocalSocket of(Home home) {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        Path base = runtime == null || runtime.isEmpty() || !Files.isDirectory(Path.of(runtime))
                ? Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                : Path.of(runtime);
        Digest name = Digest.sha256(
                (System.getProperty("user.name", "") + "\0" + home.folder()).getBytes(StandardCharsets.UTF_8));
        return new LocalSocket(base.resolve("strongroom-" + name.toString().substring(0, 20)));
    }

    Path path() {
        return address.getPath();
    }

    /// Listens. The caller holds the agent's lock, so a socket that is there is left over.
    ServerSocketChannel listen() throws IOException {
        try {
            if (POSIX) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            // Made by an earlier run, or by somebody else who wants to listen in: checked next.
        }
        checkFolder();
        Files.deleteIfExists(path());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        return server;
    }

    /// Connects. @throws IOException if nobody listens, or somebody else does
    SocketChannel connect() throws IOException {
        checkFolder();
        SocketChannel channel = SocketChannel.open(address);
        try {
            checkPeer(channel);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Takes the next connection of the same user; others are closed unheard.
    SocketChannel accept(ServerSocketChannel server) throws IOException {
        while (true) {
            SocketChannel channel = server.accept();
            try {
                checkPeer(channel);
                return channel;
            } catch (IOException e) {
                channel.close();
            }
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(path());
        Files.deleteIfExists(folder);
    }

    private void checkFolder() throws IOException {
        if (!POSIX) {
            return;
        }
        boolean own = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user())
                && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                        .equals(OWNER_ONLY);
        if (!own) {
            throw new IOException("the folder of the agent's socket is not this user's own");
        }
    }

    private static void checkPeer(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return;
        }
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        if (!peer.user().equals(user())) {
            throw new IOException("another user is at the other end of the agent's socket");
        }
    }

    private static UserPrincipal user() throws IOException {
        return FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name", ""));
    }
}
