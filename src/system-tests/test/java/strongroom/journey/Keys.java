package strongroom.journey;

import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;

/// Types characters on the keyboard of a US layout, which is what a bare X server has.
final class Keys {
    private static final Map<Character, KeyCode> PLAIN = Map.of(
            ' ', KeyCode.SPACE,
            '-', KeyCode.MINUS,
            '=', KeyCode.EQUALS,
            '.', KeyCode.PERIOD,
            ',', KeyCode.COMMA,
            '/', KeyCode.SLASH,
            ';', KeyCode.SEMICOLON,
            '\'', KeyCode.QUOTE);
    private static final Map<Character, KeyCode> SHIFTED = Map.of(
            ':', KeyCode.SEMICOLON,
            '_', KeyCode.MINUS,
            '!', KeyCode.DIGIT1,
            '?', KeyCode.SLASH,
            '(', KeyCode.DIGIT9,
            ')', KeyCode.DIGIT0);

    private final Robot robot;

    Keys(Robot robot) {
        this.robot = robot;
    }

    void type(char c) {
        if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
            robot.keyType(KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(c))));
        } else if (c >= 'A' && c <= 'Z') {
            shifted(KeyCode.getKeyCode(String.valueOf(c)));
        } else if (PLAIN.containsKey(c)) {
            robot.keyType(PLAIN.get(c));
        } else if (SHIFTED.containsKey(c)) {
            shifted(SHIFTED.get(c));
        } else {
            throw new IllegalArgumentException("no key for character " + (int) c);
        }
    }

    private void shifted(KeyCode key) {
        robot.keyPress(KeyCode.SHIFT);
        robot.keyType(key);
        robot.keyRelease(KeyCode.SHIFT);
    }
}
