package io.sessionbridge.sink.mqtt.topic;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.sink.mqtt.topic.TopicTemplate.Place;
import io.sessionbridge.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of topics.
 *
 * @param activity empty if the activity has no topic
 * @param session empty if sessions have no topics
 */
public record Topics(
    String prefix,
    TopicTemplate event,
    TopicTemplate availability,
    TopicTemplate state,
    Optional<TopicTemplate> activity,
    Optional<TopicTemplate> session) {

  private static final List<Place> OF_HOST = List.of(Place.PREFIX, Place.HOST, Place.HOST_ID);
  private static final List<Place> OF_SESSION =
      List.of(Place.PREFIX, Place.HOST, Place.HOST_ID, Place.SESSION_ID);
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

  private static final Key<List<Detail>> DETAILS =
      Key.severalOf("topics", Detail.class)
          .orElse(List.of(), "further retained topics; each needs permission to publish to it");
  private static final Key<String> ACTIVITY =
      Key.text("activity_topic")
          .orElse(
              "<prefix>/<host>/activity",
              "topic of the retained activity; needs activity in topics");
  private static final Key<String> SESSION =
      Key.text("session_topic")
          .orElse(
              "<prefix>/<host>/session/<session_id>",
              "topic of a retained session; needs session in topics");

  private record Retained(Key<String> key, TopicTemplate template) {}

  public static final List<Key<?>> KEYS =
      List.of(PREFIX, EVENT, AVAILABILITY, STATE, DETAILS, ACTIVITY, SESSION);

  public static Topics read(ConfigValues values) {
    return new Topics(
        prefix(values),
        template(values, EVENT, OF_EVENT),
        template(values, AVAILABILITY, OF_HOST),
        template(values, STATE, OF_HOST),
        detail(values, Detail.ACTIVITY, ACTIVITY, OF_HOST),
        session(values));
  }

  /** Refuses retained topics with the same name: each message would replace the other. */
  public void refuseCollisions(ConfigValues values) {
    List<Retained> retained = new ArrayList<>();
    retained.add(new Retained(AVAILABILITY, availability));
    retained.add(new Retained(STATE, state));
    activity.ifPresent(template -> retained.add(new Retained(ACTIVITY, template)));
    session.ifPresent(template -> retained.add(new Retained(SESSION, template)));
    retained.removeIf(topic -> topic.template.toString().isEmpty()); // already reported
    for (int i = 0; i < retained.size(); i++) {
      Retained topic = retained.get(i);
      for (Retained later : retained.subList(i + 1, retained.size())) {
        if (topic.template.collidesWith(later.template, prefix)) {
          refuseCollision(values, topic.key, later.key);
        }
      }
    }
  }

  /**
   * Reports it at the key that the entry sets; at least one is set, because the defaults differ.
   */
  private static void refuseCollision(ConfigValues values, Key<String> key, Key<String> later) {
    Key<String> wrong = values.given(later) ? later : key;
    Key<String> other = wrong == later ? key : later;
    values.problem(wrong, "must be another topic than " + other + ", was " + values.get(wrong));
  }

  /** Reports the problems of topics in an entry without presence. */
  public static void refuseWithoutPresence(ConfigValues values) {
    if (!values.get(DETAILS).isEmpty()) {
      values.problem(DETAILS, "has no effect with presence: false");
    }
  }

  private static Optional<TopicTemplate> session(ConfigValues values) {
    String id = Place.SESSION_ID.written();
    if (!values.get(SESSION).contains(id)) {
      values.problem(SESSION, "must contain " + id + ", was " + values.get(SESSION));
    }
    return detail(values, Detail.SESSION, SESSION, OF_SESSION);
  }

  private static Optional<TopicTemplate> detail(
      ConfigValues values, Detail detail, Key<String> key, List<Place> allowed) {
    TopicTemplate template = template(values, key, allowed);
    if (values.get(DETAILS).contains(detail)) {
      return Optional.of(template);
    }
    if (values.given(key)) {
      String word = detail.name().toLowerCase(Locale.ROOT);
      values.problem(key, "has no effect without " + word + " in topics");
    }
    return Optional.empty();
  }

  /** The name of a topic of a host. */
  public static String ofHost(TopicTemplate template, String prefix, Host host) {
    return template.fill(place -> value(place, prefix, host));
  }

  /** The name of a topic of a session. */
  public static String ofSession(TopicTemplate template, String prefix, Host host, long sessionId) {
    return template.fill(
        place -> place == Place.SESSION_ID ? Long.toString(sessionId) : value(place, prefix, host));
  }

  private static String value(Place place, String prefix, Host host) {
    return switch (place) {
      case PREFIX -> prefix;
      case HOST -> TopicName.level(host.name());
      case HOST_ID -> TopicName.level(host.id());
      case KIND, SESSION_ID -> throw new IllegalStateException("a host has no " + place);
    };
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
