package strongroom.journey;

import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/// Sits before a screen and knows nothing of the programs on it: presses keys, and says when another page
/// came and from when on it stood. A process of its own, for AWT takes the screen from its environment. One line of
/// words asks, one line of numbers answers.
final class Onlooker {
    /// A picture stands when nothing but a caret has moved for so long.
    private static final long STILL = TimeUnit.MILLISECONDS.toNanos(1500);

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    /// Nanoseconds between two looks, so that whom it looks at has the processors.
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(15);
    /// Of the points that are compared; a caret is fewer.
    private static final double CHANGE = 0.0005;

    private static final double SAME = 0.003;
    /// At least so much of the screen is another one when a page has changed; what turns while one waits is less.
    private static final double PAGE = 0.02;

    private record Sighting(long at, int[] points) {}

    private final Robot robot;
    private final Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());

    private Onlooker() throws AWTException {
        robot = new Robot();
    }

    public static void main(String[] none) throws AWTException, IOException {
        Onlooker onlooker = new Onlooker();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(onlooker.answer(line.split("\t")));
            }
        }
    }

    private String answer(String[] words) throws IOException {
        switch (words[0]) {
            case "type" -> words[1].chars().forEach(this::type);
            case "picture" -> ImageIO.write(robot.createScreenCapture(screen), "png", new File(words[1]));
            case "watch" -> {
                return watch(Long.parseLong(words[1]), look(), BETWEEN);
            }
            case "enter" -> {
                return press(BETWEEN, KeyEvent.VK_ENTER);
            }
            case "lock" -> {
                return press(0, KeyEvent.VK_CONTROL, KeyEvent.VK_L);
            }
            default -> throw new IOException("not understood: " + words[0]);
        }
        return "0";
    }

    private void type(int character) {
        int key = KeyEvent.getExtendedKeyCodeForChar(character);
        robot.keyPress(key);
        robot.keyRelease(key);
    }

    private String press(long between, int... keys) {
        int[] before = look();
        long pressed = System.nanoTime();
        for (int key : keys) {
            robot.keyPress(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(keys[i]);
        }
        return watch(pressed, before, between);
    }

    /// @param between nanoseconds between two looks until another page has come
    /// @return nanoseconds from the beginning to the first other page, and to the picture that stayed
    private String watch(long begun, int[] before, long between) {
        List<Sighting> changes = new ArrayList<>();
        int[] last = before;
        long now = System.nanoTime();
        long moved = now;
        while (now - begun < LONGEST && (difference(before, last) < PAGE || now - moved < STILL)) {
            LockSupport.parkNanos(difference(before, last) < PAGE ? between : BETWEEN);
            int[] points = look();
            now = System.nanoTime();
            if (difference(last, points) > CHANGE) {
                changes.add(new Sighting(now, points));
                last = points;
                moved = now;
            }
        }
        if (difference(before, last) < PAGE) {
            return "-1\t-1";
        }
        long first = changes.stream()
                .filter(change -> difference(before, change.points) >= PAGE)
                .findFirst()
                .orElseThrow()
                .at;
        return first - begun + "\t" + (stood(changes, last) - begun);
    }

    /// From when on everything looked as at the end.
    private static long stood(List<Sighting> changes, int[] end) {
        long stood = changes.getLast().at;
        for (int i = changes.size() - 1; i >= 0 && difference(changes.get(i).points, end) <= SAME; i--) {
            stood = changes.get(i).at;
        }
        return stood;
    }

    private static double difference(int[] one, int[] other) {
        int differ = 0;
        for (int i = 0; i < one.length; i++) {
            differ += one[i] == other[i] ? 0 : 1;
        }
        return (double) differ / one.length;
    }

    /// Every third point of every third line.
    private int[] look() {
        BufferedImage picture = robot.createScreenCapture(screen);
        int columns = picture.getWidth() / 3;
        int lines = picture.getHeight() / 3;
        int[] points = new int[columns * lines];
        for (int y = 0; y < lines; y++) {
            for (int x = 0; x < columns; x++) {
                points[y * columns + x] = picture.getRGB(3 * x, 3 * y);
            }
        }
        return points;
    }
}
