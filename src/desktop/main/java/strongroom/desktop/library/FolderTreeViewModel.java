package strongroom.desktop.library;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import strongroom.desktop.work.Work;
import strongroom.protocol.Id;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;

/// The folders as a tree; a folder's own folders are read when somebody looks into it. On the thread of the window.
public final class FolderTreeViewModel {
    private final Library library;
    private final Work work;
    private final ObservableList<Node> top = FXCollections.observableArrayList();

    FolderTreeViewModel(Library library, Work work) {
        this.library = library;
        this.work = work;
    }

    /// The folders in the topmost one.
    public ObservableList<Node> top() {
        return top;
    }

    /// Reads again whatever was read before.
    void refresh() {
        work.start(() -> folders(library.root().id()), found -> merge(top, found), _ -> {});
        top.forEach(this::refreshBelow);
    }

    /// Reads the folders in a folder, once it is looked into.
    public void look(Node node) {
        node.looked = true;
        work.start(() -> folders(node.id), found -> merge(node.children, found), _ -> {});
    }

    private void refreshBelow(Node node) {
        if (node.looked) {
            look(node);
            node.children.forEach(this::refreshBelow);
        }
    }

    private List<Entry> folders(Id folder) throws ClientException {
        return library.list(folder).stream().filter(Entry::isFolder).toList();
    }

    /// Keeps the nodes of folders that are still there, so that what was opened stays open.
    private void merge(ObservableList<Node> nodes, List<Entry> found) {
        List<Node> next = found.stream()
                .map(entry -> nodes.stream()
                        .filter(node -> node.id.equals(entry.id()) && node.name.equals(entry.name()))
                        .findFirst()
                        .orElseGet(() -> new Node(entry.id(), entry.name())))
                .toList();
        if (!nodes.equals(next)) {
            nodes.setAll(next);
        }
    }

    /// A folder.
    public static final class Node {
        private final Id id;
        private final String name;
        private final ObservableList<Node> children = FXCollections.observableArrayList();
        private boolean looked;

        Node(Id id, String name) {
            this.id = id;
            this.name = name;
        }

        /// Its id.
        public Id id() {
            return id;
        }

        /// Its name.
        public String name() {
            return name;
        }

        /// The folders in it, as far as they were read.
        public ObservableList<Node> children() {
            return children;
        }
    }
}
