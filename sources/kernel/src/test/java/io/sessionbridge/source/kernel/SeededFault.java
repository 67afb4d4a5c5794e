package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A plausible mistake in the driver, seeded to test the tests.
 *
 * @param edits replacements; each {@code before} occurs exactly once in the source
 */
record SeededFault(String name, List<Edit> edits) {

  /** A replacement. */
  record Edit(String before, String after) {}

  private SeededFault(String name, String before, String after) {
    this(name, List.of(new Edit(before, after)));
  }

  static final List<SeededFault> ALL =
      List.of(
          new SeededFault(
              "an unlinked entry is not initialised", "    InitializeListHead(entry);\n", ""),
          new SeededFault(
              "the result of IoSetCancelRoutine is ignored",
              "if (IoSetCancelRoutine(irp, NULL) != NULL) {",
              "if (IoSetCancelRoutine(irp, NULL) != NULL || irp != NULL) {"),
          new SeededFault(
              "closing a handle does not end its reads",
              "SbFlush(object->DeviceExtension, IoGetCurrentIrpStackLocation(irp)->FileObject,"
                  + " FALSE);",
              "UNREFERENCED_PARAMETER(object);"),
          new SeededFault(
              "a cancelled read stays on the list",
              "  RemoveEntryList(&irp->Tail.Overlay.ListEntry);\n",
              ""),
          new SeededFault(
              "a record is published without the lock",
              List.of(
                  new Edit(
                      """
                        PIRP irp = NULL;
                        KeAcquireSpinLock(&device->Lock, &irql);
                      """,
                      """
                        PIRP irp = NULL;
                        irql = 0;
                      """),
                  new Edit(
                      """
                        KeReleaseSpinLock(&device->Lock, irql);
                        if (irp != NULL) {
                          RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, record, sizeof *record);
                      """,
                      """
                        UNREFERENCED_PARAMETER(irql);
                        if (irp != NULL) {
                          RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, record, sizeof *record);
                      """))),
          new SeededFault(
              "a record is copied from the ring after the lock",
              List.of(
                  new Edit(
                      """
                        KIRQL irql;
                        if (room < sizeof(SB_RECORD)) {
                      """,
                      """
                        KIRQL irql;
                        ULONGLONG from = 0;
                        SB_RECORD *out = irp->AssociatedIrp.SystemBuffer;
                        if (room < sizeof(SB_RECORD)) {
                      """),
                  new Edit(
                      "count = SbCopyQueued(", "from = device->NextRead, count = SbCopyQueued("),
                  new Edit(
                      """
                        return SbComplete(irp, status, count * sizeof(SB_RECORD));
                      """,
                      """
                        for (ULONG i = 0; i < count; i++) {
                          out[i] = device->Ring[(from + i) % SB_CAPACITY];
                        }
                        return SbComplete(irp, status, count * sizeof(SB_RECORD));
                      """))),
          new SeededFault("a lost record is not counted", "    device->Lost++;\n", ""),
          new SeededFault(
              "a read that was cancelled before is not refused",
              "  if (irp->Cancel && IoSetCancelRoutine(irp, NULL) != NULL) {",
              "  if (FALSE) {"),
          new SeededFault(
              "the unload does not wait for notifications",
              "  ExWaitForRundownProtectionRelease(&device->Callbacks);\n",
              ""));

  /** The source with the fault in it. */
  String in(String source) {
    String text = source;
    for (Edit edit : edits) {
      assertThat(text.split(Pattern.quote(edit.before()), -1))
          .as("the source has once: %s", edit.before())
          .hasSize(2);
      text = text.replace(edit.before(), edit.after());
    }
    return text;
  }
}
