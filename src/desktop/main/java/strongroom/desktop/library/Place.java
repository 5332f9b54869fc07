package strongroom.desktop.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;

/// Where the user was, to return there after the next unlock. It outlives the lock, so it holds ids and positions
/// and never a name. On the thread of the window.
public final class Place {
    private @Nullable Id folder;
    private List<Id> selected = List.of();
    private @Nullable Id top;
    private Order order = Order.NAME;
    private boolean ascending = true;
    private boolean inTrash;
    private @Nullable Id document;
    private int position;

    @Nullable
    Id folder() {
        return folder;
    }

    void folder(Id now) {
        folder = now;
    }

    List<Id> selected() {
        return selected;
    }

    void selected(List<Id> now) {
        selected = List.copyOf(now);
    }

    /// The first row of the list that is in view.
    @Nullable
    Id top() {
        return top;
    }

    /// @param now null for the beginning of the list
    void top(@Nullable Id now) {
        top = now;
    }

    /// What the list is sorted by.
    Order order() {
        return order;
    }

    boolean ascending() {
        return ascending;
    }

    void sortedBy(Order by, boolean up) {
        order = by;
        ascending = up;
    }

    /// Whether the trash was shown rather than the folder.
    boolean inTrash() {
        return inTrash;
    }

    void inTrash(boolean now) {
        inTrash = now;
    }

    @Nullable
    Id document() {
        return document;
    }

    /// @param now null when none is open
    void document(@Nullable Id now) {
        document = now;
    }

    /// The line or page of the open document that is in view.
    int position() {
        return position;
    }

    void position(int now) {
        position = now;
    }
}
