package io.magpie.server.cli.bulk;

import io.magpie.client.ItemAttributes;
import io.magpie.server.data.RowException;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Attributes and biases of items out of a table, by id. Immutable, thread-safe. */
public final class AttributeTable {
    private static final Row NONE = new Row(ItemAttributes.NONE, 0, null);

    private final Map<Long, Row> rows = new HashMap<>();
    private final String refusedElsewhere;

    /** An item's row, or why it is unusable. */
    private record Row(ItemAttributes attributes, float bias, String refused) {}

    /** Makes a table that knows no item: every item has {@link ItemAttributes#NONE} and no bias. */
    public AttributeTable() {
        refusedElsewhere = null;
    }

    /**
     * Reads a table: columns item, category, price, instock, hidden, tags, bias. An item without a row has no attributes; one
     * whose row is unusable is refused when its vector comes.
     *
     * @throws IOException if it cannot be read, or a row names no item; the message is one line
     */
    public AttributeTable(Path file, RowReader.Format format) throws IOException {
        String without = null;
        try (RowReader reader = RowReader.open(file, format)) {
            Columns columns = new Columns(reader);
            boolean more = true;
            while (more) {
                Long id = null;
                try {
                    more = reader.next();
                    if (more) {
                        id = columns.id("item", "itemid", "id");
                        rows.put(id, new Row(TableRows.attributes(columns), (float) columns.number(0, "bias"), null));
                    }
                } catch (RowException e) {
                    if (id != null) {
                        rows.put(id, new Row(null, 0, "attributes: " + e.getMessage()));
                    } else if (without == null) {
                        without = file + " line " + reader.line() + ": " + e.getMessage();
                    }
                }
            }
        }
        refusedElsewhere = without;
    }

    /** Returns the first row that names no item, in one line, or null. */
    public String firstUnusableRow() {
        return refusedElsewhere;
    }

    /** Returns an item's attributes. */
    public ItemAttributes attributes(long itemId) throws RowException {
        return row(itemId).attributes();
    }

    /** Returns an item's bias. */
    public float bias(long itemId) throws RowException {
        return row(itemId).bias();
    }

    private Row row(long itemId) throws RowException {
        Row row = rows.getOrDefault(itemId, NONE);
        if (row.refused() != null) {
            throw new RowException(row.refused());
        }
        return row;
    }
}
