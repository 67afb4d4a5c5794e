package io.sessionbridge.http;

/**
 * What a page says.
 *
 * @param status of HTTP
 */
record Answer(int status, String contentType, byte[] body) {}
