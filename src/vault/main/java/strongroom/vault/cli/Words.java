package strongroom.vault.cli;

import java.util.ArrayList;
import java.util.List;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;

/// Cuts a line into words as a shell would, without expanding anything.
final class Words {
    private Words() {}

    static List<String> of(String line) throws ClientException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new ClientException(Problem.USAGE, "A quote is not closed: " + quote);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
