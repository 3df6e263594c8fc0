/**
 * The receivers of events: one {@link dev.saferun.audit.sink.Sink} for each protocol.
 *
 * <p>A sink is a promise about one batch. It returns when the receiver has said, in the strongest
 * words that its protocol has, that the batch is safe there; it throws when that was not said in
 * time. So a receiver may see an event twice and never misses one, and whether it sees it twice is
 * up to the protocol:
 *
 * <table>
 *   <caption>What counts as delivered</caption>
 *   <tr><th>type</th><th>the sign</th><th>a resend</th></tr>
 *   <tr><td>{@code syslog}</td><td>it read to our end and closed</td><td>doubles, same id</td></tr>
 *   <tr><td>{@code splunk_hec}</td><td>indexer acknowledgement</td><td>doubles, same id</td></tr>
 *   <tr><td>{@code elasticsearch}</td><td>item 201, or 409</td><td>nothing new</td></tr>
 *   <tr><td>{@code s3}</td><td>200 for the object</td><td>same object again</td></tr>
 *   <tr><td>{@code webhook}</td><td>2xx for the event</td><td>same {@code webhook-id}</td></tr>
 *   <tr><td>{@code otlp}</td><td>200 without a partial success</td><td>doubles, same id</td></tr>
 *   <tr><td>{@code file}</td><td>fsync</td><td>nothing was left behind</td></tr>
 *   <tr><td>{@code kafka}</td><td>all in-sync replicas</td><td>doubles, same id</td></tr>
 * </table>
 *
 * <p>A receiver is not trusted. Every address goes through the {@link
 * dev.saferun.platform.AddressGuard}; every call ends at a deadline, whether the receiver hangs,
 * drips or floods; an answer is read to a limit; and of the receiver's own words a reason holds
 * only a few, with the destination's secrets struck out of them.
 *
 * <p>{@link dev.saferun.audit.sink.SinkTypes} is the table of all. No other class here is for use
 * from outside but the interfaces and {@link dev.saferun.audit.sink.SinkSurroundings}.
 */
@NullMarked
package dev.saferun.audit.sink;

import org.jspecify.annotations.NullMarked;
