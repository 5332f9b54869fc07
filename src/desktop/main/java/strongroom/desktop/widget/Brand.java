package strongroom.desktop.widget;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;

/// The mark of the program. On the thread of the window.
public final class Brand {
    private Brand() {}

    /// The mark as a node. @param size of its sides
    public static ImageView mark(double size) {
        var view = new ImageView(load(256));
        view.setFitWidth(size);
        view.setFitHeight(size);
        view.setSmooth(true);
        return view;
    }

    /// The icons of a window, small to large.
    public static List<Image> icons() {
        return IntStream.of(16, 32, 48, 64, 128, 256).mapToObj(Brand::load).toList();
    }

    /// The fonts' places in the program. JavaFX knows only regular and bold of a family: the weights between are the
    /// families `Inter Medium` and `Inter Semi Bold`. Text files are shown in `Liberation Mono`.
    public static Stream<String> fonts() {
        return Stream.of(
                        "Inter-Regular.otf",
                        "Inter-Medium.otf",
                        "Inter-SemiBold.otf",
                        "Inter-Bold.otf",
                        "pdf/LiberationMono-Regular.ttf")
                .map(file -> "/strongroom/desktop/fonts/" + file);
    }

    private static Image load(int size) {
        String path = "/strongroom/desktop/brand/strongroom-" + size + ".png";
        return new Image(String.valueOf(Brand.class.getResource(path)));
    }
}
