package dev.saferun.replay;

/** How the recording stands at this moment, for the health page. */
public interface CaptureHealth {

  Status now();

  /**
   * One look.
   *
   * @param diskAccepts false from a disk fault until the next record is durable
   * @param undrainedRecords durable, not yet in the database
   * @param undrainedBytes their bytes
   * @param lagMillis age of the oldest of them
   * @param quarantined rows that the database refused since the start
   * @param warm false until the journal's records were read back at start
   */
  record Status(
      boolean diskAccepts,
      long undrainedRecords,
      long undrainedBytes,
      long lagMillis,
      long quarantined,
      boolean warm) {}
}
