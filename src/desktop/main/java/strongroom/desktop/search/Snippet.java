package strongroom.desktop.search;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import strongroom.desktop.text.Shown;
import strongroom.desktop.widget.Controls;
import strongroom.vault.client.SearchHit;

/// A part of a text in which the words that were looked for stand out: by their weight and what is behind them, not by
/// colour alone.
final class Snippet {
    private Snippet() {}

    static TextFlow show(SearchHit hit) {
        List<Node> parts = new ArrayList<>();
        String snippet = hit.snippet();
        int at = 0;
        for (SearchHit.Mark mark : hit.marks()) {
            int from = Math.clamp(mark.from(), at, snippet.length());
            int to = Math.clamp(mark.to(), from, snippet.length());
            plain(snippet.substring(at, from), parts);
            if (to > from) {
                parts.add(Controls.label(Shown.line(snippet.substring(from, to)), "hit-mark"));
            }
            at = to;
        }
        plain(snippet.substring(at), parts);
        var flow = new TextFlow(parts.toArray(Node[]::new));
        flow.getStyleClass().add("hit-snippet");
        return flow;
    }

    private static void plain(String text, List<Node> parts) {
        if (!text.isEmpty()) {
            var part = new Text(Shown.line(text));
            part.getStyleClass().add("hit-text");
            parts.add(part);
        }
    }
}
