package io.sessionbridge.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages in roff, one for each command, from what the program says of itself. */
final class ManPages {

  private final Map<String, String> pages = new TreeMap<>();

  private ManPages() {}

  /** The pages by their names, {@code sessionbridge-run} for {@code sessionbridge run}. */
  static Map<String, String> of(CommandLine program) {
    ManPages pages = new ManPages();
    pages.add(program);
    return pages.pages;
  }

  private void add(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    pages.put(name(spec), page(command));
    command.getSubcommands().values().stream().distinct().forEach(this::add);
  }

  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private static String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    StringBuilder page = new StringBuilder();
    String[] description = spec.usageMessage().description();
    page.append(".TH \"").append(name(spec)).append("\" 1 \"\" SessionBridge\n");
    page.append(".SH NAME\n").append(text(name(spec))).append(" \\- ");
    page.append(text(description.length == 0 ? name(spec) : firstSentence(description[0])));
    page.append('\n');
    page.append(".SH SYNOPSIS\n.nf\n").append(text(synopsis(command))).append("\n.fi\n");
    page.append(".SH DESCRIPTION\n");
    for (String paragraph : description) {
      page.append(".PP\n").append(text(plain(paragraph))).append('\n');
    }
    arguments(page, "ARGUMENTS", List.copyOf(spec.positionalParameters()));
    arguments(page, "OPTIONS", List.copyOf(spec.options()));
    page.append(".SH EXIT STATUS\n")
        .append(
            "0 done, 1 failed, 2 wrong usage, 70 an essential part of the agent ended, 78 wrong")
        .append(" configuration.\n");
    page.append(".SH FILES\n/etc/sessionbridge/sessionbridge.yaml, /usr/share/doc/sessionbridge\n");
    commands(page, command);
    return page.toString();
  }

  private static void arguments(StringBuilder page, String title, List<? extends ArgSpec> args) {
    List<? extends ArgSpec> shown = args.stream().filter(arg -> !arg.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    page.append(".SH ").append(title).append('\n');
    for (ArgSpec arg : shown) {
      page.append(".TP\n").append(text(label(arg))).append('\n');
      page.append(text(plain(String.join(" ", arg.description())))).append('\n');
    }
  }

  private static String label(ArgSpec arg) {
    String value = arg.arity().max() == 0 ? "" : arg.paramLabel();
    if (arg instanceof OptionSpec option) {
      return String.join(", ", option.names()) + (value.isEmpty() ? "" : " " + value);
    }
    return value;
  }

  private static void commands(StringBuilder page, CommandLine command) {
    List<String> names = new ArrayList<>();
    for (CommandLine one : command.getSubcommands().values().stream().distinct().toList()) {
      if (!one.getCommandSpec().usageMessage().hidden()) {
        names.add(name(one.getCommandSpec()));
      }
    }
    if (!names.isEmpty()) {
      page.append(".SH SEE ALSO\n").append(text(String.join("(1), ", names))).append("(1)\n");
    }
  }

  private static String synopsis(CommandLine command) {
    Help help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
    return help.synopsis(0).strip();
  }

  private static String firstSentence(String text) {
    String plain = plain(text);
    int end = plain.indexOf(". ");
    String first = end < 0 ? plain : plain.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /** Without picocli's signs for line ends and per cent. */
  private static String plain(String text) {
    return text.replace("%n", " ").replace("%%", "%").strip();
  }

  /** So that roff takes no sign for its own: a backslash, a hyphen, a dot at a line's begin. */
  static String text(String plain) {
    String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
    return escaped.replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
