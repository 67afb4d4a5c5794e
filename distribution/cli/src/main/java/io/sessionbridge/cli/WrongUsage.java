package io.sessionbridge.cli;

import io.sessionbridge.config.Suggestion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains an invalid command line and suggests a correction. */
final class WrongUsage implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String name = command.qualifiedName();
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(name + ": " + message(wrong, command));
    err.println("See " + name + " --help.");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException wrong, CommandSpec command) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), command);
    }
    ArgSpec argument = wrong.getArgSpec();
    if (argument == null || wrong.getValue() == null) {
      return String.valueOf(wrong.getMessage());
    }
    String written =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    if (argument.type().isEnum()) {
      return written
          + ": "
          + wrong.getValue()
          + " "
          + Suggestion.forUnknown(wrong.getValue(), words(argument));
    }
    Throwable cause = wrong.getCause();
    return cause instanceof CommandLine.TypeConversionException
        ? written + ": " + cause.getMessage()
        : String.valueOf(wrong.getMessage());
  }

  private static String unknown(String word, CommandSpec command) {
    if (word.startsWith("-")) {
      List<String> options = new ArrayList<>(command.optionsMap().keySet());
      return word + " " + Suggestion.forUnknown(word, options);
    }
    if (!command.subcommands().isEmpty()) {
      return word + " " + Suggestion.forUnknown(word, shown(command));
    }
    return "unexpected argument " + word;
  }

  private static List<String> words(ArgSpec argument) {
    return Stream.of(argument.type().getEnumConstants())
        .map(word -> word.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The commands in the usage help, in its order. */
  static List<String> shown(CommandSpec group) {
    Collection<CommandLine> commands = group.subcommands().values();
    return commands.stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .map(CommandSpec::name)
        .distinct()
        .toList();
  }
}
