package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of the call's arguments came from.
 *
 * @param argument the value's JSON Pointer within the arguments
 * @param form how it was found: {@code exact}; {@code date} or {@code time} in another form; {@code
 *     address} without scheme, {@code www} and escapes; {@code number} of an amount with its unit;
 *     {@code hundredfold}, {@code hundredth} or {@code thousands} of an amount; {@code part} for an
 *     identifier inside it, or for it inside a longer word; {@code joined} for a part of a value
 *     that is put together from known ones; {@code sum}, {@code difference} or {@code product} of
 *     two known numbers; {@code quoted}; {@code usual} for what the argument nearly always had in
 *     earlier calls
 * @param place the text that had it first; null where no text had it
 * @param second where the other of two numbers stands; null for any other form
 */
public record ArgumentOrigin(
    String argument,
    Origin origin,
    String form,
    @Nullable TextPlace place,
    @Nullable TextPlace second) {

  /** Of a value that stands in one place. */
  public ArgumentOrigin(String argument, Origin origin, String form, @Nullable TextPlace place) {
    this(argument, origin, form, place, null);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("argument", argument);
    json.put("origin", origin.wire());
    json.put("form", form);
    if (place != null) {
      place.into(json);
    }
    if (second != null) {
      json.put("second", second.toJson());
    }
    return json;
  }

  static ArgumentOrigin of(JsonFields fields) {
    return new ArgumentOrigin(
        fields.text("argument"),
        Origin.of(fields.text("origin")),
        fields.text("form"),
        TextPlace.in(fields),
        TextPlace.in(fields.object("second")));
  }
}
