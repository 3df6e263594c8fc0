/**
 * The journal: append-only segments of checksummed records, durable before an answer leaves. It is
 * the one place where an answered decision survives power loss; everything after it (the drain, the
 * database) may be late, and nothing before it has promised anything.
 *
 * <h2>One group, one sync</h2>
 *
 * Any thread appends without blocking; {@link Journal}'s writer takes all that waits, writes it as
 * one contiguous piece, syncs once, and completes the outcomes in order. {@link JournalCore} is
 * that state machine without its thread, which is how the simulation drives it. A {@link
 * JournalReader} returns durable records only. {@link Journal#release} gives whole segments back;
 * positions are the records' sequence numbers and rise by one for ever.
 *
 * <h2>Files of the directory</h2>
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><td>{@code <number>.segment}</td><td>records; numbers are never used twice</td></tr>
 *   <tr><td>{@code <number>.spare}</td><td>allocated whole, waits to become a segment</td></tr>
 *   <tr><td>{@code <number>.filling}</td><td>being allocated; removed at opening</td></tr>
 *   <tr><td>{@code checkpoint}</td><td>magic {@code SAFECKP1}, released position, an unused
 *       number (8 bytes each), CRC32C; replaced as a whole</td></tr>
 *   <tr><td>{@code lock}</td><td>held while the journal is open</td></tr>
 * </table>
 *
 * <h2>A segment, byte by byte (big-endian)</h2>
 *
 * <table>
 *   <caption>Segment header, one page of 4,096 bytes</caption>
 *   <tr><td>0</td><td>8</td><td>magic {@code SAFERUN1}</td></tr>
 *   <tr><td>8</td><td>8</td><td>segment number, as in the name</td></tr>
 *   <tr><td>16</td><td>8</td><td>sequence of its first record</td></tr>
 *   <tr><td>24</td><td>4</td><td>CRC32C of bytes 0 to 23</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Record, padded with zeros to 8 bytes</caption>
 *   <tr><td>0</td><td>4</td><td>magic {@code SRJ1}</td></tr>
 *   <tr><td>4</td><td>4</td><td>length: header and body, without the padding</td></tr>
 *   <tr><td>8</td><td>4</td><td>CRC32C of segment number (8), length (4), bytes 12 to the end</td></tr>
 *   <tr><td>12</td><td>1</td><td>format, 1</td></tr>
 *   <tr><td>13</td><td>1</td><td>kind: 1 decision, 2 frame, 3 outcome, 4 label</td></tr>
 *   <tr><td>14</td><td>1</td><td>1 when the idempotency hashes follow, else 0</td></tr>
 *   <tr><td>15</td><td>1</td><td>0</td></tr>
 *   <tr><td>16</td><td>8</td><td>sequence</td></tr>
 *   <tr><td>24</td><td>8</td><td>sequence of the first record of its group</td></tr>
 *   <tr><td>32</td><td>8</td><td>received, microseconds since 1970</td></tr>
 *   <tr><td>40</td><td>64</td><td>organization, project, environment, record id</td></tr>
 *   <tr><td>104</td><td>32</td><td>SHA-256 of the body</td></tr>
 *   <tr><td>136</td><td>64</td><td>keyed hash of the idempotency key, SHA-256 of the request; only
 *       with the flag</td></tr>
 *   <tr><td>136 or 200</td><td></td><td>body: redacted canonical JSON</td></tr>
 * </table>
 *
 * Each group begins on a page of its own, padded with zeros to the next: a write that tears a page
 * cannot touch a record that was acknowledged before. Seeding the checksum with the number keeps
 * what a reused file held before from passing for a record.
 *
 * <h2>Recovery</h2>
 *
 * <ol>
 *   <li>A segment ends where the next one's header says it begins; what it holds beyond was never
 *       acknowledged.
 *   <li>A group is written only after the group before it was synced. So a record that cannot be
 *       read was durable if a later group, or a later segment, exists: it is {@link Damaged}, named
 *       by file, offset and positions, and the records after it are served.
 *   <li>Without that proof it belongs to the torn last group, which nobody was told of: it is cut
 *       and counted in {@link Recovery}. Storage that loses the very last group after it was
 *       acknowledged cannot be told from this.
 *   <li>What was read may be in the cache only: it is synced before anybody relies on it. Records
 *       of a last group that was whole but not yet acknowledged are kept.
 *   <li>The journal goes on in a new segment, so recovery writes to no old page.
 * </ol>
 *
 * <h2>Faults</h2>
 *
 * After a failed write or sync the segment is left for good at its last durable record and the next
 * group goes into a new one, because a sync that failed once may succeed later without having
 * written anything. Segments are allocated whole, so that a full disk shows when one is made and
 * not in the middle of a group. After a fault appends end with the same outcome until {@link
 * JournalSettings#retryAfter} has passed; then the next one tries the disk again. {@link Appended}
 * says what each outcome means. A record that ended as {@link Appended.Failed} or {@link
 * Appended.DiskFull} is read back only if the process ends while the disk still refuses to cut it;
 * once a later append was durable it can never come back.
 */
@NullMarked
package dev.saferun.replay.journal;

import org.jspecify.annotations.NullMarked;
