package strongroom.desktop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.desktop.app.MainWindow;
import strongroom.desktop.app.Theme;
import strongroom.desktop.clipboard.CopiedText;
import strongroom.desktop.library.LibraryView;
import strongroom.desktop.library.LibraryViewModel;
import strongroom.desktop.library.Place;
import strongroom.desktop.picker.PathPicker;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.Entry;
import strongroom.vault.client.Library;
import strongroom.vault.client.RehearsedVault;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.VaultClient;

/// A whole unlock that nobody sees, of a vault that holds nothing: the list, a document and the search are there
/// within a moment when the real PIN comes.
final class DressRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(DressRehearsal.class);

    private static final long PATIENCE = 60;

    private final ObservableValue<ColorScheme> desktop;
    private final Executor window;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Work work;

    private DressRehearsal(ObservableValue<ColorScheme> desktop, Executor window) {
        this.desktop = desktop;
        this.window = window;
        this.work = new Work(background, window, (_, _) -> {});
    }

    /// Plays it; takes seconds, of the thread of the window a part of one. Ends early where the thread is interrupted.
    ///
    /// @param desktop whether the desktop prefers light or dark @param window the thread of the window
    /// @return whether it came to its end
    static boolean play(ObservableValue<ColorScheme> desktop, Executor window) {
        try (RehearsedVault vault = RehearsedVault.make()) {
            new DressRehearsal(desktop, window).unlock(vault);
            return true;
        } catch (ClientException | ExecutionException | TimeoutException | RuntimeException e) {
            LOG.info("the rehearsal of an unlock did not come to its end", e);
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void unlock(RehearsedVault vault)
            throws ClientException, ExecutionException, InterruptedException, TimeoutException {
        try {
            Library library = vault.open();
            library.search().follow();
            LibraryViewModel model = inWindow(() -> model(vault.client(), library));
            await(model.listing().readyProperty());
            LibraryView view = inWindow(() -> view(model));
            for (Entry entry : library.list(library.root().id())) {
                if (!entry.isFolder()) {
                    open(entry, model, view);
                    break;
                }
            }
            var unused = library.search().find("nothing", 1);
            inWindow(() -> end(model, view));
        } finally {
            work.close();
            background.shutdownNow();
        }
    }

    private LibraryViewModel model(VaultClient client, Library library) {
        return new LibraryViewModel(
                library,
                client,
                work,
                Clock.system(ZoneId.systemDefault()),
                new Place(),
                new SimpleObjectProperty<ClientState>(client.state()),
                new SimpleObjectProperty<SyncState>(new SyncState.Unknown()));
    }

    private LibraryView view(LibraryViewModel model) {
        Theme theme = new Theme(desktop);
        PathPicker picker = new PathPicker(work, model.clock(), Path.of(""));
        CopiedText nothing = new CopiedText((_, _) -> {}, () -> {});
        LibraryView view = new LibraryView(model, theme.button(), picker, nothing);
        Scene scene = new Scene(view.node(), MainWindow.WIDTH, MainWindow.HEIGHT);
        theme.style(scene);
        view.attach();
        draw(view);
        return view;
    }

    private void open(Entry entry, LibraryViewModel model, LibraryView view)
            throws ExecutionException, InterruptedException, TimeoutException {
        inWindow(() -> {
            model.open(entry);
            return entry;
        });
        inWindow(() -> draw(view));
    }

    private static LibraryView draw(LibraryView view) {
        var unused = view.node().getScene().snapshot(null);
        return view;
    }

    private static LibraryViewModel end(LibraryViewModel model, LibraryView view) {
        view.detach();
        model.close();
        return model;
    }

    private void await(ObservableBooleanValue wanted)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Boolean> came = new CompletableFuture<>();
        inWindow(() -> {
            var unused = wanted.subscribe(now -> {
                if (now) {
                    came.complete(now);
                }
            });
            return wanted;
        });
        came.get(PATIENCE, TimeUnit.SECONDS);
    }

    private <T> T inWindow(Supplier<T> step) throws ExecutionException, InterruptedException, TimeoutException {
        return CompletableFuture.supplyAsync(step, window).get(PATIENCE, TimeUnit.SECONDS);
    }
}
