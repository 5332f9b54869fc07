package strongroom.desktop.library;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Where the user was, to return there after the next unlock. It outlives the lock, so it holds ids and positions
/// and never a name. On the thread of the window.
public final class Place {
    private static final int SELECTED = 100_000;

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

    /// Writes it for the process that comes after this one.
    public void write(CanonicalWriter out) {
        write(out, folder);
        out.list(selected.size() > SELECTED ? List.<Id>of() : selected, (to, id) -> id.write(to));
        write(out, top);
        out.text(order.name().toLowerCase(Locale.ROOT)).bool(ascending).bool(inTrash);
        write(out, document);
        out.int64(position);
    }

    /// Reads what {@link #write} wrote.
    public static Place read(CanonicalReader in) throws MalformedException {
        Place place = new Place();
        place.folder = id(in);
        place.selected = in.list(SELECTED, Id::read);
        place.top = id(in);
        place.order = order(in.text(64));
        place.ascending = in.bool();
        place.inTrash = in.bool();
        place.document = id(in);
        place.position = (int) in.int64();
        return place;
    }

    private static void write(CanonicalWriter out, @Nullable Id id) {
        out.bool(id != null);
        if (id != null) {
            id.write(out);
        }
    }

    private static @Nullable Id id(CanonicalReader in) throws MalformedException {
        return in.bool() ? Id.read(in) : null;
    }

    private static Order order(String name) throws MalformedException {
        try {
            return Order.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("an unknown order");
        }
    }
}
