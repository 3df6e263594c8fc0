package dev.saferun.platform;

/**
 * A module's schema: the migrations {@code db/migration/<schema>/V1__*.sql} of its jar, brought up
 * to date before anything connects. Contributed as a bean; {@code level} is the module's own in the
 * level table, so that a schema finds those that it refers to.
 *
 * <p>Migrations run as the owner and grant the application's role, {@code saferun_app}, what it may
 * do; it owns nothing. A table with rows of organizations has a column {@code organization_id},
 * {@code enable} and {@code force row level security}, and the policy {@code organization_id =
 * nullif(current_setting('saferun.organization', true), '')::uuid} both in {@code using} and {@code
 * with check}.
 */
public record SchemaMigrations(String schema, int level) {}
