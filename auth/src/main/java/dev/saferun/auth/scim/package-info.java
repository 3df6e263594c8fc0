/**
 * The directory tells of an organization's people and groups: a service provider of SCIM 2.0 (RFC
 * 7643, RFC 7644).
 *
 * <p>A user of SCIM is a {@link dev.saferun.tenancy.Member}, a group is a {@link
 * dev.saferun.tenancy.Group}; nothing else is stored here. {@link dev.saferun.auth.scim.ScimUsers}
 * and {@link dev.saferun.auth.scim.ScimGroups} read and change them in the caller's transaction:
 * what fails has changed nothing, however many operations came before it in the same request.
 *
 * <p>A request to make, to replace or to patch becomes a list of {@code Step}s, and each step is
 * taken on a draft: an empty one, or one that begins with what is there. The draft knows which
 * attributes are kept. One that is not kept is accepted and forgotten, because a directory sends
 * whatever its mapping names; one that is ours to say ({@code id}, {@code groups}, {@code meta}) is
 * forgotten within a resource and refused where a patch names it. Only the finished draft is
 * compared with what is there and written.
 *
 * <p>Directories deviate from the protocol, and what Okta and Microsoft Entra really send is taken:
 * operations of any case, {@code "False"} for {@code false}, a replacement without a path, names
 * with dots as members of an object, members that are taken out by a list of values.
 *
 * <p>Filters are parsed whole, bounded in length and depth, and never become SQL: a list is looked
 * up by {@code eq} and {@code and} over the attributes by which a directory finds somebody, with
 * the values as parameters. Everything else is refused in words, because a look-up that finds
 * nobody by mistake makes a directory create people twice. Within the path of a patch, where a
 * filter chooses among the few values of one attribute, most operators are answered.
 *
 * <p>Memberships are those of the source {@link dev.saferun.tenancy.Groups#DIRECTORY}: a directory
 * sees what it said and takes out nobody whom a sign-in put into a group.
 *
 * <p>Bounds stand in {@code ScimLimits}, refusals in {@link dev.saferun.auth.scim.ScimProblem}.
 */
@NullMarked
package dev.saferun.auth.scim;

import org.jspecify.annotations.NullMarked;
