package strongroom.desktop.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelsTest {
    /// The picture `1 2 3 / 4 5 6`, as each value of the EXIF orientation asks for it.
    @ParameterizedTest
    @CsvSource({
        "1, 3, 123456",
        "2, 3, 321654",
        "3, 3, 654321",
        "4, 3, 456123",
        "5, 2, 142536",
        "6, 2, 415263",
        "7, 2, 635241",
        "8, 2, 362514",
        "9, 3, 123456"
    })
    void aPhotoIsTurnedAsTheCameraWasHeld(int orientation, int width, String expected) {
        var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 6; i++) {
            image.setRGB(i % 3, i / 3, 0xFF000000 | (i + 1));
        }

        Pixels turned = Pixels.of(image).turned(orientation);

        assertEquals(width, turned.width());
        int[] digits = Arrays.stream(turned.argb()).map(argb -> argb & 0xFF).toArray();
        assertArrayEquals(expected.chars().map(c -> c - '0').toArray(), digits);
    }
}
