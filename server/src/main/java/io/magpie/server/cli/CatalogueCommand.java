package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.Catalogues;
import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code magpie catalogue stage|status|switch|drop|rebuild}: a whole new item set beside the live one, and back. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a new catalogue beside the live one, and switches to it while all go on being answered.",
            "stage, then `magpie import items FILE --staged`, then switch; switch again goes back; drop frees the other."
        },
        subcommands = {
            CatalogueCommand.Stage.class,
            CatalogueCommand.Status.class,
            CatalogueCommand.Switch.class,
            CatalogueCommand.Drop.class,
            CatalogueCommand.Rebuild.class
        })
final class CatalogueCommand implements Runnable {
    private static final long PAUSE_NANOS = 20_000_000;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: stage, status, switch, drop or rebuild");
    }

    /** What is common to all of them: each shows which catalogues there are afterwards. */
    abstract static class Change extends ClientCommand {
        @Option(names = "--json", description = "print one JSON object")
        private boolean json;

        /** Does it; returns which catalogues there are afterwards. */
        abstract Catalogues change(MagpieClient client);

        @Override
        final int run(MagpieClient client) throws IOException {
            Catalogues now = change(client);
            if (json) {
                JsonOutput.print(out(), object -> {
                    object.writeArrayFieldStart("catalogues");
                    write(object, now.live(), "live");
                    if (now.beside() != null) {
                        write(object, now.beside(), role(now.beside()));
                    }
                    object.writeEndArray();
                    object.writeNumberField("freeingItems", now.freeingItems());
                    object.writeNumberField("maxItems", now.maxItems());
                });
                return 0;
            }
            TextTable table = new TextTable("catalogue", "role", ">space", ">version", ">items", ">not coded yet");
            add(table, now.live(), "live");
            if (now.beside() != null) {
                add(table, now.beside(), role(now.beside()));
            }
            table.print(out(), "");
            if (now.freeingItems() > 0) {
                out().println(now.freeingItems() + " items of dropped catalogues still take room");
            }
            return 0;
        }

        private static String role(Catalogues.Edition edition) {
            return edition.wasLive() ? "previous" : "staged";
        }

        private static void add(TextTable table, Catalogues.Edition edition, String role) {
            table.add(
                    Integer.toUnsignedString(edition.number()),
                    edition.rebuilding() ? role + ", being rebuilt" : role,
                    Integer.toUnsignedString(edition.spaceId()),
                    Long.toUnsignedString(edition.version()),
                    edition.items(),
                    edition.unsealedItems());
        }

        private static void write(JsonGenerator object, Catalogues.Edition edition, String role) throws IOException {
            object.writeStartObject();
            object.writeNumberField("catalogue", Integer.toUnsignedLong(edition.number()));
            object.writeStringField("role", role);
            object.writeNumberField("spaceId", Integer.toUnsignedLong(edition.spaceId()));
            JsonOutput.id(object, "version", edition.version());
            object.writeNumberField("items", edition.items());
            object.writeNumberField("unsealedItems", edition.unsealedItems());
            object.writeNumberField("bytesPerItem", edition.bytesPerItem());
            object.writeBooleanField("rebuilding", edition.rebuilding());
            object.writeEndObject();
        }

        /** Returns the number of the catalogue beside the live one. */
        static int beside(MagpieClient client) {
            Catalogues.Edition beside = client.catalogues().beside();
            if (beside == null) {
                throw CommandException.failed(
                        "no catalogue is beside the live one: begin one with `magpie catalogue stage`", null);
            }
            return beside.number();
        }
    }

    /** {@code magpie catalogue stage}. */
    @Command(
            name = "stage",
            mixinStandardHelpOptions = true,
            description =
                    "Begins an empty catalogue beside the live one; events move the slots of both spaces from now on.")
    static final class Stage extends Change {
        @Option(
                names = "--space",
                required = true,
                paramLabel = "ID",
                converter = OptionConverters.Unsigned32.class,
                description = "the space of its vectors: a new one for new embeddings, the live one for the same")
        private int space;

        @Override
        Catalogues change(MagpieClient client) {
            return client.stageCatalogue(space);
        }
    }

    /** {@code magpie catalogue status}. */
    @Command(name = "status", mixinStandardHelpOptions = true, description = "Shows which catalogues there are.")
    static final class Status extends Change {
        @Override
        Catalogues change(MagpieClient client) {
            return client.catalogues();
        }
    }

    /** {@code magpie catalogue switch}. */
    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the catalogue beside the live one live, in one step, and keeps the other beside it.",
                "Waits first until its index is built, so that the first answers are as fast as the later ones."
            })
    static final class Switch extends Change {
        @Option(
                names = "--to",
                paramLabel = "N",
                converter = OptionConverters.Unsigned32.class,
                description = "which one; nothing happens if it is live already (default: the one beside)")
        private Integer to;

        @Option(names = "--now", description = "do not wait for its index")
        private boolean now;

        @Override
        Catalogues change(MagpieClient client) {
            int number = to != null ? to : beside(client);
            if (!now) {
                awaitBuilt(client, number);
            }
            return client.switchCatalogue(number);
        }

        private static void awaitBuilt(MagpieClient client, int number) {
            Catalogues.Edition next = client.catalogues().beside();
            long unsealed = Long.MAX_VALUE;
            // A few rows always wait for company; it is enough that no more get coded.
            while (next != null
                    && next.number() == number
                    && next.unsealedItems() < unsealed
                    && next.unsealedItems() > 0) {
                unsealed = next.unsealedItems();
                LockSupport.parkNanos(50 * PAUSE_NANOS);
                next = client.catalogues().beside();
            }
        }
    }

    /** {@code magpie catalogue drop}. */
    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Lets go of the catalogue beside the live one; its items leave the store in the background.")
    static final class Drop extends Change {
        @Override
        Catalogues change(MagpieClient client) {
            return client.dropCatalogue(beside(client));
        }
    }

    /** {@code magpie catalogue rebuild}. */
    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            description = {
                "Builds the live index anew with order and codes chosen from what it holds now, and waits for it.",
                "It answers meanwhile; changes made meanwhile are kept."
            })
    static final class Rebuild extends Change {
        @Override
        Catalogues change(MagpieClient client) {
            int number = client.catalogues().live().number();
            Catalogues now = client.rebuildCatalogue(number);
            while (now.live().number() == number && now.live().rebuilding()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                now = client.catalogues();
            }
            return now;
        }
    }
}
