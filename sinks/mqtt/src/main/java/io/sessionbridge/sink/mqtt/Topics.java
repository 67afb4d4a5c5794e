package io.sessionbridge.sink.mqtt;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.sink.mqtt.TopicTemplate.Place;
import java.util.List;

/** How topics are named. */
record Topics(String prefix, TopicTemplate event, TopicTemplate availability, TopicTemplate state) {

  private static final List<Place> OF_HOST = List.of(Place.PREFIX, Place.HOST, Place.HOST_ID);
  private static final List<Place> OF_EVENT =
      List.of(Place.PREFIX, Place.HOST, Place.HOST_ID, Place.KIND);

  private static final Key<String> PREFIX =
      Key.text("topic_prefix").orElse("sessionbridge", "value of <prefix> in the topics");
  private static final Key<String> EVENT =
      Key.text("event_topic")
          .orElse(
              "<prefix>/<host>/event/<kind>",
              "topic of an event; <host> is the host's name, <host_id> its id");
  private static final Key<String> AVAILABILITY =
      Key.text("availability_topic")
          .orElse("<prefix>/<host>/availability", "topic of the retained word online or offline");
  private static final Key<String> STATE =
      Key.text("state_topic").orElse("<prefix>/<host>/state", "topic of the retained state");

  static final List<Key<?>> KEYS = List.of(PREFIX, EVENT, AVAILABILITY, STATE);

  static Topics read(ConfigValues values) {
    return new Topics(
        prefix(values),
        template(values, EVENT, OF_EVENT),
        template(values, AVAILABILITY, OF_HOST),
        template(values, STATE, OF_HOST));
  }

  private static String prefix(ConfigValues values) {
    String prefix = values.get(PREFIX);
    TopicTemplate.problem(prefix).ifPresent(problem -> values.problem(PREFIX, problem));
    return prefix;
  }

  private static TopicTemplate template(ConfigValues values, Key<String> key, List<Place> allowed) {
    String text = values.get(key);
    var problem = TopicTemplate.problem(text, allowed);
    problem.ifPresent(found -> values.problem(key, found));
    return TopicTemplate.parse(problem.isPresent() ? "" : text);
  }
}
