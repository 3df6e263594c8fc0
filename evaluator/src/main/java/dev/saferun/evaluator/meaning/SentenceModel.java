package dev.saferun.evaluator.meaning;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 in eight bits: a sentence becomes a direction in 384 dimensions, and sentences
 * of like meaning point alike (Reimers and Gurevych, arXiv 1908.10084). It runs in this process and
 * asks nobody.
 */
final class SentenceModel implements AutoCloseable {

  /** What a sentence has beyond it is not read: a run takes time by the piece. */
  static final int PIECES_MAX = 64;

  private final WordPieces pieces;
  private final OrtEnvironment environment;
  private final OrtSession session;

  SentenceModel(WordPieces pieces, byte[] network) throws OrtException {
    this.pieces = pieces;
    this.environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(network, options);
    }
  }

  /** The direction of a text, of length 1. */
  float[] direction(String text) throws OrtException {
    long[] numbers = pieces.split(text, PIECES_MAX);
    long[] ones = new long[numbers.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, numbers.length};
    try (OnnxTensor ids = tensor(numbers, shape);
        OnnxTensor mask = tensor(ones, shape);
        OnnxTensor types = tensor(new long[numbers.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), numbers.length);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private static float[] mean(FloatBuffer tokens, int count) {
    int size = tokens.remaining() / count;
    float[] sum = new float[size];
    for (int token = 0; token < count; token++) {
      for (int i = 0; i < size; i++) {
        sum[i] += tokens.get(token * size + i);
      }
    }
    double square = 0;
    for (float value : sum) {
      square += (double) value * value;
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < size; i++) {
      sum[i] /= length;
    }
    return sum;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
