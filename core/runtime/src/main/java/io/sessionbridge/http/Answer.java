package io.sessionbridge.http;

/**
 * The response of a page.
 *
 * @param status the HTTP status code
 */
record Answer(int status, String contentType, byte[] body) {}
