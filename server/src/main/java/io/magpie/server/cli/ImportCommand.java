package io.magpie.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code magpie import}: bulk loading. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Loads many rows into a running server.",
            "Says how many rows were loaded, how many were refused, and why; ends with 1 if one was refused, unless"
                    + " --allow-refused is given. Rows before and after a refused one are loaded."
        },
        footer = {
            "",
            "Files: vectors as .fvecs or .npy; tables as .csv, .tsv (with a header line) or .jsonl (an object a line); each also"
                    + " packed (.gz). In CSV a list (vector, tags) is numbers with spaces between, in JSON an array.",
            "Column names are read without regard to case, '_' and '-': itemId, item_id and ITEM-ID are the same.",
            "A person is column profile, or external-id: an id of the row's source, or of column identity-source.",
            "Times are milliseconds since 1970 or instants such as 2026-11-22T18:00:00Z. Ids are unsigned 64-bit.",
            "",
            "`magpie import items --help` and so on list the columns of each."
        },
        subcommands = {
            ImportItemsCommand.class,
            ImportProfilesCommand.class,
            ImportEventsCommand.class,
            ImportConsentsCommand.class,
            ImportMarksCommand.class,
            ImportIdentitiesCommand.class,
            ImportFolderCommand.class
        })
final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to import: items, profiles, events, consents, marks, identities or folder");
    }
}
