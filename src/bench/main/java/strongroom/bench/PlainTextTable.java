package strongroom.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The same documents in a full-text table of SQLite (FTS5), in clear: what the search is measured beside.
final class PlainTextTable implements AutoCloseable {
    private final Connection connection;

    PlainTextTable(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = NORMAL");
        run("CREATE VIRTUAL TABLE fts USING fts5(title, body, content='', prefix='2 3')");
    }

    private void run(String statement) throws SQLException {
        try (Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    void fill(List<Letters.Letter> letters) throws SQLException {
        run("BEGIN");
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO fts (rowid, title, body) VALUES (?, ?, ?)")) {
            long row = 0;
            for (Letters.Letter letter : letters) {
                insert.setLong(1, ++row);
                insert.setString(2, letter.title());
                insert.setString(3, letter.body());
                insert.executeUpdate();
            }
        }
        run("COMMIT");
    }

    /// @return how many of the best 50 there are
    int ranked(String query) throws SQLException {
        return count("SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 50", query);
    }

    /// @return how many of any 50 there are
    int any(String query) throws SQLException {
        return count("SELECT rowid FROM fts WHERE fts MATCH ? LIMIT 50", query);
    }

    private int count(String statement, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            select.setString(1, query);
            try (ResultSet rows = select.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                return count;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
