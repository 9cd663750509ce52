package io.magpie.server.cli.bulk;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.Link;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.ServerInfo;
import io.magpie.client.SlotUpdate;
import io.magpie.server.data.RowException;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.util.Locale;

/**
 * Rows of a table: CSV, tab-separated or JSON lines. The columns are listed by {@code magpie import --help}. Owned by one
 * thread.
 *
 * @param <T> the SDK's type of the change
 */
public final class TableRows<T> implements RowSource<T> {
    private final RowReader rows;
    private final Columns columns;
    private final Maker<T> maker;

    private interface Maker<T> {
        T make(Columns columns) throws RowException;
    }

    private TableRows(RowReader rows, Maker<T> maker) {
        this.rows = rows;
        columns = new Columns(rows);
        this.maker = maker;
    }

    /** Items: columns item, vector, and as {@link #attributes} has it. */
    public static TableRows<ItemUpdate> items(RowReader rows, int dimension) {
        return new TableRows<>(rows, columns -> {
            long id = columns.id("item", "itemid", "id");
            float bias = (float) columns.number(0, "bias");
            return new ItemUpdate(id, columns.vector(dimension), bias, attributes(columns));
        });
    }

    /**
     * Slots: columns source, vector, evidence, time, space, and the person as {@link #person} has it.
     *
     * @param source     for rows that name none; null if they must
     * @param nowMillis  for rows without a time
     */
    public static TableRows<SlotUpdate> slots(RowReader rows, ServerInfo server, String source, long nowMillis) {
        return new TableRows<>(
                rows,
                columns -> new SlotUpdate(
                        person(columns, server, source, "profile", "profileid", "id"),
                        source(columns, server, source),
                        columns.unsigned32(server.spaceId(), "space", "spaceid"),
                        columns.vector(server.dimension()),
                        columns.number(1, "evidence"),
                        columns.time(nowMillis)));
    }

    /** Events: columns source, item, strength, time, event, and the person as {@link #person} has it. */
    public static TableRows<Event> events(RowReader rows, ServerInfo server, String source, long nowMillis) {
        return new TableRows<>(
                rows,
                columns -> new Event(
                        person(columns, server, source, "profile", "profileid"),
                        source(columns, server, source),
                        columns.id("item", "itemid"),
                        columns.number(1, "strength"),
                        columns.time(nowMillis),
                        columns.text("event", "eventid") == null ? 0 : columns.id("event", "eventid")));
    }

    /** Marks: columns source, item, shown, time, and the person as {@link #person} has it. */
    public static TableRows<Mark> marks(
            RowReader rows, ServerInfo server, String source, boolean shown, long nowMillis) {
        return new TableRows<>(
                rows,
                columns -> new Mark(
                        person(columns, server, source, "profile", "profileid"),
                        source(columns, server, source),
                        columns.id("item", "itemid"),
                        columns.flag(shown, "shown"),
                        columns.time(nowMillis)));
    }

    /** Consents: columns source, purpose, state, time, and the person as {@link #person} has it. */
    public static TableRows<ConsentUpdate> consents(RowReader rows, ServerInfo server, String source, long nowMillis) {
        return new TableRows<>(
                rows,
                columns -> new ConsentUpdate(
                        person(columns, server, source, "profile", "profileid"),
                        source(columns, server, source),
                        purpose(columns, server),
                        state(columns),
                        columns.time(nowMillis)));
    }

    /** Identities: columns externalid, source, and profile or otherexternalid and othersource. */
    public static TableRows<Link> identities(RowReader rows, ServerInfo server, String source) {
        return new TableRows<>(rows, columns -> {
            Person identity = identity(source(columns, server, source), columns.requiredText("externalid"));
            boolean isProfile = columns.text("profile", "profileid") != null;
            if (isProfile == (columns.text("otherexternalid") != null)) {
                throw new RowException("a row has profile, or otherexternalid and othersource, and not both");
            }
            return new Link(
                    identity,
                    isProfile
                            ? Person.profile(columns.id("profile", "profileid"))
                            : identity(
                                    number(server, columns.requiredText("othersource")),
                                    columns.requiredText("otherexternalid")));
        });
    }

    /**
     * Reads whom a row is about: a profile, or column externalid, an id of column identitysource; without that, of the row's
     * source.
     *
     * @param profileNames names of the profile's column
     */
    private static Person person(Columns columns, ServerInfo server, String absent, String... profileNames)
            throws RowException {
        String externalId = columns.text("externalid");
        if (externalId == null) {
            return Person.profile(columns.id(profileNames));
        }
        if (columns.text(profileNames) != null) {
            throw new RowException("a row has profile or externalid, and not both");
        }
        String of = columns.text("identitysource");
        return identity(of == null ? source(columns, server, absent) : number(server, of), externalId);
    }

    private static Person identity(int source, String externalId) throws RowException {
        try {
            return Person.identity(source, externalId);
        } catch (IllegalArgumentException e) {
            throw new RowException("an external id has more than 64 bytes");
        }
    }

    @Override
    public T next() throws IOException, RowException {
        return rows.next() ? maker.make(columns) : null;
    }

    @Override
    public long place() {
        return rows.line();
    }

    @Override
    public String position(long place) {
        return "line " + place;
    }

    @Override
    public double progress() {
        return rows.progress();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /** Reads columns category, price, instock, hidden, tags. */
    static ItemAttributes attributes(Columns columns) throws RowException {
        long price = columns.whole(0, "price", "priceminor");
        int[] tags = columns.list("tags");
        if (price < 0) {
            throw new RowException("column price is below 0");
        }
        try {
            return new ItemAttributes(
                    columns.unsigned32(0, "category"),
                    price,
                    columns.flag(true, "instock"),
                    columns.flag(false, "hidden"),
                    tags);
        } catch (IllegalArgumentException e) {
            throw new RowException("column tags has more than 16 tags");
        }
    }

    private static int source(Columns columns, ServerInfo server, String absent) throws RowException {
        String name = columns.text("source");
        if (name == null) {
            name = absent;
        }
        if (name == null) {
            throw new RowException("column source is missing or empty, and no --source is given");
        }
        return number(server, name);
    }

    private static int number(ServerInfo server, String name) throws RowException {
        for (ServerInfo.Source source : server.sources()) {
            if (source.name().equals(name)) {
                return source.number();
            }
        }
        throw new RowException("the server has no source '" + name + "'");
    }

    private static int purpose(Columns columns, ServerInfo server) throws RowException {
        String name = columns.text("purpose");
        for (ServerInfo.Purpose purpose : server.purposes()) {
            if (purpose.name().equals(name == null ? "recommend" : name)) {
                return purpose.number();
            }
        }
        throw new RowException("the server knows no purpose '" + name + "'");
    }

    private static ConsentState state(Columns columns) throws RowException {
        String name = columns.requiredText("state");
        try {
            return ConsentState.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RowException("column state is none of granted, denied, unset");
        }
    }
}
