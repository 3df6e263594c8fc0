package dev.saferun.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs of base64, of either alphabet, that hide a finding: what they decode to is a text, and
 * something is found in it. Such a run is found whole. A run that goes on over line breaks, as mail
 * and keys wrap it, is one run.
 */
final class EncodedRuns {

  static final int LENGTH_MIN = 16;

  /** A line that is shorter was not wrapped, it is a text's own line. */
  private static final int WRAPPED_LINE_MIN = 60;

  private static final byte STANDARD = 1;
  private static final byte URL = 2;

  /** By byte: in which of the two alphabets it is. */
  private static final byte[] ALPHABETS = alphabets();

  private final byte[] text;
  private final int levels;
  private final List<TextScanner.Finding> found = new ArrayList<>();

  private EncodedRuns(byte[] text, int levels) {
    this.text = text;
    this.levels = levels;
  }

  /** The runs that hide something, where {@code levels} more may lie within one another. */
  static List<TextScanner.Finding> find(byte[] text, int levels) {
    if (levels == 0 || text.length < LENGTH_MIN) {
      return List.of();
    }
    EncodedRuns runs = new EncodedRuns(text, levels);
    runs.alphabet(STANDARD);
    List<TextScanner.Finding> standard = List.copyOf(runs.found);
    runs.found.clear();
    runs.alphabet(URL);
    return Findings.united(standard, runs.found);
  }

  private void alphabet(byte alphabet) {
    int at = 0;
    while (at < text.length) {
      if ((ALPHABETS[text[at] & 0xFF] & alphabet) == 0) {
        at++;
        continue;
      }
      int end = runEnd(at, alphabet);
      if (end - at >= LENGTH_MIN && mayBeText(at, end)) {
        run(at, end, alphabet);
      }
      at = Math.max(end, at + 1);
    }
  }

  private int runEnd(int start, byte alphabet) {
    int line = start;
    int end = lineEnd(start, alphabet);
    while (end - line >= WRAPPED_LINE_MIN && (end - line) % 4 == 0 && breakLength(end) > 0) {
      int next = end + breakLength(end);
      int nextEnd = lineEnd(next, alphabet);
      if (nextEnd == next) {
        return end;
      }
      line = next;
      end = nextEnd;
    }
    return end;
  }

  private int lineEnd(int start, byte alphabet) {
    int end = start;
    while (end < text.length && (ALPHABETS[text[end] & 0xFF] & alphabet) != 0) {
      end++;
    }
    return end;
  }

  private int breakLength(int at) {
    return Ascii.at(text, at) == '\n'
        ? 1
        : Ascii.at(text, at) == '\r' && Ascii.at(text, at + 1) == '\n' ? 2 : 0;
  }

  /** The first bytes alone rule out nearly all words, ids, hashes and images. */
  private boolean mayBeText(int start, int end) {
    for (int i = start; i + 4 <= Math.min(end, start + LENGTH_MIN); i += 4) {
      int bits =
          value(text[i]) << 18
              | value(text[i + 1]) << 12
              | value(text[i + 2]) << 6
              | value(text[i + 3]);
      for (int shift = 16; shift >= 0; shift -= 8) {
        int c = (bits >> shift) & 0xFF;
        if (c == 0x7F || (c < ' ' && !Ascii.isSpace((byte) c))) {
          return false;
        }
      }
    }
    return true;
  }

  private static int value(byte c) {
    if (Ascii.isUpper(c)) {
      return c - 'A';
    }
    if (Ascii.isLower(c)) {
      return c - 'a' + 26;
    }
    return Ascii.isDigit(c) ? c - '0' + 52 : c == '+' || c == '-' ? 62 : 63;
  }

  private void run(int start, int end, byte alphabet) {
    int pad = end;
    while (pad < end + 2 && Ascii.at(text, pad) == '=') {
      pad++;
    }
    String decoded = decoded(start, end, alphabet);
    if (decoded == null) {
      return;
    }
    List<TextScanner.Finding> inside = TextScanner.find(decoded, levels - 1);
    if (!inside.isEmpty()) {
      found.add(new TextScanner.Finding(Findings.leading(inside), start, pad));
    }
  }

  private @Nullable String decoded(int start, int end, byte alphabet) {
    int extra = withoutBreaks(start, end) % 4;
    int whole = extra == 1 ? end - 1 : end;
    byte[] run = Arrays.copyOfRange(text, start, whole);
    try {
      Base64.Decoder decoder =
          alphabet == STANDARD ? Base64.getMimeDecoder() : Base64.getUrlDecoder();
      String plain =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(decoder.decode(run)))
              .toString();
      return plain.chars().allMatch(EncodedRuns::isPrintable) ? plain : null;
    } catch (IllegalArgumentException | CharacterCodingException noText) {
      return null;
    }
  }

  private int withoutBreaks(int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += Ascii.isSpace(text[i]) ? 0 : 1;
    }
    return count;
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' ? c != 0x7F : c == '\n' || c == '\r' || c == '\t';
  }

  private static byte[] alphabets() {
    byte[] alphabets = new byte[256];
    for (int c = 0; c < 128; c++) {
      if (Ascii.isLetterOrDigit((byte) c)) {
        alphabets[c] = STANDARD | URL;
      }
    }
    alphabets['+'] = STANDARD;
    alphabets['/'] = STANDARD;
    alphabets['-'] = URL;
    alphabets['_'] = URL;
    return alphabets;
  }
}
