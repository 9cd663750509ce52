package io.magpie.server.cli;

import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateMigration;
import io.magpie.core.store.StateStoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie migrate DIR}: what is fixed when a data directory is made, changed offline. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a data directory of another shape out of one whose server is stopped.",
            "The old one stays as it is. Start the server with the new one, the new options and --data-dir."
        },
        footer = {
            "",
            "Another dimension drops every vector: slots and items; consents and what was seen stay.",
            "Sources in their new order: NAME keeps one or adds it, NEW=OLD renames one; those not named are left out."
        })
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the data directory of a stopped server")
    private Path directory;

    @Option(names = "--to", paramLabel = "NEWDIR", description = "the new one (default: DIR.migrated)")
    private Path target;

    @Option(names = "--dimension", paramLabel = "N", description = "length of vectors (default: as it is)")
    private Integer dimension;

    @Option(
            names = "--sources",
            paramLabel = "NAME",
            split = ",",
            description = "all sources, in their order: NAME or NEW=OLD (default: as they are)")
    private List<String> sources;

    @Option(
            names = "--spare-sources",
            paramLabel = "N",
            description = "room for sources added later, as store.spare-sources (default: as much as there is)")
    private Integer spareSources;

    @Option(names = "--profiles", paramLabel = "N", description = "room for profiles (default: as it is)")
    private Long profiles;

    @Option(names = "--items", paramLabel = "N", description = "room for items (default: as it is)")
    private Long items;

    @Option(names = "--seen", paramLabel = "N", description = "most seen items a person (default: as it is)")
    private Integer seen;

    @Option(
            names = "--seen-average",
            paramLabel = "N",
            description = "room for seen items, a profile on average, as store.seen-average (default: as it is)")
    private Integer seenAverage;

    @Option(
            names = "--identities-average",
            paramLabel = "N",
            description = "room for identities, a profile on average, as store.identities-average (default: as it is)")
    private Integer identitiesAverage;

    @Override
    public Integer call() {
        try {
            StateConfiguration old = StateMigration.shapeOf(directory);
            List<String> names = new ArrayList<>();
            List<String> formerly = new ArrayList<>();
            for (String each : sources == null ? old.sources() : sources) {
                int equals = each.indexOf('=');
                String name = equals < 0 ? each : each.substring(0, equals);
                names.add(name);
                formerly.add(
                        equals >= 0 ? each.substring(equals + 1) : old.sources().contains(name) ? name : null);
            }
            Path into = target != null ? target : directory.resolveSibling(directory.getFileName() + ".migrated");
            StateMigration.Result result = StateMigration.migrate(directory, into, shape(old, names), formerly);
            report(into, result);
            return 0;
        } catch (StateStoreException e) {
            throw CommandException.failed(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw CommandException.badUsage(e.getMessage());
        }
    }

    private StateConfiguration shape(StateConfiguration old, List<String> names) {
        int spare = spareSources != null
                ? spareSources
                : old.sourceCapacity() - old.sources().size();
        boolean sameRoom = sources == null && spareSources == null;
        int capacity = names.size() + spare;
        long people = profiles != null ? profiles : old.maxProfiles();
        long chunks =
                seenAverage != null ? SeenDescriptor.chunksFor(seenAverage) : perProfile(old, old.maxSeenChunks());
        long identities = identitiesAverage != null ? identitiesAverage : perProfile(old, old.maxIdentities());
        return StateConfiguration.builder(dimension != null ? dimension : old.dimension(), names)
                .sourceCapacity(capacity)
                .slotCapacity(sameRoom ? old.slotCapacity() : 2 * capacity)
                .maxProfiles(people)
                .maxItems(items != null ? items : old.maxItems())
                .seenLimit(seen != null ? seen : old.seenLimit())
                .maxSeenChunks(people * chunks)
                .maxIdentities(people * identities)
                .build();
    }

    /** Returns what there is of something for each profile, rounded up. */
    private static long perProfile(StateConfiguration shape, long entries) {
        return (entries + shape.maxProfiles() - 1) / shape.maxProfiles();
    }

    private void report(Path into, StateMigration.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %,d profiles, %,d identities and %,d items carried over%n",
                into,
                result.profiles(),
                result.identities(),
                result.items());
        tell(out, result.droppedItems(), "items of another dimension");
        tell(out, result.droppedSlots(), "slots of another dimension or of sources left out, or without room");
        tell(out, result.droppedIdentities(), "identities of sources left out");
        tell(out, result.droppedSeen(), "seen and shown items of sources left out, or without room");
        out.println("the old directory is as it was: erase it when the new one serves");
        out.flush();
    }

    private static void tell(PrintWriter out, long dropped, String what) {
        if (dropped > 0) {
            out.printf(Locale.ROOT, "  not carried over: %,d %s%n", dropped, what);
        }
    }
}
