package dev.saferun.evaluator.http;

import dev.saferun.evaluator.analysis.Hint;
import dev.saferun.evaluator.http.ActivationBody.EvidenceBody;
import dev.saferun.evaluator.http.ActivationBody.OverrideBody;
import dev.saferun.evaluator.rules.Activation;
import dev.saferun.evaluator.rules.Preview;
import dev.saferun.evaluator.rules.RuleInForce;
import dev.saferun.platform.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Activations as they stand in answers. */
final class ActivationViews {

  private ActivationViews() {}

  /**
   * One step of an environment's rules.
   *
   * @param number from 1 in each environment
   * @param restored the activation whose rules were put in force again, where it was that
   * @param ruleCount how many rules it said something of
   * @param rules what it said of them; absent in a list
   * @param policySnapshot what was in force when this was answered; only where it was just made
   */
  record ActivationView(
      int number,
      String comment,
      @Nullable Integer restored,
      @Nullable EvidenceBody evidence,
      @Nullable OverrideBody override,
      String author,
      String createdAt,
      int ruleCount,
      @Nullable List<ActivatedRule> rules,
      @Nullable String policySnapshot) {

    static ActivationView of(Activation activation) {
      return of(activation, null, null);
    }

    static ActivationView of(
        Activation activation, @Nullable List<RuleInForce> lines, @Nullable String policySnapshot) {
      return new ActivationView(
          activation.number(),
          activation.comment(),
          activation.restored().orElse(null),
          activation.grounds().backtest().map(UUID::toString).map(EvidenceBody::new).orElse(null),
          activation.grounds().overrideReason().map(OverrideBody::new).orElse(null),
          activation.author(),
          activation.createdAt().toString(),
          activation.rules(),
          lines == null ? null : lines.stream().map(ActivatedRule::of).toList(),
          policySnapshot);
    }
  }

  /**
   * A rule's version, and its state from then on.
   *
   * @param state draft, shadow, warn or block
   */
  record ActivatedRule(String rule, int version, String state) {

    static ActivatedRule of(RuleInForce line) {
      return new ActivatedRule(line.rule(), line.version(), line.state().wire());
    }
  }

  /**
   * A page of activations, the newest first.
   *
   * @param nextCursor where the next page begins; absent on the last
   */
  record ActivationList(List<ActivationView> activations, @Nullable Integer nextCursor) {

    static ActivationList of(List<Activation> found, int limit) {
      List<ActivationView> page = found.stream().limit(limit).map(ActivationView::of).toList();
      return new ActivationList(page, found.size() > limit ? page.getLast().number() : null);
    }
  }

  /**
   * What an activation would be told and refused for.
   *
   * @param number the environment's last activation
   * @param rules what it would say
   * @param objections what it would be refused for; none where it would go through
   */
  record PreviewView(
      int number, List<ActivatedRule> rules, List<HintView> hints, List<ObjectionView> objections) {

    static PreviewView of(Preview preview) {
      return new PreviewView(
          preview.head(),
          preview.lines().stream().map(ActivatedRule::of).toList(),
          preview.hints().stream().map(HintView::of).toList(),
          preview.objections().stream().map(ObjectionView::of).toList());
    }
  }

  /**
   * Something to look at; it may be as it is meant to be.
   *
   * @param kind constant, stops_everything, duplicate, shadowed, conflict, never_fires or pin_fails
   * @param other the rule that it is about too
   */
  record HintView(String kind, String rule, int version, @Nullable String other, String detail) {

    static HintView of(Hint hint) {
      return new HintView(
          hint.kind().wire(), hint.rule(), hint.version(), hint.other(), hint.detail());
    }
  }

  /**
   * What an activation would be refused for.
   *
   * @param code that of the problem, such as evidence-missing
   */
  record ObjectionView(String code, String detail) {

    static ObjectionView of(ProblemException objection) {
      return new ObjectionView(objection.code().code(), objection.detail());
    }
  }
}
