package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a reader of the page and the agent find. */
final class CommandModuleTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return new CommandSinkFactory().config();
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class))
        .hasAtLeastOneElementOfType(CommandModule.class);
  }

  /** Of a rule, one level below the properties of the items. */
  @Test
  void theSchemaHasTheKeysOfARule() throws IOException {
    List<String> keys = CommandSinkConfig.RULE.keys().stream().map(Key::name).toList();
    assertThat(propertiesOfItems()).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static Set<String> propertiesOfItems() throws IOException {
    Set<String> names = new TreeSet<>();
    try (InputStream in =
            Objects.requireNonNull(CommandModule.class.getResourceAsStream("rules.schema.json"));
        JsonParser json = new JsonFactory().createParser(in)) {
      while (json.nextToken() != null) {
        String path = json.getParsingContext().pathAsPointer().toString();
        if (json.currentToken() == JsonToken.FIELD_NAME
            && path.matches("/properties/rules/items/properties/[a-z_]+")) {
          names.add(json.currentName());
        }
      }
    }
    return names;
  }
}
