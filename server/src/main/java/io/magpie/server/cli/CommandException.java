package io.magpie.server.cli;

/** A command cannot go on. The message is the one line that the user sees; it names the fix. */
public final class CommandException extends RuntimeException {
    /** Exit code of a command that failed. */
    public static final int FAILED = 1;
    /** Exit code of a command that was used wrongly. */
    public static final int BAD_USAGE = 2;

    private final int exitCode;

    private CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command could not do what was asked. */
    public static CommandException failed(String message, Throwable cause) {
        return new CommandException(FAILED, message, cause);
    }

    /** The command was used wrongly. */
    public static CommandException badUsage(String message) {
        return new CommandException(BAD_USAGE, message, null);
    }

    /** Returns the exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
