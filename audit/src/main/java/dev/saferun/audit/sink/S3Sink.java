package dev.saferun.audit.sink;

import dev.saferun.platform.Target;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a batch as one object of gzipped lines. The store compares the bytes with their checksum
 * before it answers, and a resend puts the same bytes under the same name.
 */
final class S3Sink implements Sink {

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");

  private final HttpReceiver receiver;
  private final S3Signature signature;
  private final S3Keys keys;
  private final Map<String, String> encryption;

  S3Sink(
      HttpReceiver receiver, S3Signature signature, S3Keys keys, Map<String, String> encryption) {
    this.receiver = receiver;
    this.signature = signature;
    this.keys = keys;
    this.encryption = encryption;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    if (!batch.isEmpty()) {
      put(receiver.target().pathAndQuery(keys.path(batch)), Gzip.compress(lines(batch)));
    }
    return List.of();
  }

  private static byte[] lines(List<Message> batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : batch) {
      out.writeBytes(message.body());
      out.write('\n');
    }
    return out.toByteArray();
  }

  private void put(String path, byte[] body) throws SinkException, InterruptedException {
    Target target = receiver.target();
    Map<String, String> headers = new TreeMap<>(encryption);
    headers.put("Content-Type", "application/gzip");
    headers.put("x-amz-checksum-sha256", checksum(body));
    Map<String, String> signed =
        signature.put(target.scheme(), target.host(), target.port(), path, headers, body);
    signed.remove("Host");
    HttpAnswer answer = receiver.send("PUT", path, signed, body);
    if (answer.status() != 200) {
      throw answer.fault(code(answer));
    }
    if (!answer.headers().containsKey("etag")) {
      throw new SinkException("the receiver's answer is not one of S3");
    }
  }

  private static String checksum(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The one word that the store says, such as {@code NoSuchBucket}. */
  private static String code(HttpAnswer answer) {
    Matcher matcher = CODE.matcher(Payload.text(answer.body()));
    return matcher.find() ? ": " + matcher.group(1) : "";
  }

  @Override
  public void close() {
    receiver.close();
  }
}
