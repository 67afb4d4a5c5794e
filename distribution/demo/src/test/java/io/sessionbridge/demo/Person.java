package io.sessionbridge.demo;

/** An employee of the office. All names are invented. */
record Person(String name, int number) {

  String sid() {
    return "S-1-5-21-1004336348-1177238915-682003330-" + (1_100 + number);
  }
}
