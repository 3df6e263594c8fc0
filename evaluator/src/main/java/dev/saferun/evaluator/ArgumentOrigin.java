package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of the call's arguments came from.
 *
 * @param argument the value's JSON Pointer within the arguments
 * @param form how it was found: {@code exact}, {@code date} in another form, {@code hundredfold} or
 *     {@code hundredth} of an amount, {@code part} for an identifier inside it, {@code quoted},
 *     {@code usual} for what the argument nearly always had in earlier calls
 * @param place the text that had it first; null where no text had it
 */
public record ArgumentOrigin(
    String argument, Origin origin, String form, @Nullable TextPlace place) {

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("argument", argument);
    json.put("origin", origin.wire());
    json.put("form", form);
    if (place != null) {
      place.into(json);
    }
    return json;
  }

  static ArgumentOrigin of(JsonFields fields) {
    return new ArgumentOrigin(
        fields.text("argument"),
        Origin.of(fields.text("origin")),
        fields.text("form"),
        TextPlace.in(fields));
  }
}
