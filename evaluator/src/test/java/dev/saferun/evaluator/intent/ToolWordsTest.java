package dev.saferun.evaluator.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.IntentTool;
import dev.saferun.evaluator.ToolEffect;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tool does: each source by itself, and which goes before which. */
class ToolWordsTest {

  @ParameterizedTest
  @CsvSource({
    "Gets the current weather of a city., READ",
    "Returns the current weather of a city., READ",
    "Use this tool to delete a customer's record., DESTROY",
    "A tool that sends the message to everybody., SEND",
    "Email the team., SEND",
    "The email of the team is removed., DESTROY",
    "Frobnicates the widget., WRITE",
    "'', WRITE",
  })
  void theDescriptionTellsWhereTheNameDoesNot(String description, ToolEffect effect) {
    assertThat(effect("zap", null, description, null, null)).isEqualTo(effect);
  }

  @Test
  void eachGoesBeforeTheNext() {
    String delete = "Deletes a record.";
    ToolEffect send = ToolEffect.SEND;

    assertThat(effect("zap", null, null, null, null)).isEqualTo(ToolEffect.WRITE);
    assertThat(effect("zap", null, null, send, null)).isEqualTo(send);
    assertThat(effect("zap", null, delete, send, null)).isEqualTo(ToolEffect.DESTROY);
    assertThat(effect("zap", "select 1", delete, send, null)).isEqualTo(ToolEffect.READ);
    assertThat(effect("rows.list", null, delete, send, null)).isEqualTo(ToolEffect.READ);
    assertThat(effect("rows.list", null, delete, send, ToolEffect.WRITE))
        .isEqualTo(ToolEffect.WRITE);
  }

  private static ToolEffect effect(
      String tool,
      @Nullable String statement,
      @Nullable String description,
      @Nullable ToolEffect answers,
      @Nullable ToolEffect corrected) {
    Map<String, @Nullable Object> arguments =
        statement == null ? Map.of() : Map.of("sql", statement);
    return ToolWords.of(tool, arguments)
        .described(description)
        .answering(answers)
        .with(new IntentTool(null, null, null, corrected, null))
        .effect();
  }
}
