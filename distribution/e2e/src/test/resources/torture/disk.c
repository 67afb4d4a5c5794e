/* Preloaded into the agent: a file says whether its disk works (0), does not answer (1), or fails (2). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile const long *state;

__attribute__((constructor)) static void map_state(void) {
  const char *path = getenv("TORTURE_DISK");
  int file = path == NULL ? -1 : open(path, O_RDONLY);
  if (file < 0) {
    return;
  }
  void *page = mmap(NULL, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
  if (page != MAP_FAILED) {
    state = page;
  }
  close(file);
}

static int fails(void) {
  while (state != NULL && *state == 1) {
    usleep(5000);
  }
  errno = EIO;
  return state != NULL && *state == 2;
}

int fsync(int file) {
  return fails() ? -1 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  return fails() ? -1 : (int)syscall(SYS_fdatasync, file);
}

/* Java writes the journal and its cursors by this call, and nothing else. */
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  return fails() ? -1 : (ssize_t)syscall(SYS_pwrite64, file, bytes, count, at);
}
