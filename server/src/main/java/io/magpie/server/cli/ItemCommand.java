package io.magpie.server.cli;

import io.magpie.client.Item;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemPatch;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.WriteReceipt;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code magpie item put|patch|remove}: changes single items; {@code magpie get --item} shows them. */
@Command(
        name = "item",
        mixinStandardHelpOptions = true,
        description = {
            "Puts, patches or removes an item; the next answer knows.",
            "`magpie get --item ID` shows one, `magpie import items` loads many."
        },
        subcommands = {ItemCommand.Put.class, ItemCommand.Patch.class, ItemCommand.Remove.class})
final class ItemCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: put, patch or remove");
    }

    /** What is common to put and patch. */
    static final class AttributeOptions {
        @Option(
                names = "--category",
                paramLabel = "ID",
                converter = OptionConverters.Unsigned32.class,
                description = "category, 0 for none")
        private Integer category;

        @Option(names = "--price", paramLabel = "MINOR", description = "price in minor units (cents)")
        private Long price;

        @Option(
                names = "--tags",
                paramLabel = "ID",
                split = ",",
                arity = "0..1",
                converter = OptionConverters.Unsigned32.class,
                description = "up to 16 tags, separated by commas; takes the place of all it has")
        private List<Integer> tags;

        @Option(names = "--in-stock", paramLabel = "BOOLEAN", arity = "1", description = "true or false")
        private Boolean inStock;

        @Option(names = "--hidden", paramLabel = "BOOLEAN", arity = "1", description = "true or false")
        private Boolean hidden;

        /** Returns the attributes that an item has after these options. */
        ItemAttributes over(ItemAttributes before) {
            int[] changed = tags == null
                    ? before.tags()
                    : tags.stream().mapToInt(Integer::intValue).distinct().toArray();
            if (price != null && price < 0) {
                throw CommandException.badUsage("--price needs 0 or more: price=" + price);
            }
            try {
                return new ItemAttributes(
                        category != null ? category : before.category(),
                        price != null ? price : before.priceMinor(),
                        inStock != null ? inStock : before.inStock(),
                        hidden != null ? hidden : before.hidden(),
                        changed);
            } catch (IllegalArgumentException e) {
                throw CommandException.badUsage("--tags: " + e.getMessage());
            }
        }
    }

    /** What is common to all changes of one item. */
    abstract static class ItemChange extends ClientCommand {
        @Option(
                names = "--item",
                required = true,
                paramLabel = "ID",
                converter = OptionConverters.Id.class,
                description = "which")
        long item;

        @Mixin
        EditionOption edition;

        /** Makes the change, with a client for the catalogue that was named. */
        abstract WriteReceipt change(MagpieClient client);

        @Override
        final int run(MagpieClient client) {
            out().println("done, catalogue version "
                    + Long.toUnsignedString(change(edition.of(client)).catalogueVersion()));
            return 0;
        }
    }

    /** {@code magpie item put}. */
    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Adds an item, or takes the place of the one of this id.")
    static final class Put extends ItemChange {
        @Mixin
        private VectorOption vector;

        @Option(
                names = "--bias",
                paramLabel = "B",
                defaultValue = "0",
                description = "added to every score of it (default 0)")
        private float bias;

        @Mixin
        private SpaceOption space;

        @Mixin
        private AttributeOptions options;

        private float[] values;
        private ItemAttributes attributes;

        @Override
        void check() throws IOException {
            if (!Float.isFinite(bias)) {
                throw CommandException.badUsage("--bias needs a finite number: bias=" + bias);
            }
            values = vector.read();
            attributes = options.over(ItemAttributes.NONE);
        }

        @Override
        WriteReceipt change(MagpieClient client) {
            int spaceId = edition.spaceOr(space, client);
            return client.putItem(spaceId, new ItemUpdate(item, values, bias, attributes));
        }
    }

    /** {@code magpie item patch}. */
    @Command(
            name = "patch",
            mixinStandardHelpOptions = true,
            description = "Changes attributes of an item; what is not named stays, as it was read just before.")
    static final class Patch extends ItemChange {
        @Mixin
        private AttributeOptions options;

        @Override
        void check() {
            options.over(ItemAttributes.NONE);
        }

        @Override
        WriteReceipt change(MagpieClient client) {
            Item before = client.getItem(item)
                    .orElseThrow(
                            () -> CommandException.failed("no such item: item=" + Long.toUnsignedString(item), null));
            return client.patchItem(new ItemPatch(item, options.over(before.attributes())));
        }
    }

    /** {@code magpie item remove}. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes an item.")
    static final class Remove extends ItemChange {
        @Override
        WriteReceipt change(MagpieClient client) {
            return client.removeItem(item);
        }
    }
}
