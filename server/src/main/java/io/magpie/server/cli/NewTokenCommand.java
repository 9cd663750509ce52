package io.magpie.server.cli;

import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code magpie token new}: makes a token and the line that the server needs to know it. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a token from 256 random bits. The first line printed is the token: give it to the client, in a file"
                    + " that only the client reads (--token-file). The second is its line for the server's file of tokens"
                    + " (auth.tokens); it holds a hash, and is no secret."
        })
final class NewTokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--id",
            required = true,
            paramLabel = "ID",
            description = "its name in logs: letters, digits, - and _")
    private String id;

    @Option(
            names = "--scopes",
            required = true,
            paramLabel = "SCOPE,...",
            description = "what it allows: some of read, write, erase, admin")
    private String scopes;

    @Option(names = "--expires", paramLabel = "TIME", description = "when it ends, e.g. 2030-01-31T00:00:00Z")
    private String expires;

    @Override
    public Integer call() {
        Token.Issued issued;
        try {
            issued = Token.issue(id, Scope.parse(scopes), expires == null ? null : Instant.parse(expires));
        } catch (DateTimeParseException e) {
            throw CommandException.badUsage("--expires is a time such as 2030-01-31T00:00:00Z: expires=" + expires);
        } catch (IllegalArgumentException e) {
            throw CommandException.badUsage(e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(issued.secret());
        out.println(issued.token().line());
        out.flush();
        return 0;
    }
}
