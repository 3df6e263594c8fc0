package dev.saferun.evaluator.meaning;

import ai.onnxruntime.OrtException;
import dev.saferun.platform.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of the sentence model, as their artifact has them. */
final class MiniLm {

  private static final String NETWORK = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private MiniLm() {}

  static SentenceModel load() throws IOException, OrtException {
    return new SentenceModel(pieces(), bytes(NETWORK));
  }

  static WordPieces pieces() throws IOException {
    Map<?, ?> model = object(StrictJson.parseObject(bytes(TOKENIZER)).get("model"));
    Map<String, Integer> vocabulary = new HashMap<>();
    object(model.get("vocab"))
        .forEach((piece, number) -> vocabulary.put((String) piece, ((Number) number).intValue()));
    return new WordPieces(vocabulary);
  }

  private static Map<?, ?> object(@Nullable Object tree) {
    return (Map<?, ?>) Objects.requireNonNull(tree, "a member of the tokenizer");
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream stream = MiniLm.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    }
  }
}
