package strongroom.vault.store;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Earlier;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;

/// What the documents of a vault were before. Calls behave as those of {@link Documents}.
public final class Versions {
    private final OpenVault vault;

    Versions(OpenVault vault) {
        this.vault = vault;
    }

    /// The earlier contents of a document, the newest first.
    public List<Version> list(Id document) throws StoreException {
        return vault.look(tree -> {
            Set<Digest> absent = vault.holdings().absentNow();
            return Documents.node(tree, document).earlier().stream()
                    .map(earlier -> version(earlier, absent))
                    .toList();
        });
    }

    private Version version(Earlier earlier, Set<Digest> absent) {
        Content content = earlier.content();
        return new Version(
                content.revision(),
                content.version(),
                content.size(),
                content.modified(),
                earlier.replaced(),
                vault.holdings().isLocal(content, absent));
    }

    /// An earlier content. @return closed by the caller
    /// @throws StoreException `NOT_LOCAL` if some of it is not on this device: the agent is asked to fetch it
    public InputStream open(Id document, Id revision) throws StoreException {
        return vault.holdings().open(vault.look(tree -> earlier(Documents.node(tree, document), revision)));
    }

    /// An earlier content, as {@link Documents#channel}.
    public SeekableByteChannel channel(Id document, Id revision) throws StoreException {
        return vault.holdings().channel(vault.look(tree -> earlier(Documents.node(tree, document), revision)));
    }

    /// Makes an earlier content the present one; what is there now becomes an earlier one.
    public void restore(Id document, Id revision) throws StoreException {
        vault.change(tree -> {
            Node node = Documents.node(tree, document);
            Content earlier = earlier(node, revision);
            @Nullable Content now = node.content();
            if (now == null) {
                throw Failure.notFound();
            }
            Content again = earlier.again(vault.newId(), now.version() + 1);
            return List.of(new Operation.PutDocument(
                    document, node.parent(), node.name(), node.added(), now.revision(), again));
        });
    }

    /// Destroys an earlier content for good.
    public void purge(Id document, Id revision) throws StoreException {
        vault.destroy(tree -> {
            earlier(Documents.node(tree, document), revision);
            return List.of(new Operation.PurgeVersion(document, revision));
        });
    }

    private static Content earlier(Node node, Id revision) throws StoreException {
        return node.earlier().stream()
                .map(Earlier::content)
                .filter(content -> content.revision().equals(revision))
                .findFirst()
                .orElseThrow(Failure::notFound);
    }
}
